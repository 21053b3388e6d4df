from __future__ import annotations

from pathlib import Path

import pytest

from mtkit.errors import ConfigError, InputError
from mtkit.memory.entries import MatchKind
from mtkit.memory.exchange import write_entries
from mtkit.memory.folders import open_memory, store_path
from mtkit.types import Origin
from tests.memory.samples import entry, memory, segments, store

SOURCE = "Huyện mở trường mới ở xã."
WORSE = "Huyện mở trường cũ ở xã."


def test_the_best_match_of_each_segment(tmp_path: Path) -> None:
    found = memory(
        tmp_path,
        entry(SOURCE, "Уезд открыл новую школу."),
        entry("Có 15 người dự.", "Присутствовало 15 человек."),
    ).lookup(segments(SOURCE, WORSE, "Có 18 người dự.", "Không có gì giống."))
    exact, fuzzy, repaired, nothing = found
    assert exact is not None and fuzzy is not None and repaired is not None and nothing is None
    assert (exact.origin, exact.kind, exact.similarity) == (Origin.TM_EXACT, MatchKind.EXACT, 100)
    assert (fuzzy.origin, fuzzy.similarity, fuzzy.repairs) == (Origin.TM_FUZZY, 83, ())
    assert (repaired.origin, repaired.similarity, repaired.found) == (Origin.TM_FUZZY, 100, 75)
    assert repaired.target == "Присутствовало 18 человек."


def test_an_entry_between_the_same_neighbours_is_a_context_match(tmp_path: Path) -> None:
    first = memory(tmp_path)
    document = segments("Mở đầu.", SOURCE, "Kết thúc.")
    from mtkit.memory.entries import in_sequence

    before, after = in_sequence([segment.source for segment in document])[1]
    first.members[0].store.add(
        [
            entry(SOURCE, "Здесь.", "2020-01-01T00:00:00Z", before=before, after=after),
            entry(SOURCE, "Где-то.", "2026-01-01T00:00:00Z"),
        ]
    )
    (_, there, _) = first.lookup(document)
    (elsewhere,) = first.lookup(segments(SOURCE))
    assert there is not None and elsewhere is not None
    assert (there.kind, there.target) == (MatchKind.CONTEXT, "Здесь.")
    assert (elsewhere.kind, elsewhere.target) == (MatchKind.EXACT, "Где-то.")


def answer(folder: Path, source: str = SOURCE) -> tuple[str, int, str]:
    (match,) = open_memory(folder).lookup(segments(source))
    assert match is not None
    return match.target, match.similarity, match.memory


def test_enforce_wins_over_everything_that_is_exact(tmp_path: Path) -> None:
    store(tmp_path, entry(SOURCE, "новое", "2026-09-01T00:00:00Z"))
    store(tmp_path / "enforce", entry(SOURCE, "так", "2001-01-01T00:00:00Z"), name="house.db")
    assert answer(tmp_path) == ("так", 100, "enforce/house.db")
    assert answer(tmp_path, WORSE)[1] == 83


def test_prefer_wins_ties_and_nothing_else(tmp_path: Path) -> None:
    store(tmp_path, entry(SOURCE, "новое", "2026-09-01T00:00:00Z"), entry(WORSE, "старое"))
    store(tmp_path / "prefer", entry(SOURCE, "лучше", "2001-01-01T00:00:00Z"), name="p.db")
    assert answer(tmp_path) == ("лучше", 100, "prefer/p.db")
    assert answer(tmp_path, WORSE) == ("старое", 100, "memory.db")


def test_a_penalty_lowers_the_similarity(tmp_path: Path) -> None:
    store(tmp_path / "penalty-030", entry(SOURCE, "чужое"), name="p.db")
    assert answer(tmp_path) == ("чужое", 70, "penalty-030/p.db")
    store(tmp_path, entry(WORSE, "своё"))
    assert answer(tmp_path) == ("своё", 83, "memory.db")


def test_subfolders_pass_their_trust_on_and_machines_are_not_read(tmp_path: Path) -> None:
    store(tmp_path / "enforce" / "house" / "2026", entry(SOURCE, "так"), name="h.sqlite")
    store(tmp_path / "penalty-010" / "auto", entry(WORSE, "иначе"), name="p.db")
    store(tmp_path / "mt", entry("Dân vui.", "машина"), name="m.db")
    assert answer(tmp_path) == ("так", 100, "enforce/house/2026/h.sqlite")
    assert answer(tmp_path, WORSE) == ("иначе", 90, "penalty-010/auto/p.db")
    assert open_memory(tmp_path).lookup(segments("Dân vui.")) == [None]


def test_linked_folders_are_read_and_hidden_ones_are_not(tmp_path: Path) -> None:
    folder = tmp_path / "tm"
    store(folder / ".trash", entry(SOURCE, "старое"))
    store(tmp_path / "shared", entry(SOURCE, "так"), name="house.db")
    (folder / "enforce").symlink_to(Path("..", "shared"))
    assert answer(folder) == ("так", 100, "enforce/house.db")
    assert len(open_memory(folder).members) == 1


def test_a_folder_that_cannot_be_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(folder: Path) -> list[Path]:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(InputError, match=r"cannot be read \(Permission denied\)"):
        open_memory(tmp_path)


def test_exchange_files_in_a_folder_are_read_through_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MTKIT_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "tm"
    write_entries(folder / "auto" / "given.tmx", [entry(SOURCE, "данное")])
    assert answer(folder) == ("данное", 100, "auto/given.tmx")
    before = open_memory(folder).fingerprint()
    monkeypatch.setattr("mtkit.memory.folders.read_entries", lambda path: pytest.fail("read again"))
    assert open_memory(folder).fingerprint() == before
    monkeypatch.undo()
    monkeypatch.setenv("MTKIT_CACHE", str(tmp_path / "cache"))
    write_entries(folder / "auto" / "given.tmx", [entry(SOURCE, "другое")])
    assert answer(folder)[0] == "другое"
    assert open_memory(folder).fingerprint() != before
    assert not [path for path in (tmp_path / "cache" / "memory").iterdir() if path.name.startswith(".")]


def test_what_cannot_be_opened_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no translation memory in this folder"):
        open_memory(tmp_path)
    with pytest.raises(InputError, match="there is no such translation memory"):
        open_memory(tmp_path / "none")
    store(tmp_path / "penalty-999", name="p.db")
    with pytest.raises(ConfigError, match="a penalty goes from 0 to 100"):
        open_memory(tmp_path)


def test_where_new_entries_go(tmp_path: Path) -> None:
    assert store_path(tmp_path) == tmp_path / "memory.db"
    assert store_path(f"{tmp_path}/new/") == tmp_path / "new" / "memory.db"
    assert store_path(tmp_path / "a.db") == tmp_path / "a.db"
    with pytest.raises(ConfigError, match="an exchange file is read, not written to"):
        store_path(tmp_path / "a.tmx")
