"""Every reader of mtkit as a function of bytes, with the files its mutations start from."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mtkit import registry
from mtkit.checks.baseline import read_baseline
from mtkit.checks.outputs import read_output, read_record
from mtkit.documents.base import create_format
from mtkit.errors import FormatError
from mtkit.memory.entries import Entry
from mtkit.memory.exchange import read_entries
from mtkit.memory.folders import open_memory
from mtkit.memory.post_edited import read_post_edited
from mtkit.memory.store import TranslationMemory
from mtkit.models.lexicon import read_lexicon
from mtkit.reports.runs import read_run
from mtkit.scoring.inputs import Side, read_side
from mtkit.scoring.mqm import read_mqm
from mtkit.termbase.formats import open_format
from mtkit.termbase.report import read_record as read_terms_record
from mtkit.types import Concept, Status, Term
from tests.reports.run_files import finding, hit, segment, translation, write_run

EXAMPLES = Path(__file__).parents[1] / "documents" / "examples"
TEXTS = (
    b"Hanoi meeting\n\nThe committee met on 23 January. It adopted Decision 57-NQ/TW!\n- one\n- two\n",
    "Hội nghị bàn về kinh tế số.\r\nĐại biểu đến từ TP. Huế và 3.500 người.\r\n".encode(),
)
ROWS = (
    b"text\tnote\nThe committee met.\tone\nPrices rose 3.5%.\ttwo\n",
    b'title,body\n"Prices, ""rose""","The committee met.\nIt adopted it."\n',
    b"source\ttarget\nThe committee met.\tRU\nPrices rose.\tRU2\n",
)
JSON_LINES = (
    b'{"id": 7, "text": "The committee met. It \\"adopted\\" it."}\n{"text": null}\n"bare text"\n',
    b'{"text": "Prices rose.", "hypothesis": "h", "reference": "r", "source": "s"}\n',
)
JSON = (b'{"title": "Prices rose", "body": ["The committee met.", {"lead": "In Hanoi"}], "n": 1.5}\n',)
CONCEPTS = (
    Concept(
        id="committee",
        terms=(
            Term(lang="vi", text="ban chấp hành"),
            Term(lang="en", text="committee"),
            Term(lang="ru", text="комитет", head="комитет", forms={"gen.sg": "комитета"}),
            Term(lang="ru", text="совет", status=Status.FORBIDDEN),
        ),
        note="a note",
    ),
    Concept(
        id="hanoi",
        terms=(Term(lang="vi", text="Hà Nội"), Term(lang="en", text="Hanoi"), Term(lang="ru", text="Ханой")),
    ),
)
MQM_JSON = {
    "format": "mtkit-mqm",
    "version": 1,
    "segments": [
        {
            "run": "new",
            "document": "a.txt",
            "id": "1",
            "source": "Huyện họp.",
            "target": "Уезд собрался.",
            "errors": [
                {"side": "target", "start": 0, "end": 4, "category": "Style", "severity": "major"},
            ],
        }
    ],
}
MQM_TSV = (
    b"run\tdocument\tsegment\tside\tstart\tend\ttext\tcategory\tseverity\tnote\tsource\ttarget\n"
    b"new\ta\t1\ttarget\t0\t4\tabcd\tStyle\tminor\t\tsource text\tabcd text\n"
)
PAGE = (
    b'<html lang="en"><head><title>Prices rose</title></head><body><nav><a href="/">Home</a></nav>'
    b"<h1>Prices rose in Hanoi</h1><p class=sapo>The committee met in Hanoi on 23 January to talk of it.</p>"
    b"<p>Prices <b>rose</b> by 3.5% last year, the committee said in a long report on the economy.</p>"
    b"<p>It adopted a resolution on science, which names three tasks for the whole of the country, too.</p>"
    b"<figure><img src=a.jpg alt=Hanoi><figcaption>Photo: office</figcaption></figure></body></html>"
)


@dataclass(frozen=True)
class Reader:
    name: str
    seeds: Sequence[bytes]
    read: Callable[[bytes, Path], Any]


def documents() -> list[Reader]:
    seeds: dict[str, Sequence[bytes]] = {
        **dict.fromkeys(registry.names("formats"), (*TEXTS, *ROWS, *JSON_LINES, *JSON)),
        "html": (example("everything.html"), PAGE),
        "markdown": (example("everything.md"), TEXTS[0]),
        "text": TEXTS,
        "tsv": ROWS,
        "csv": ROWS,
        "jsonl": JSON_LINES,
        "json": JSON,
        "docx": (example("news.docx"),),
        "odt": (example("report.odt"),),
        "po": (example("everything.po"),),
        "srt": (example("everything.srt"),),
        "vtt": (example("everything.vtt"),),
        "tmx": (example("everything.tmx"),),
        "xliff": (example("everything.xlf"), example("everything2.xlf")),
    }
    readers = [Reader(name, seeds[name], round_trip(name)) for name in registry.names("formats")]
    return [*readers, Reader("html-article", (PAGE,), round_trip("html", {"article": True}))]


def round_trip(name: str, options: dict[str, Any] | None = None) -> Callable[[bytes, Path], Any]:
    """Read, write unchanged, write with targets, and read what was written."""

    def read(raw: bytes, _folder: Path) -> None:
        kind = create_format(name, options)
        document = kind.read(raw, "fuzzed", "en", "ru")
        kind.write(document, {})
        targets = {each.id: f"«{each.source.upper()}» <&\"'> конец." for each in document.segments}
        alignments = {each.id: tuple((span, span) for span in each.marked) for each in document.segments}
        written = kind.write(document, targets, alignments)
        create_format(name).read(written, "written", "en", "ru")

    return read


def termbases() -> list[Reader]:
    readers = []
    for name in registry.names("termbase-formats"):
        kind = open_format(name)
        source = None if kind.lossless else "en"
        readers.append(
            Reader(
                f"glossary-{name}",
                (kind.write(CONCEPTS, source),),
                lambda raw, _folder, kind=kind: kind.read(raw, "fuzzed", "en"),
            )
        )
    return readers


def of_file(name: str, read: Callable[[Path], Any]) -> Callable[[bytes, Path], Any]:
    """A reader that takes a path: the bytes are written to a file of this name."""

    def from_file(raw: bytes, folder: Path) -> Any:
        path = folder / name
        path.write_bytes(raw)
        return read(path)

    return from_file


def others(folder: Path) -> list[Reader]:
    target = write_run(
        folder / "seed.ru.txt",
        [segment("1", "Huyện họp."), segment("2", "Hà Nội.")],
        [
            translation("Уезд собрался.", hits=[hit("a", (0, 5), (0, 4))], findings=[finding("term")]),
            translation("Ханой."),
        ],
    )
    record = target.with_name("seed.ru.txt.mtkit.json").read_bytes()
    baseline = {"accepted": [{"path": "a", "check": "term", "message": "m", "text": "t", "count": 2}]}
    sides: dict[str, Sequence[bytes]] = {
        "hyp.txt": TEXTS,
        "hyp.tsv": ROWS,
        "hyp.jsonl": JSON_LINES,
        "hyp.txt.gz": [gzip.compress(text, mtime=0) for text in TEXTS],
        "hyp.xlf": (example("everything.xlf"), example("everything2.xlf")),
        "hyp.tmx": (example("everything.tmx"),),
        "hyp.po": (example("everything.po"),),
        "hyp.mtkit.json": (record,),
    }
    memory_seeds = {name: sides[f"hyp.{name}"] for name in ("tmx", "xlf", "tsv")}
    return [
        *(Reader(f"side-{name}", seeds, of_file(name, _side)) for name, seeds in sides.items()),
        *(
            Reader(f"memory-{name}", seeds, of_file(f"memory.{name}", _entries))
            for name, seeds in memory_seeds.items()
        ),
        Reader("memory-db", (_memory(folder),), of_file("memory.tm", _lookup)),
        Reader("mqm-json", (json.dumps(MQM_JSON).encode(),), of_file("review.json", read_mqm)),
        Reader("mqm-tsv", (MQM_TSV,), of_file("review.tsv", read_mqm)),
        Reader("baseline", (json.dumps(baseline).encode(),), of_file("baseline.json", read_baseline)),
        Reader("run", (record,), of_file("run.ru.txt.mtkit.json", lambda path: read_run([path]))),
        Reader("check-record", (record,), of_file("r.txt.mtkit.json", lambda path: read_record(str(path)))),
        Reader("terms-record", (record,), of_file("r.txt.mtkit.json", read_terms_record)),
        Reader("post-edited", (record,), of_file("r.txt.mtkit.json", _post_edited)),
        Reader("output", (record,), of_file("r.txt.mtkit.json", _output)),
        Reader("lexicon", ("vi\thuyện\tуезд\n".encode(),), of_file("lexicon.tsv", read_lexicon)),
    ]


def _side(path: Path) -> None:
    """Read what each side has; that one is not there is no news."""
    for side in Side:
        with suppress(FormatError):
            read_side(str(path), side)


def _post_edited(record: Path) -> None:
    target = record.with_name("r.txt")
    target.write_text("Район собрался.\nХаной.\n", encoding="utf-8")
    read_post_edited(target)


def _output(record: Path) -> None:
    target = record.with_name("r.txt")
    target.write_text("Уезд собрался.\nХаной.\n", encoding="utf-8")
    read_output(str(target))


def _entries(path: Path) -> None:
    list(read_entries(path, "en"))


def example(name: str) -> bytes:
    return (EXAMPLES / name).read_bytes()


def _memory(folder: Path) -> bytes:
    path = folder / "seed.tm"
    memory = TranslationMemory(path, create=True)
    memory.add(
        Entry(source=source, target=target, src_lang="vi", tgt_lang="ru")
        for source, target in (("Huyện họp.", "Уезд собрался."), ("Giá tăng 3,5%.", "Цены выросли на 3,5 %."))
    )
    memory.close()
    return path.read_bytes()


def _lookup(path: Path) -> None:
    memory = open_memory(path)
    try:
        memory.lookup([segment("1", "Huyện họp."), segment("2", "Giá tăng 4,5%.")])
    finally:
        memory.close()
        for left in path.parent.glob(f"{path.name}*"):
            left.unlink()
