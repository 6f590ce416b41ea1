"""Which statements each field of a record became: what a page shows beside the record.

It is a tracer of `nbkg.records.field_tracing`, found there by its entry point.
"""

from __future__ import annotations

from collections.abc import Sequence

from loader.errors import CuratedError
from loader.marc.fields.projection import Projection
from loader.marc.identity.authority_numbers import AuthorityNumbers
from loader.marc.profiles.profile_file import read_profile
from loader.marc.record_kinds import KINDS
from loader.marc.record_mapping import map_fields
from nbkg.records.field_tracing import FieldTrace
from nbkg.records.record import MarcField, MarcRecord

_DEFAULT = "default"


def trace_record(source: str, profile: str, record: MarcRecord) -> Sequence[FieldTrace]:
    """Return what the leader (place -1) and each field of a record became, in the order of the mapping.

    A field in another script has its statements with its partner. What several fields say together, such as the
    publication of 264 and 008, is with the leader. A profile that is not shipped is taken to be the default one.
    """
    try:
        read = read_profile(profile or _DEFAULT)
    except CuratedError:
        read = read_profile(_DEFAULT)
    into = Projection(source, read, AuthorityNumbers(read.numbers))
    kind = KINDS.get(record.kind)
    if kind is None:
        return []
    positions = {id(field): position for position, field in enumerate(record.fields)}
    traces: list[FieldTrace] = []
    written = omitted = 0

    def note(position: int) -> None:
        nonlocal written, omitted
        statements = tuple(dict.fromkeys(into.triples[written:]))
        omissions = tuple((line.code, line.reason) for line in into.omissions[omitted:])
        traces.append(FieldTrace(position, statements, omissions))
        written, omitted = len(into.triples), len(into.omissions)

    def after(field: MarcField | None) -> None:
        note(-1 if field is None else _position(field, record, positions, into))

    map_fields(record, kind, into, after)
    note(-1)
    return traces


def _position(field: MarcField, record: MarcRecord, positions: dict[int, int], into: Projection) -> int:
    """Return the position of a field in its record, and let it go.

    A field of the source itself is mapped as another one: it is the next of its tag that has not been met yet.
    """
    position = positions.pop(into.mended.get(id(field), id(field)), None)
    if position is None:
        reading = into.local.get(id(field))
        tag = reading.tag if reading else ""
        same = (each for each in record.fields if each.tag == tag and id(each) in positions)
        position = positions.pop(id(next(same)), -1) if reading else -1
    return position
