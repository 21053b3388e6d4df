from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from mtkit.errors import InputError
from mtkit.memory.importing import files_of, import_file
from mtkit.memory.store import TranslationMemory
from tests.memory.samples import entry, store

TARGETS = ["Нажмите Сохранить.", "Вышло 1,5 млрд.", "121 файл", "123 файла"]
"""What the machine wrote, as the run record has it."""
PO = """#, fuzzy
msgid "Press <b>Save</b>."
msgstr "Нажмите <b>Сохранить</b>."

#, fuzzy
msgid "It came to 1.5 billion."
msgstr "Вышло 1,5 млрд."

#, fuzzy
msgid "%d file"
msgid_plural "%d files"
msgstr[0] "%d файл"
msgstr[1] "%d файла"
"""
XLIFF = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="a" source-language="en" target-language="ru" datatype="plaintext"><body>
<trans-unit id="1"><source>Press &lt;b&gt;Save&lt;/b&gt;.</source>
<target state-qualifier="mt-suggestion">Нажмите &lt;b&gt;Сохранить&lt;/b&gt;.</target></trans-unit>
<trans-unit id="2"><source>It came to <g id="1">1.5</g> billion.</source>
<target state-qualifier="mt-suggestion">Вышло <g id="1">1,5</g> млрд.</target></trans-unit>
</body></file></xliff>
"""


def imported(path: Path, text: str, edited: str) -> set[tuple[str, str]]:
    """What a memory takes of `edited`, of which the machine wrote `text`."""
    rows = [
        {"id": str(place), "source": "", "target": target, "src_lang": "en", "origin": "engine"}
        for place, target in enumerate(TARGETS)
    ]
    digest = hashlib.sha256(text.encode()).hexdigest()
    record = {"format": path.suffix[1:], "output_sha256": digest, "segments": rows}
    path.with_name(f"{path.name}.mtkit.json").write_text(json.dumps(record), encoding="utf-8")
    path.write_text(edited, encoding="utf-8")
    with store(path.parent) as memory:
        import_file(memory, path, src_lang="en")
        return {(each.source, each.target) for each in memory.entries()}


@pytest.mark.parametrize(("name", "text"), [("a.po", PO), ("a.xlf", XLIFF)])
def test_a_machines_markup_and_plurals_are_no_edits(tmp_path: Path, name: str, text: str) -> None:
    assert imported(tmp_path / name, text, text) == set()
    assert imported(tmp_path / name, text, f"{text}\n") == set()


@pytest.mark.parametrize("name", ["a.po", "a.xlf"])
@pytest.mark.parametrize(("old", "new"), [("1,5", "15"), ("млрд.", "млрд!")])
def test_punctuation_and_numbers_are_edits(tmp_path: Path, name: str, old: str, new: str) -> None:
    text = PO if name == "a.po" else XLIFF
    ((source, target),) = imported(tmp_path / name, text, text.replace(old, new))
    assert (source, target) == ("It came to 1.5 billion.", "Вышло 1,5 млрд.".replace(old, new))


def test_each_form_of_a_plural_is_an_edit_of_its_own(tmp_path: Path) -> None:
    edited = PO.replace("%d файла", "Файла: %d")
    assert imported(tmp_path / "a.po", PO, edited) == {("123 files", "Файла: 123")}


def test_a_record_without_a_hash_is_of_a_file_that_may_be_edited(tmp_path: Path) -> None:
    assert len(imported(tmp_path / "a.po", "", PO.replace("Вышло", "Набралось"))) == 1


def test_hidden_files_of_a_folder_are_left_out_and_linked_ones_found(tmp_path: Path) -> None:
    for name in ("tm/a.tmx", "tm/._a.tmx", "tm/.trash/old.tmx", "shared/b.xlf"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / "tm" / "linked").symlink_to(tmp_path / "shared")
    for name in ("shared/again", "shared/and-again"):
        (tmp_path / name).symlink_to(tmp_path / "tm")
    found = [path.relative_to(tmp_path / "tm").as_posix() for path in files_of([tmp_path / "tm"])]
    assert found == ["a.tmx", "linked/b.xlf"]


def test_a_file_that_cannot_be_read_makes_no_memory(tmp_path: Path) -> None:
    (tmp_path / "in.tmx").write_text("<tmx>", encoding="utf-8")
    with TranslationMemory(tmp_path / "m.db", create=True) as memory:
        with pytest.raises(InputError):
            import_file(memory, tmp_path / "in.tmx")
        assert not memory.path.exists()
        memory.add([entry("Có.", "Да.")])
        assert len(memory) == 1
