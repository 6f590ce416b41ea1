"""Records of ISO 2709 for tests, written by hand-sized code of their own, and the names that a source has for them."""

from __future__ import annotations

import os
from pathlib import Path

from nbkg.records.store.entries import RecordNames

SHARED = Path(os.environ.get("NBKG_SHARED", Path(__file__).parents[5] / "shared"))
SAMPLE = sorted((SHARED / "data" / "intl_loc_sample10k").glob("*.mrc"))


def iso2709(*fields: tuple[str, str], status: str = "n") -> bytes:
    """Return a record of (tag, content) pairs: lengths, base address and directory as the standard has them."""
    texts = [content.encode() + b"\x1e" for _tag, content in fields]
    directory, position = "", 0
    for (tag, _content), text in zip(fields, texts, strict=True):
        directory += f"{tag}{len(text):04d}{position:05d}"
        position += len(text)
    base = 24 + len(directory) + 1
    leader = f"{base + position + 1:05d}{status}am a22{base:05d} a 4500"
    return leader.encode() + directory.encode() + b"\x1e" + b"".join(texts) + b"\x1d"


def book(number: str, title: str, *, status: str = "n") -> bytes:
    """Return a record with a 001 and a 245."""
    return iso2709(("001", number), ("245", f"10\x1fa{title}"), status=status)


def cut(file: Path) -> list[bytes]:
    """Return the records of a file of ISO 2709, cut at their terminators."""
    return [record + b"\x1d" for record in file.read_bytes().split(b"\x1d") if record.strip()]


def field(record: bytes, tag: str) -> list[str]:
    """Return the fields of a tag, by the directory."""
    base = int(record[12:17])
    entries = [record[start : start + 12] for start in range(24, base - 1, 12)]
    places = [(int(entry[7:]) + base, int(entry[3:7])) for entry in entries if entry[:3] == tag.encode()]
    return [record[start : start + length - 1].decode() for start, length in places]


def names(record: bytes) -> RecordNames:
    """Return what a source calls a record."""
    systems = [part[1:] for text in field(record, "035") for part in text.split("\x1f")[1:] if part.startswith("a")]
    first = {tag: next(iter(field(record, tag)), "").strip() for tag in ("001", "003")}
    return RecordNames(first["001"], first["003"], "", tuple(systems))
