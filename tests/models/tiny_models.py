"""Small random models of every architecture, laid out as their repositories are."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from mtkit.text.markup import TERM_CLOSE, TERM_OPEN

torch.set_num_threads(1)

SENTENCES = (
    "The committee met on Monday.",
    "The old bridge is closed.",
    "Ủy ban họp vào thứ Hai.",
    "Cây cầu cũ đã đóng.",
    "Комитет собрался в понедельник.",
    "Старый мост закрыт.",
)
PAIRS = tuple((source, SENTENCES[4 + i % 2]) for i, source in enumerate(SENTENCES[:4]))
STEPS, LEARNT = 400, 0.003
POSITIONS = 64
SEED = 11
SHAPE: dict[str, Any] = {
    "d_model": 32,
    "encoder_layers": 1,
    "decoder_layers": 1,
    "encoder_attention_heads": 2,
    "decoder_attention_heads": 2,
    "encoder_ffn_dim": 48,
    "decoder_ffn_dim": 48,
    "dropout": 0.0,
    "max_position_embeddings": POSITIONS,
    "init_std": 0.1,
    "scale_embedding": True,
}


def mtkit_marian(folder: Path) -> Path:
    """Marian with one shared vocabulary, byte fallback and markup symbols, as mtkit trains it."""
    folder.mkdir(parents=True)
    _train_pieces(folder / "source.spm", byte_fallback=True, symbols=(TERM_OPEN, TERM_CLOSE))
    (folder / "target.spm").write_bytes((folder / "source.spm").read_bytes())
    pieces = _pieces(folder / "source.spm")
    vocabulary = ["</s>", "<unk>", *(piece for piece in pieces if piece not in _CONTROL), "<pad>"]
    _write_marian(folder, vocabulary, {"source_lang": "en", "target_lang": "ru"})
    return folder


def opus_marian(folder: Path, languages: tuple[str, ...] = ()) -> Path:
    """Marian with separate source and target pieces; `languages` are its >>codes<<, if any."""
    folder.mkdir(parents=True)
    _train_pieces(folder / "source.spm", sentences=SENTENCES[:4])
    _train_pieces(folder / "target.spm", sentences=SENTENCES[4:])
    joint = dict.fromkeys((*_pieces(folder / "source.spm"), *_pieces(folder / "target.spm")))
    codes = (f">>{code}<<" for code in languages)
    vocabulary = ["</s>", "<unk>", *(piece for piece in joint if piece not in _CONTROL), *codes, "<pad>"]
    _write_marian(folder, vocabulary, {"source_lang": "eng", "target_lang": "zle" if languages else "rus"})
    return folder


def m2m100(folder: Path) -> Path:
    from transformers import M2M100Config, M2M100ForConditionalGeneration, M2M100Tokenizer

    folder.mkdir(parents=True)
    _train_pieces(folder / "sentencepiece.bpe.model")
    pieces = [piece for piece in _pieces(folder / "sentencepiece.bpe.model") if piece not in _CONTROL]
    vocabulary = ["<s>", "<pad>", "</s>", "<unk>", *pieces]
    _write_json(folder / "vocab.json", {token: i for i, token in enumerate(vocabulary)})
    M2M100Tokenizer(
        str(folder / "vocab.json"), str(folder / "sentencepiece.bpe.model"), src_lang="en", tgt_lang="ru"
    ).save_pretrained(folder)
    config = M2M100Config(vocab_size=len(vocabulary) + 100 + 8, **SHAPE)
    _save(M2M100ForConditionalGeneration, config, folder)
    return folder


def nllb(folder: Path) -> Path:
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers
    from transformers import M2M100Config, M2M100ForConditionalGeneration, NllbTokenizer

    folder.mkdir(parents=True)
    trained = Tokenizer(models.BPE(unk_token="<unk>"))
    trained.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=True)
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    trainer = trainers.BpeTrainer(vocab_size=90, special_tokens=special, show_progress=False)
    trained.train_from_iterator(SENTENCES, trainer)
    state = json.loads(trained.to_str())["model"]
    merges = [tuple(pair) for pair in state["merges"]]
    tokenizer = NllbTokenizer(vocab=state["vocab"], merges=merges, src_lang="eng_Latn", tgt_lang="rus_Cyrl")
    tokenizer.save_pretrained(folder)
    config = M2M100Config(vocab_size=len(tokenizer) + 2, **SHAPE)
    _save(M2M100ForConditionalGeneration, config, folder)
    return folder


def t5(folder: Path) -> Path:
    """T5 with MADLAD's <2xx> tags and gated feed-forward."""
    from transformers import T5Config, T5ForConditionalGeneration, T5Tokenizer

    folder.mkdir(parents=True)
    _train_pieces(folder / "spiece.model", symbols=("<2ru>", "<2en>", "<2vi>"))
    pieces = [piece for piece in _pieces(folder / "spiece.model") if piece not in _CONTROL]
    scored = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
    scored += [(piece, 0.0 if piece.startswith("<2") else -2.0 - i / 50) for i, piece in enumerate(pieces)]
    tokenizer = T5Tokenizer(vocab=scored, extra_ids=0)
    tokenizer.save_pretrained(folder)
    (folder / "spiece.model").unlink()
    config = T5Config(
        vocab_size=len(scored) + 5,
        d_model=32,
        d_kv=16,
        d_ff=48,
        num_layers=1,
        num_heads=2,
        dropout_rate=0.0,
        feed_forward_proj="gated-gelu",
        tie_word_embeddings=False,
        initializer_factor=1.0,
        decoder_start_token_id=0,
    )
    _save(T5ForConditionalGeneration, config, folder)
    written = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    del written["scale_decoder_outputs"]
    _write_json(folder / "config.json", {**written, "tie_word_embeddings": False})
    return folder


BUILDERS: dict[str, Callable[[Path], Path]] = {
    "mtkit-marian": mtkit_marian,
    "opus-marian": opus_marian,
    "opus-marian-zle": lambda folder: opus_marian(folder, ("rus", "ukr")),
    "m2m100": m2m100,
    "nllb": nllb,
    "t5": t5,
}

_CONTROL = frozenset({"<unk>", "<s>", "</s>", "<pad>"})


def ensure(root: Path, name: str) -> Path:
    """The folder of a tiny model, built at the first call."""
    folder = root / name
    if not folder.exists():
        BUILDERS[name](folder)
    return folder


def as_pickle(folder: Path) -> Path:
    """Replace model.safetensors by pytorch_model.bin, as older repositories have it."""
    from safetensors.torch import load_file

    weights = load_file(folder / "model.safetensors")
    torch.save(weights, folder / "pytorch_model.bin")
    (folder / "model.safetensors").unlink()
    return folder


def _train_pieces(
    path: Path,
    *,
    sentences: tuple[str, ...] = SENTENCES,
    byte_fallback: bool = False,
    symbols: tuple[str, ...] = (),
) -> None:
    import sentencepiece

    with path.open("wb") as stream:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(sentences * 5),
            model_writer=stream,
            vocab_size=420 if byte_fallback else 120,
            hard_vocab_limit=False,
            character_coverage=1.0,
            byte_fallback=byte_fallback,
            user_defined_symbols=list(symbols),
            minloglevel=2,
        )


def _pieces(path: Path) -> list[str]:
    import sentencepiece

    processor = sentencepiece.SentencePieceProcessor(model_file=str(path))
    return [processor.id_to_piece(i) for i in range(processor.get_piece_size())]


def _write_marian(folder: Path, vocabulary: list[str], tokenizer_config: dict[str, str]) -> None:
    from transformers import MarianConfig, MarianMTModel

    _write_json(folder / "vocab.json", {token: i for i, token in enumerate(vocabulary)})
    tokenizer_config = {"tokenizer_class": "MarianTokenizer", **tokenizer_config}
    _write_json(folder / "tokenizer_config.json", tokenizer_config)
    pad = len(vocabulary) - 1
    config = MarianConfig(
        vocab_size=len(vocabulary),
        pad_token_id=pad,
        decoder_start_token_id=pad,
        eos_token_id=0,
        forced_eos_token_id=0,
        **SHAPE,
    )
    _save(MarianMTModel, config, folder)


def _save(model_class: Any, config: Any, folder: Path) -> None:
    torch.manual_seed(SEED)
    model = model_class(config)
    if config.model_type == "t5":
        model.lm_head.weight = torch.nn.Parameter(model.lm_head.weight.detach().clone())
    _memorise(model, folder)
    model.save_pretrained(folder)


def _memorise(model: Any, folder: Path) -> None:
    """Teach the model PAIRS by heart, so that its outputs end and differ from input to input."""
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder)
    sources, targets = zip(*PAIRS, strict=True)
    if model.config.model_type == "t5":
        sources = tuple(f"<2ru> {source}" for source in sources)
    inputs = tokenizer(list(sources), text_target=list(targets), padding=True, return_tensors="pt")
    labels = inputs.pop("labels")
    labels = labels.masked_fill(labels == tokenizer.pad_token_id, -100)
    start = model.get_input_embeddings().weight[model.config.pad_token_id]
    rate = 3e-3 if model.config.model_type == "t5" else 1e-2
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0)
    model.train()
    for _ in range(STEPS):
        loss = model(**inputs, labels=labels).loss
        if loss.item() < LEARNT:
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            start.zero_()
    model.eval()


def _write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
