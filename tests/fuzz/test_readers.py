"""Whatever is in a file, a reader reads it or says what is wrong with it: no other error, no endless work.

MTKIT_FUZZ is the number of files for each reader: `MTKIT_FUZZ=20000 pytest tests/fuzz` is the full run,
`-k "docx or odt"` a part of it.
"""

from __future__ import annotations

import os
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from mtkit.errors import MtkitError
from tests.fuzz.mutation import CHANGES, Change, mutated, mutated_package
from tests.fuzz.readers import Reader, documents, others, termbases

FILES = int(os.environ.get("MTKIT_FUZZ", "12"))
SECONDS = 10
"""What one small file may take at most, on a busy machine."""

NAMES = [reader.name for reader in (*documents(), *termbases())]
OTHERS = (
    *(f"side-hyp.{end}" for end in ("txt", "tsv", "jsonl", "txt.gz", "xlf", "tmx", "po", "mtkit.json")),
    *("memory-tmx", "memory-xlf", "memory-tsv", "memory-db", "mqm-json", "mqm-tsv", "baseline", "run"),
    *("check-record", "terms-record", "post-edited", "output", "lexicon"),
)


@pytest.fixture(scope="module")
def readers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Reader]:
    folder = tmp_path_factory.mktemp("seeds")
    return {reader.name: reader for reader in (*documents(), *termbases(), *others(folder))}


def test_every_reader_is_fuzzed(readers: dict[str, Reader]) -> None:
    assert sorted(readers) == sorted((*NAMES, *OTHERS))


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("name", [*NAMES, *OTHERS])
def test_a_broken_file_is_read_or_refused(name: str, readers: dict[str, Reader], tmp_path: Path) -> None:
    reader = readers[name]
    others = [content for other in readers.values() for content in other.seeds]
    is_package = zipfile.is_zipfile(BytesIO(reader.seeds[0]))

    @seed(6)
    @settings(
        max_examples=FILES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    @given(
        start=st.integers(0, len(reader.seeds) - 1),
        other=st.integers(0, len(others) - 1),
        member=st.none() | st.integers(0, 40) if is_package else st.none(),
        changes=CHANGES,
    )
    def read(start: int, other: int, member: int | None, changes: list[Change]) -> None:
        if member is None:
            raw = mutated(reader.seeds[start], others[other], changes)
        else:
            raw = mutated_package(reader.seeds[start], others[other], member, changes)
        began = time.monotonic()
        try:
            reader.read(raw, tmp_path)
        except MtkitError as error:
            assert error.message and "\0" not in error.message
        assert time.monotonic() - began < SECONDS

    read()
