from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mtkit.errors import FormatError, InputError
from mtkit.memory.post_edited import PostEdited, read_post_edited

SOURCES = ["Tỉnh họp sáng nay.", "Huyện mở trường mới.", "Xã xây cầu mới.", "Dân vui mừng.", "57-NQ/TW"]
MACHINE = [
    "Провинция провела заседание сегодня утром.",
    "Уезд открыл новую школу в центре.",
    "Община строит большой новый мост.",
    "Жители радуются этому событию.",
    "57-NQ/TW",
]


def edited(folder: Path, text: str, *, unedited: bool = False, failed: int = -1, **more: Any) -> PostEdited:
    """What is read of `text` in the place of MACHINE, one line each; `more` goes into the record."""
    origins = {failed: "failed", len(SOURCES) - 1: "copied"}
    rows = [
        {
            "id": str(place + 1),
            "source": SOURCES[place],
            "target": SOURCES[place] if place == failed else MACHINE[place],
            "src_lang": "vi",
            "origin": origins.get(place, "engine"),
        }
        for place in range(len(SOURCES))
    ]
    path = folder / more.pop("name", "a.ru.txt")
    path.write_text(text, encoding="utf-8")
    record = {"format": "text", "segments": rows} | more
    path.with_name(f"{path.name}.mtkit.json").write_text(json.dumps(record), encoding="utf-8")
    return read_post_edited(path, unedited=unedited)


def lines(**changed: str) -> str:
    """MACHINE as lines, with some of them changed: _2="…"."""
    return "\n".join(changed.get(f"_{number}", text) for number, text in enumerate(MACHINE, 1))


def pairs(found: PostEdited) -> list[tuple[str, str]]:
    return [(entry.source, entry.target) for entry in found.entries]


def test_an_edited_line_goes_to_its_source_and_the_others_are_asked_for(tmp_path: Path) -> None:
    text = "В центре уезда открыли новую школу."
    found = edited(tmp_path, lines(_2=text))
    assert pairs(found) == [(SOURCES[1], text)]
    assert (found.unedited, found.unpaired, found.lost) == (3, (), ())
    assert found.entries[0].origin == "post-edited"
    assert found.entries[0].in_context
    found = edited(tmp_path, lines(_2=text), unedited=True)
    assert pairs(found) == list(zip(SOURCES[:4], [MACHINE[0], text, *MACHINE[2:4]], strict=True))
    assert found.unedited == 0


def test_joined_and_split_sentences(tmp_path: Path) -> None:
    text = (
        "Провинция провела заседание. Сегодня утром.\n"
        "Уезд открыл новую школу в центре, а община строит большой новый мост.\n"
        "Жители радуются этому событию.\n57-NQ/TW\n"
    )
    assert pairs(edited(tmp_path, text)) == [
        (SOURCES[0], "Провинция провела заседание. Сегодня утром."),
        (
            f"{SOURCES[1]} {SOURCES[2]}",
            "Уезд открыл новую школу в центре, а община строит большой новый мост.",
        ),
    ]


def test_a_line_split_in_two_keeps_both_parts_however_unlike(tmp_path: Path) -> None:
    text = "Сегодня утром провинция провела заседание. Были все."
    assert pairs(edited(tmp_path, lines(_1=text))) == [(SOURCES[0], text)]


def test_lines_written_anew_are_taken_between_sure_neighbours(tmp_path: Path) -> None:
    second, third = "Начались занятия для малышей.", "Сельчане возводят переправу."
    found = edited(tmp_path, lines(_2=second, _3=third))
    assert pairs(found) == [(SOURCES[1], second), (SOURCES[2], third)]


def test_a_line_that_failed_is_taken_when_somebody_has_translated_it(tmp_path: Path) -> None:
    text = "Начались занятия для малышей."
    assert pairs(edited(tmp_path, lines(_2=text), failed=1)) == [(SOURCES[1], text)]
    found = edited(tmp_path, lines(_2=SOURCES[1]), failed=1, unedited=True)
    assert SOURCES[1] not in dict(pairs(found))


@pytest.mark.parametrize(
    "anew",
    [
        "Да.",
        "Ещё в 1975 году начались занятия.",
        "Совсем другая и куда более длинная мысль, которой в исходном тексте не было вовсе и быть не могло.",
    ],
)
def test_what_cannot_be_the_translation_is_left_out_and_said(tmp_path: Path, anew: str) -> None:
    found = edited(tmp_path, lines(_2=anew))
    assert found.entries == ()
    assert [(each.id, each.text) for each in found.unpaired] == [("2", anew)]
    assert [(each.id, each.text) for each in found.lost] == [("2", SOURCES[1])]


def test_beside_a_lost_line_nothing_written_anew_is_taken(tmp_path: Path) -> None:
    text = "\n".join([MACHINE[0], "Начались занятия для малышей.", MACHINE[3], MACHINE[4]])
    found = edited(tmp_path, text)
    assert found.entries == ()
    assert [each.id for each in found.unpaired] == ["2"]
    assert [each.id for each in found.lost] == ["2", "3"]


def test_what_nobody_touched_is_not_taken(tmp_path: Path) -> None:
    found = edited(tmp_path, lines())
    assert (found.entries, found.unedited) == ((), 4)
    assert pairs(edited(tmp_path, lines(), unedited=True)) == list(zip(SOURCES[:4], MACHINE[:4], strict=True))


def rows(**changed: str) -> list[dict[str, Any]]:
    return [
        {"n": place, "text": source, "translation": changed.get(f"_{place + 1}", target)}
        for place, (source, target) in enumerate(zip(SOURCES, MACHINE, strict=True))
    ]


def test_rows_with_their_sources_are_paired_by_them(tmp_path: Path) -> None:
    edited_rows = rows(_2="Иначе.", _4="")
    moved = [*edited_rows[2:], {"text": "Mới.", "translation": "Новое."}, *edited_rows[:2]]
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in moved)
    found = edited(tmp_path, text, name="a.ru.jsonl", format="jsonl", format_options={})
    assert pairs(found) == [("Mới.", "Новое."), (SOURCES[1], "Иначе.")]
    assert ([each.id for each in found.lost], found.unpaired) == (["4"], ())
    assert found.entries[1].in_context and not found.entries[0].in_context


def test_strings_among_rows_with_their_sources_are_paired_by_their_lines(tmp_path: Path) -> None:
    _, _, _, *last = rows()
    mixed = [*rows(_1="Иначе.")[:1], MACHINE[1], "Община строит новый мост.", *last]
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in mixed)
    found = edited(tmp_path, text, name="a.ru.jsonl", format="jsonl", format_options={})
    assert pairs(found) == [(SOURCES[0], "Иначе."), (SOURCES[2], "Община строит новый мост.")]
    assert (found.lost, found.unpaired) == ((), ())


def test_fields_translated_in_place_are_read_as_they_were(tmp_path: Path) -> None:
    text = "\n".join(
        json.dumps({"a": {"b": row["translation"]}}, ensure_ascii=False)
        for row in rows(_3="Там строят мост.")
    )
    options = {"fields": ["a.b"]}
    found = edited(tmp_path, text, name="a.ru.jsonl", format="jsonl", format_options=options)
    assert pairs(found) == [(SOURCES[2], "Там строят мост.")]


@pytest.mark.parametrize("anew", ["Да.", "Совсем иначе в 1975 году."])
def test_cells_translated_in_place_are_paired_by_their_places(anew: str, tmp_path: Path) -> None:
    """Two columns, of which the header says nothing; the table has another one for Russian."""
    cells = [*MACHINE[:3], anew]
    table = f"a,b,ru\n{cells[0]},{cells[1]},\n{cells[2]},{cells[3]},\n"
    ids = ("2", "2.2", "3", "3.2")
    segments = [
        {"id": id, "source": source, "target": target, "src_lang": "vi", "origin": "engine"}
        for id, source, target in zip(ids, SOURCES, MACHINE, strict=False)
    ]
    more = {"format": "csv", "format_options": {"columns": ["a", "b"]}, "segments": segments}
    assert pairs(edited(tmp_path, table, name="a.ru.csv", **more)) == [(SOURCES[3], anew)]
    moved = f"a,b,ru\n{cells[2]},{cells[3]},\n{cells[0]},{cells[1]},\n"
    assert pairs(edited(tmp_path, moved, name="a.ru.csv", **more)) == []


def test_an_abbreviation_may_be_written_out(tmp_path: Path) -> None:
    sources = [SOURCES[0], "Lưu: VT, NC.", SOURCES[2]]
    texts = [MACHINE[0], "Люди: ВТ, НК.", MACHINE[2]]
    segments = [
        {"id": str(n), "source": source, "target": target, "src_lang": "vi", "origin": "engine"}
        for n, (source, target) in enumerate(zip(sources, texts, strict=True), 1)
    ]
    text = "Архив: канцелярия, отдел внутренних дел."
    found = edited(tmp_path, "\n".join([MACHINE[0], text, MACHINE[2]]), segments=segments)
    assert (pairs(found), found.unpaired) == ([(sources[1], text)], ())


def test_without_a_record_there_are_no_sources(tmp_path: Path) -> None:
    path = tmp_path / "a.ru.txt"
    path.write_text("Да.", encoding="utf-8")
    with pytest.raises(InputError, match="there is no run record beside it"):
        read_post_edited(path)
    for broken in ('{"segments": 3}', '{"format": "text", "format_options": 3, "segments": []}'):
        (tmp_path / "a.ru.txt.mtkit.json").write_text(broken)
        with pytest.raises(FormatError, match="not a run record"):
            read_post_edited(path)
