from __future__ import annotations

import json
from pathlib import Path

import pytest

from mtkit.errors import FormatError, InputError
from mtkit.memory.post_edited import PostEdited, align, read_post_edited

SOURCES = ["Tỉnh họp.", "Huyện mở trường.", "Xã xây cầu mới.", "Dân vui mừng.", "57-NQ/TW"]
MACHINE = [
    "Провинция провела заседание сегодня утром.",
    "Уезд открыл новую школу в центре.",
    "Община строит большой новый мост.",
    "Жители радуются этому событию.",
    "57-NQ/TW",
]


def edited(folder: Path, text: str, origins: dict[int, str] | None = None) -> PostEdited:
    path = folder / "a.ru.txt"
    path.write_text(text, encoding="utf-8")
    rows = [
        {
            "source": source,
            "target": target,
            "src_lang": "vi",
            "origin": (origins or {}).get(place, "copied" if source == target else "engine"),
        }
        for place, (source, target) in enumerate(zip(SOURCES, MACHINE, strict=True))
    ]
    record = {"format": "text", "segments": rows}
    (folder / "a.ru.txt.mtkit.json").write_text(json.dumps(record), encoding="utf-8")
    return read_post_edited(path)


def pairs(found: PostEdited) -> list[tuple[str, str]]:
    return [(entry.source, entry.target) for entry in found.entries]


def test_an_edited_line_goes_to_its_source(tmp_path: Path) -> None:
    lines = [*MACHINE]
    lines[1] = "В центре уезда открыли новую школу."
    found = edited(tmp_path, "\n".join(lines))
    assert pairs(found) == list(zip(SOURCES[:4], lines[:4], strict=True))
    assert (found.changed, found.unpaired, found.lost) == (1, (), ())
    assert {entry.origin for entry in found.entries} == {"post-edited"}
    assert all(entry.in_context for entry in found.entries)


def test_merged_and_split_sentences(tmp_path: Path) -> None:
    text = (
        "Провинция провела заседание. Сегодня утром.\n"
        "Уезд открыл новую школу в центре, а община строит большой новый мост.\n"
        "Жители радуются этому событию.\n57-NQ/TW\n"
    )
    found = edited(tmp_path, text)
    assert pairs(found) == [
        ("Tỉnh họp.", "Провинция провела заседание. Сегодня утром."),
        (
            "Huyện mở trường. Xã xây cầu mới.",
            "Уезд открыл новую школу в центре, а община строит большой новый мост.",
        ),
        ("Dân vui mừng.", "Жители радуются этому событию."),
    ]


def test_what_has_no_partner_is_listed(tmp_path: Path) -> None:
    lines = [MACHINE[0], "Совсем другая мысль, которой не было.", MACHINE[2] + " Ура!", MACHINE[4]]
    found = edited(tmp_path, "\n".join(lines))
    assert found.unpaired == ("Совсем другая мысль, которой не было.", "Ура!")
    assert found.lost == ("Huyện mở trường.", "Dân vui mừng.")
    assert pairs(found)[1] == ("Xã xây cầu mới.", "Община строит большой новый мост.")


def test_what_nobody_touched_is_not_taken(tmp_path: Path) -> None:
    assert edited(tmp_path, "\n".join(MACHINE)).entries == ()


def test_a_failed_target_left_as_it_was_is_not_taken(tmp_path: Path) -> None:
    lines = [*MACHINE]
    lines[1] = "В центре уезда открыли новую школу."
    assert SOURCES[2] not in dict(pairs(edited(tmp_path, "\n".join(lines), {2: "failed"})))


def test_without_a_record_there_are_no_sources(tmp_path: Path) -> None:
    path = tmp_path / "a.ru.txt"
    path.write_text("Да.", encoding="utf-8")
    with pytest.raises(InputError, match="there is no run record beside it"):
        read_post_edited(path)
    (tmp_path / "a.ru.txt.mtkit.json").write_text('{"segments": 3}')
    with pytest.raises(FormatError, match="not a run record"):
        read_post_edited(path)


def test_alignment_of_nothing() -> None:
    assert align([], []) == []
    assert align(["a"], []) == []
    assert align([], ["a"]) == []
