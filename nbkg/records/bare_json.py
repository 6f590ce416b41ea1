"""Authority records as BARE, the shared authority file of Norway, answers them in JSON.

BARE delivers the same record as MARC 21 by SRU. What a member means in MARC 21 is in `bare_members.tsv`; its times, the
leader and `marcdata`, which has the fields of the heading, need more than a table.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from nbkg.errors import MarcRecordError
from nbkg.records.record import MarcField, MarcRecord, Oddity

_MEMBERS = "bare_members.tsv"
_IDENTIFIERS = "identifiersMap"
_FILE = "NO-TrBIB"
_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(\.\d)?\d*")
_NOT_CODED = "|" * 34


class _Member(NamedTuple):
    """What a member is in MARC 21, a row of the table."""

    member: str
    tag: str
    """Empty for a member that says what another one says."""
    indicators: str
    code: str
    """Empty for a control field."""
    prefix: str
    source: str

    def field(self, value: str) -> MarcField:
        """Return the field of a value."""
        if not self.code:
            return MarcField(self.tag, data=value)
        pairs = [(self.code, f"{self.prefix}{value}"), ("2", self.source)]
        return MarcField(self.tag, self.indicators, tuple(pair for pair in pairs if pair[1]))


@cache
def _members() -> dict[str, _Member]:
    text = (files("nbkg.records") / _MEMBERS).read_text("utf-8")
    rows = csv.reader((line for line in text.splitlines() if not line.startswith("#")), delimiter="\t")
    next(rows)
    return {row[0]: _Member(*row) for row in rows}


def is_bare_record(members: dict[str, Any]) -> bool:
    """Return whether an object of JSON is a record of BARE."""
    return isinstance(members.get("marcdata"), list)


def make_bare_record(members: dict[str, Any]) -> MarcRecord:
    """Return the authority record of an object that MARC-in-JSON's decoder has read. Raises MarcRecordError.

    Identifiers that have no field in MARC 21, such as those of logins, are left out and reported as odd.
    """
    oddities: list[Oddity] = []
    values = {"systemControlNumber": _text(members, "systemControlNumber"), "status": _text(members, "status")}
    successor = values["replacedBy"] = _successor(members)
    leader = f"00000{'x' if successor else 'd' if members.get('deleted') is True else 'n'}z  a2200000n  4500"
    fields = [_members()[name].field(value) for name, value in values.items() if value]
    fields += [*_file_and_times(members), *_identifiers(members, oddities)]
    fields += [_field(dict(each)) for each in members["marcdata"] if isinstance(each, tuple)]
    return MarcRecord(leader, sorted(fields, key=lambda field: field.tag), oddities)


def _successor(members: dict[str, Any]) -> str:
    """Return the number of the record that replaces this one, or an empty text; `0` stands for none."""
    number = str(members.get("replacedBy") or "").strip()
    return number if number.strip("0") else ""


def _file_and_times(members: dict[str, Any]) -> Iterator[MarcField]:
    """Yield whose number the control number is, and when the record was changed and made."""
    if _text(members, "systemControlNumber"):
        yield MarcField("003", data=_FILE)
    if changed := _TIME.fullmatch(_text(members, "lastUpdateDate")):
        yield MarcField("005", data=f"{''.join(changed.groups()[:6])}{changed[7] or '.0'}")
    if created := _TIME.fullmatch(_text(members, "createdDate")):
        yield MarcField("008", data=f"{created[1][2:]}{created[2]}{created[3]}{_NOT_CODED}")


def _identifiers(members: dict[str, Any], oddities: list[Oddity]) -> Iterator[MarcField]:
    for name, values in dict(members.get(_IDENTIFIERS) or ()).items():
        member = _members().get(f"{_IDENTIFIERS}/{name}")
        if member and member.tag:
            yield from map(member.field, values)
        elif values and not member:
            oddities.append(Oddity("identifier", "024", None, f"MARC 21 has no field for identifiers of “{name}”"))


def _field(members: dict[str, Any]) -> MarcField:
    tag, subfields = members.get("tag"), members.get("subfields")
    if not isinstance(tag, str) or not isinstance(subfields, list):
        raise MarcRecordError(f"a field of “marcdata” has no “tag” or no “subfields”: {members!r:.60}")
    pairs = [(str(dict(each).get("subcode", "")), str(dict(each).get("value", ""))) for each in subfields]
    indicators = "".join(str(members.get(name) or " ")[:1] for name in ("ind1", "ind2"))
    return MarcField(tag, indicators, tuple(pairs))


def _text(members: dict[str, Any], name: str) -> str:
    value = members.get(name)
    return value if isinstance(value, str) else ""
