"""Files that are almost what they should be: seeds with bytes flipped, cut, doubled and spliced."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Literal, NamedTuple

from hypothesis import strategies as st

NASTY = (
    *(b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", b"\xed\xa0\x80", b"\r", b"\r\n", b"\n\n", b"\t", b"\x1a"),
    *(
        b"<",
        b">",
        b"</",
        b"<!--",
        b"-->",
        b"]]>",
        b"<![CDATA[",
        b"<?x ?>",
        b"&",
        b"&#0;",
        b"&#x110000;",
        b"&lt;",
    ),
    b'<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;&a;">]>',
    b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>&a;',
    *(b'"', b"'", b"\\", b"{", b"}", b"[", b"]", b":", b",", b"null", b"NaN", b"1e999", b"-1", b"\\ud800"),
    *(b"[" * 2000, b'{"a":' * 2000, b"<b>" * 300, b"</b>" * 300, b"> " * 300, b"* " * 100, b"a" * 10_000),
    *(b"#", b"---\n", b"```\n", b"|", b"`", b"msgid", b"msgstr", b"#~ ", b"00:00:01,000 --> ", b"WEBVTT"),
    *("\u2028".encode(), "\u200b".encode(), "e\u0301".encode(), "\U0001f1fb".encode(), "Тест".encode()),
)
Kind = Literal["flip", "cut", "keep", "double", "insert", "splice"]


class Change(NamedTuple):
    """What happens at `at` of `end`, both in thousandths of the file."""

    kind: Kind
    at: int
    end: int
    piece: bytes


CHANGES = st.lists(
    st.builds(
        Change,
        st.sampled_from(["flip", "cut", "keep", "double", "insert", "splice"]),
        st.integers(0, 1000),
        st.integers(0, 1000),
        st.sampled_from(NASTY) | st.binary(max_size=6),
    ),
    max_size=4,
)


def mutated(seed: bytes, other: bytes, changes: Sequence[Change]) -> bytes:
    """The seed with the changes made to it; `other` is what is spliced in."""
    raw = seed
    for kind, one, two, piece in changes:
        at, end = sorted((one * len(raw) // 1000, two * len(raw) // 1000))
        if kind == "flip":
            raw = raw[:at] + bytes([(raw[at] if at < len(raw) else 0) ^ (1 << end % 8)]) + raw[at + 1 :]
        elif kind == "cut":
            raw = raw[:at] + raw[end:]
        elif kind == "keep":
            raw = raw[:end]
        elif kind == "double":
            raw = raw[:end] + raw[at:end] + raw[end:]
        elif kind == "insert":
            raw = raw[:at] + piece + raw[at:]
        else:
            raw = raw[:at] + other[one * len(other) // 1000 :][: end - at] + raw[end:]
    return raw


def mutated_package(seed: bytes, other: bytes, member: int, changes: Sequence[Change]) -> bytes:
    """A ZIP package with one member mutated, or left out where there are no changes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(seed)) as package, zipfile.ZipFile(out, "w") as written:
        infos = package.infolist()
        chosen = infos[member % len(infos)]
        for info in infos:
            content = package.read(info)
            if info is chosen:
                if not changes:
                    continue
                content = mutated(content, other, changes)
            written.writestr(zipfile.ZipInfo(info.filename, info.date_time), content)
    return out.getvalue()
