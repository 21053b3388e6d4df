from __future__ import annotations

import json
from pathlib import Path

import pytest

from mtkit.errors import FormatError, InputError
from mtkit.termbase.report import find_records, read_record

RECORD = {
    "source": "article.vi.txt",
    "segments": [
        {
            "id": "1",
            "source": "Tỉnh ủy và xã",
            "hits": [
                {"concept": "tinh-uy", "src": [0, 7], "form": "комитета", "ok": True, "strategy": "prefix"},
                {"concept": "xa", "src": [11, 13], "form": "", "ok": False, "strategy": "failed"},
            ],
        }
    ],
}


def test_what_a_record_says_of_its_terms(tmp_path: Path) -> None:
    path = tmp_path / "a.mtkit.json"
    path.write_text(json.dumps(RECORD), encoding="utf-8")
    document = read_record(path)
    assert [(o.source, o.form, o.ok) for o in document.occurrences] == [
        ("Tỉnh ủy", "комитета", True),
        ("xã", "", False),
    ]
    assert (document.held, document.strategies) == (1, {"prefix": 1})
    assert find_records([tmp_path, path]) == [path, path]


@pytest.mark.parametrize("content", ["[", "{}", '{"source": "a", "segments": [{}]}', "[1]"])
def test_what_is_no_record(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.mtkit.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FormatError):
        read_record(path)


def test_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no run record"):
        find_records([tmp_path])
    with pytest.raises(InputError, match="cannot be read"):
        read_record(tmp_path / "missing.mtkit.json")
