"""The identifiers of what one authority record describes, as statements of the crosswalk."""

from __future__ import annotations

from collections.abc import Iterator

from loader.authorities.crosswalk_statements import IdentifierEvidence, crosswalk_record, identifiers_of
from loader.authorities.described_records import DescribedRecord
from loader.authorities.tombstone_statements import thing_iri
from loader.marc.identity.number_changes import REPLACED, NumberChanges
from loader.sources.graph_stream import Record
from nbkg.identifiers.identifier_reading import read_as
from nbkg.identifiers.scheme import IdentifierReading


def crosswalk_of(described: DescribedRecord, changes: NumberChanges) -> Record:
    """Return the identifiers of an entity; those of a record that was replaced are former ones of what replaced it.

    A name of several persons has none, since an identifier would join them, and records that are no more have none. A
    pseudonym that several persons share has its number in the file alone.
    """
    evidence = IdentifierEvidence(described.node, _date(described.time))
    if described.change is not None:
        return _of_successor(described, evidence)
    if not described.entity:
        return ()
    own = _own_number(described, "001")
    others = () if described.is_shared else identifiers_of(described.record)
    current = crosswalk_record(described.entity, [*own, *others], evidence)
    former = crosswalk_record(described.entity, _merged(described, changes), evidence, is_former=True)
    return [*current, *former]


def _of_successor(described: DescribedRecord, evidence: IdentifierEvidence) -> Record:
    change = described.change
    if change is None or change.status != REPLACED:
        return ()
    survivor = thing_iri(described.kind or "agent", described.key[0], change.successors[0])
    return crosswalk_record(survivor, _own_number(described, "682"), evidence, is_former=True)


def _own_number(described: DescribedRecord, tag: str) -> list[tuple[str, IdentifierReading]]:
    reading = read_as(*described.key)
    return [] if reading.fault else [(tag, reading)]


def _merged(described: DescribedRecord, changes: NumberChanges) -> Iterator[tuple[str, IdentifierReading]]:
    """Yield the numbers in 035 $z of records that were merged into this one."""
    scheme, number = described.key
    for field in described.record.fields_with("035"):
        for value in field.values("z"):
            reading = read_as(scheme, value)
            change = None if reading.fault else changes.of(scheme, reading.number)
            if change is not None and change.successors == (number,):
                yield "035", reading


def _date(time: str) -> str:
    """Return the day of field 005, or an empty text."""
    return f"{time[:4]}-{time[4:6]}-{time[6:8]}" if time[:8].isdigit() and len(time) > len("20240101") else ""
