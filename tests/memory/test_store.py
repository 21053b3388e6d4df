from __future__ import annotations

import os
import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtkit.errors import InputError, StoreError
from mtkit.memory import index
from mtkit.memory.entries import Entry, MatchKind, in_sequence
from mtkit.memory.keys import similarity, skeleton_key
from mtkit.memory.store import TranslationMemory
from tests.memory.samples import entry, store

SCHOOL = entry("Huyện mở trường.", "Уезд открыл школу.")


def test_what_was_added_is_found(tmp_path: Path) -> None:
    memory = store(tmp_path, SCHOOL)
    (found,) = memory.exact("Huyện  mở trường.", "vi", "ru")
    assert (found.entry.target, found.kind, found.similarity) == ("Уезд открыл школу.", MatchKind.EXACT, 100)
    assert not memory.exact("Huyện mở trường.", "en", "ru")
    assert len(memory) == 1


def test_the_same_entry_is_kept_once_with_the_newer_time(tmp_path: Path) -> None:
    memory = store(tmp_path, SCHOOL)
    added = memory.add([entry("Huyện mở trường.", "Уезд открыл школу.", "2026-05-01T00:00:00Z", author="An")])
    assert (added.new, added.known) == (0, 1)
    (found,) = memory.exact("Huyện mở trường.", "vi", "ru")
    assert (found.entry.written, found.entry.author) == ("2026-05-01T00:00:00Z", "An")
    assert not memory.check()


def test_the_newest_target_comes_first_and_the_others_stay(tmp_path: Path) -> None:
    older = entry("Huyện mở trường.", "В уезде открыли школу.", "2025-01-01T00:00:00Z")
    found = store(tmp_path, SCHOOL, older).exact("Huyện mở trường.", "vi", "ru")
    assert [each.entry.target for each in found] == ["Уезд открыл школу.", "В уезде открыли школу."]


def test_the_same_neighbours_come_before_the_newest(tmp_path: Path) -> None:
    sources = ["Mở đầu.", "Huyện mở trường.", "Kết thúc."]
    before, after = in_sequence(sources)[1]
    there = entry("Huyện mở trường.", "Там.", "2020-01-01T00:00:00Z", before=before, after=after)
    memory = store(tmp_path, SCHOOL, there)
    found = memory.exact("Huyện mở trường.", "vi", "ru", before, after)
    assert [(each.entry.target, each.kind) for each in found] == [
        ("Там.", MatchKind.CONTEXT),
        ("Уезд открыл школу.", MatchKind.EXACT),
    ]


def test_without_source_or_target_nothing_is_kept(tmp_path: Path) -> None:
    memory = store(tmp_path)
    added = memory.add([entry(" ", "Да."), entry("Có.", "\n"), entry("Có \ud800.", "Да.")])
    assert (added.new, added.empty) == (1, 2)
    assert [each.source for each in memory.entries()] == ["Có \ufffd\ufffd\ufffd."]


def test_removed_entries_are_found_no_more(tmp_path: Path) -> None:
    memory = store(tmp_path, SCHOOL, entry("Tỉnh xây cầu.", "Провинция строит мост.", document="d"))
    (found,) = memory.in_document("d")
    assert memory.remove([found.id, 999]) == 1
    assert not memory.find("Tỉnh xây cầu.", "vi", "ru", at_least=1)
    assert len(memory) == 1
    assert not memory.check()


def test_fingerprint_hangs_on_the_entries_alone(tmp_path: Path) -> None:
    other = entry("Tỉnh xây cầu.", "Провинция строит мост.")
    first = store(tmp_path, SCHOOL, other, name="a.db")
    second = store(tmp_path, other, name="b.db")
    assert first.fingerprint() != second.fingerprint()
    second.add([SCHOOL])
    assert first.fingerprint() == second.fingerprint()


words = st.sampled_from(["a", "b", "c", "d", "e", "A", "17", "250", "5-NQ/TW", "2/9", "17%", "$", "<"])
sentence = st.lists(words, min_size=1, max_size=9).map(" ".join)


@settings(max_examples=100, deadline=None)
@given(
    sources=st.lists(sentence, min_size=1, max_size=25, unique=True),
    query=sentence,
    at_least=st.integers(1, 100),
    removed=st.integers(0, 5),
)
def test_fuzzy_search_equals_a_slow_oracle(
    sources: list[str], query: str, at_least: int, removed: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        memory = store(Path(folder), *(entry(source, f"цель {source}") for source in sources))
        memory.remove(range(1, removed + 1))
        oracle = sorted(
            (
                grade
                for each in memory.entries()
                if (grade := similarity(query, each.source, "vi")) >= at_least
            ),
            reverse=True,
        )
        found = memory.find(query, "vi", "ru", at_least=at_least, limit=3)
        assert [each.similarity for each in found] == oracle[:3]
        assert all(similarity(query, each.entry.source, "vi") == each.similarity for each in found)
        memory.close()


def test_long_postings_are_parted_and_found(tmp_path: Path) -> None:
    memory = store(tmp_path, *(entry(f"từ chung số {number}", f"общее {number}") for number in range(700)))
    memory.add([entry("từ chung số cuối", "последнее")])
    found = memory.find("từ chung số cuối", "vi", "ru", at_least=75, limit=1000)
    assert len(found) == 701
    assert found[0].entry.target == "последнее"


def test_no_memory_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such translation memory"):
        TranslationMemory(tmp_path / "none.db")


def damaged_text(path: Path) -> None:
    raw = path.read_bytes()
    place = raw.index("Уезд открыл".encode())
    path.write_bytes(raw[:place] + "Умер".encode() + raw[place + 8 :])


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9000])


def garbled_pages(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[4096:] = b"\xa5" * (len(raw) - 4096)
    path.write_bytes(raw)


def no_database(path: Path) -> None:
    path.write_text("<tmx/>")


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (damaged_text, "is damaged (entry 1 is not as it was written)"),
        (cut_off, "is damaged (it is cut off: 9000 bytes of"),
        (garbled_pages, "is damaged ("),
    ],
)
def test_damage_is_said_in_one_sentence(tmp_path: Path, harm: object, said: str) -> None:
    memory = store(tmp_path, SCHOOL)
    memory.close()
    harm(memory.path)  # type: ignore[operator]
    with pytest.raises(StoreError) as error:
        TranslationMemory(memory.path).find("Huyện mở trường.", "vi", "ru")
    assert said in str(error.value)
    assert error.value.hint


def test_what_is_no_memory_is_wrong_input(tmp_path: Path) -> None:
    path = tmp_path / "memory.db"
    no_database(path)
    with pytest.raises(InputError, match="this is not a translation memory of mtkit") as error:
        TranslationMemory(path).find("Huyện mở trường.", "vi", "ru")
    assert error.value.hint


def test_a_lost_entry_is_found_by_the_check(tmp_path: Path) -> None:
    memory = store(tmp_path, SCHOOL)
    with sqlite3.connect(memory.path) as connection:
        connection.execute("DELETE FROM entries")
    connection.close()
    assert memory.check() == ["its entries are not those that were counted while they were written"]


def test_databases_of_others_and_of_later_versions_are_refused(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE t (x)")
    other.close()
    with pytest.raises(StoreError, match="a database of another program"):
        TranslationMemory(tmp_path / "other.db")
    memory = store(tmp_path, SCHOOL)
    memory.close()
    with sqlite3.connect(memory.path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreError, match=r"written by a newer mtkit \(schema 99\)"):
        TranslationMemory(memory.path)


def test_a_memory_of_the_first_version_learns_the_signs(tmp_path: Path) -> None:
    memory = store(tmp_path, entry("Tăng 5% ở xã.", "В общине рост на 5%."), SCHOOL)
    fingerprint = memory.fingerprint()
    memory.close()
    with sqlite3.connect(memory.path) as connection:
        older = "tăng #5 ở xã"
        connection.execute(
            "UPDATE entries SET form = ?, skeleton_key = ? WHERE id = 1",
            (older, skeleton_key(older, "vi", "ru")),
        )
        connection.execute("DELETE FROM postings")
        index.add(connection, [index.Indexed(1, "vi", "ru", older)])
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    newer = TranslationMemory(memory.path)
    (found,) = newer.same_skeleton("Tăng 7% ở xã.", "vi", "ru")
    assert found.similarity == 80
    assert not newer.same_skeleton("Tăng 7 $ ở xã.", "vi", "ru")
    assert [each.similarity for each in newer.find("Tăng 5 % ở xã", "vi", "ru")] == [99]
    assert (newer.check(), newer.fingerprint()) == ([], fingerprint)


def test_what_has_its_signs_already_is_not_indexed_again(tmp_path: Path) -> None:
    memory = store(tmp_path, entry("Tăng 5% ở xã.", "В общине рост на 5%."))
    memory.close()

    def postings() -> list[tuple[object, ...]]:
        with sqlite3.connect(memory.path) as connection:
            return connection.execute("SELECT * FROM postings ORDER BY feature").fetchall()

    before = postings()
    with sqlite3.connect(memory.path) as connection:
        connection.execute("PRAGMA user_version = 1")
    TranslationMemory(memory.path).close()
    assert postings() == before != []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_memory_that_cannot_be_written_is_read(tmp_path: Path) -> None:
    memory = store(tmp_path, SCHOOL)
    memory.close()
    memory.path.chmod(0o444)
    reader = TranslationMemory(memory.path)
    assert len(reader) == 1
    with pytest.raises(StoreError, match="no permission to change"):
        reader.add([entry("Có.", "Да.")])


def test_an_entry_of_another_language_pair_is_another(tmp_path: Path) -> None:
    english = Entry(source="Huyện mở trường.", target="Школа.", src_lang="en-GB", tgt_lang="ru-RU")
    memory = store(tmp_path, SCHOOL, english)
    assert memory.info().pairs == {("vi", "ru"): 1, ("en", "ru"): 1}
    assert [each.target for each in memory.entries("en")] == ["Школа."]
