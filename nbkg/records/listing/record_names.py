"""The name of a record over all sources: that of its source, a slash, and its key there, as in the path of its IRI."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from nbkg.records.store.record_store import StoredRecord

_SAFE = "-._~()!*,:;=@$+"
"""The characters beside letters and digits that a segment of a path may have."""
_CODED = re.compile(r"^\([^()]+\)\s*\S")


def iter_names(source: str, stored: StoredRecord) -> Iterator[str]:
    """Yield the names that a record may have, the best first: another one of its source may have it already.

    The first is the key by which the record's IRI ends, where it has a number. Later ones add who gave the number, and
    at last the number of the record in the store, which is its own.
    """
    key = record_key(stored)
    yield f"{source}/{key}"
    if stored.names.agency:
        yield f"{source}/{key}~{_segment(stored.names.agency)}"
    yield f"{source}/{key}~{stored.record}"


def record_key(stored: StoredRecord) -> str:
    """Return the key of a record in its source: its control number, else another number, else of its bytes."""
    if number := " ".join(stored.names.control_number.split()):
        return _segment(number)
    if coded := sorted(number for number in stored.names.system_numbers if _CODED.match(number)):
        return _segment(f"035-{coded[0]}")
    return _segment(f"oai-{stored.names.oai}" if stored.names.oai else stored.title.replace(":", "-"))


def _segment(text: str) -> str:
    return quote(text, safe=_SAFE)
