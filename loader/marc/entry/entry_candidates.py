"""Which stored records a new one may be already: by the numbers of both, and by ISBN with the title."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from loader.marc.records.record_import import record_names
from loader.marc.values.heading_keys import heading_key
from nbkg.errors import MarcRecordError
from nbkg.identifiers.identifier_reading import read_as
from nbkg.records.record import MarcRecord
from nbkg.records.store.record_folder import sources
from nbkg.records.store.record_store import StoredRecord, open_records


class EntryCandidate(NamedTuple):
    """A stored record that a new one may be, and what both have in common."""

    source: str
    record: int
    """Its number in the store of its source; 0 for one that came before it in the same delivery."""
    title: str
    """What messages call it."""
    reasons: tuple[str, ...]


CandidateSearch = Callable[[MarcRecord, str], Sequence[EntryCandidate]]
"""Returns the candidates for a record; the text is who gave its number where it has no 003."""
WELL = "nbkg"
"""The code before an id in 035."""
Keys = dict[str, str]
"""A key to the reason that it is when two records share it."""


class StoredCandidates:
    """Finds candidates among all records of a store, whose keys are read once."""

    def __init__(self, folder: Path) -> None:
        self._records: dict[str, dict[tuple[str, int], str]] = defaultdict(dict)
        for source in sources(folder) if folder.is_dir() else ():
            with open_records(folder, source) as store:
                for stored in store.iter_records():
                    self._add_stored(source, stored)

    def add(self, source: str, number: int, title: str, keys: Keys) -> None:
        """Add a record under its keys."""
        for key in keys:
            self._records[key][source, number] = title

    def __call__(self, record: MarcRecord, assigner: str) -> Sequence[EntryCandidate]:
        """Return the candidates for a record, those with most in common first."""
        reasons: dict[tuple[str, int], list[str]] = defaultdict(list)
        titles: dict[tuple[str, int], str] = {}
        for key, reason in candidate_keys(record, assigner).items():
            for stored, title in self._records.get(key, {}).items():
                reasons[stored].append(reason)
                titles[stored] = title
        candidates = [EntryCandidate(*stored, titles[stored], tuple(why)) for stored, why in reasons.items()]
        return sorted(candidates, key=lambda one: (-len(one.reasons), one.source, one.record))

    def _add_stored(self, source: str, stored: StoredRecord) -> None:
        try:
            record = stored.parse()
        except MarcRecordError:
            return
        number = f"number {entry_id(source, stored.record)}"
        self.add(source, stored.record, stored.title, candidate_keys(record, stored.names.agency) | {number: number})


def entry_id(source: str, number: int) -> str:
    """Return the id of a record in the store: it never changes, whatever the source calls the record."""
    return f"({WELL}){source}-{number}"


def candidate_keys(record: MarcRecord, assigner: str) -> Keys:
    """Return the keys by which a record may be recognised, each with the reason in words."""
    names = record_names(record, assigner=assigner)
    own = [f"({names.agency}){names.control_number}"] if names.agency and names.control_number else []
    numbers = [*own, *(number for number in names.system_numbers if number.startswith("("))]
    keys = {f"number {number}": f"number {number}" for number in numbers}
    title = title_key(record)
    return keys | {f"isbn {isbn} {title}": f"ISBN {isbn} and the same title" for isbn in _isbns(record) if title}


def title_key(record: MarcRecord) -> str:
    """Return title and part (245 $a, $n, $p) in normal form."""
    fields = [field for field in record.fields if field.tag == "245"]
    return " ".join(heading_key(value) for field in fields[:1] for code in "anp" for value in field.values(code))


def _isbns(record: MarcRecord) -> Iterator[str]:
    for field in record.fields:
        for value in field.values("a") if field.tag == "020" else ():
            reading = read_as("isbn", value.split(" ")[0])
            if not reading.fault:
                yield reading.number
