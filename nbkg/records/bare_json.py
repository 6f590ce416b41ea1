"""Authority records as BARE, the shared authority file of Norway, answers them in JSON.

BARE delivers the same record as MARC 21 by SRU, and what a member means is taken from comparing both: the numbers of
`identifiersMap` are 024, `status` is 901, `systemControlNumber` is 001 of NO-TrBIB, and `replacedBy` is 682 $0.
"""

from __future__ import annotations

import re
from typing import Any

from nbkg.errors import MarcRecordError
from nbkg.records.record import MarcField, MarcRecord, Oddity

_SCHEMES = {"autid": "NO-TrBIB", "handle": "hdl", "viaf": "viaf", "isni": "isni", "orcid": "orcid", "bibbi": "bibbi"}
"""The members of `identifiersMap`, and $2 of 024."""
_IS_ELSEWHERE = "scn"
"""The control number again."""
_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(\.\d)?\d*")
_NOT_CODED = "|" * 34


def is_bare_record(members: dict[str, Any]) -> bool:
    """Return whether an object of JSON is a record of BARE."""
    return isinstance(members.get("marcdata"), list)


def make_bare_record(members: dict[str, Any]) -> MarcRecord:
    """Return the authority record of an object that MARC-in-JSON's decoder has read. Raises MarcRecordError.

    Identifiers that have no field in MARC 21, such as those of logins, are left out and reported as odd.
    """
    oddities: list[Oddity] = []
    successor = _successor(members)
    leader = f"00000{'x' if successor else 'd' if members.get('deleted') is True else 'n'}z  a2200000n  4500"
    fields = [*_control_fields(members), *_identifiers(members, oddities)]
    fields += [_field(dict(each)) for each in members["marcdata"] if isinstance(each, tuple)]
    if successor:
        fields.append(MarcField("682", "  ", (("0", f"(NO-TrBIB){successor}"),)))
    if status := _text(members, "status"):
        fields.append(MarcField("901", "  ", (("a", status),)))
    return MarcRecord(leader, sorted(fields, key=lambda field: field.tag), oddities)


def _successor(members: dict[str, Any]) -> str:
    """Return the number of the record that replaces this one, or an empty text; `0` stands for none."""
    number = str(members.get("replacedBy") or "").strip()
    return number if number.strip("0") else ""


def _control_fields(members: dict[str, Any]) -> list[MarcField]:
    fields = []
    if number := _text(members, "systemControlNumber"):
        fields += [MarcField("001", data=number), MarcField("003", data="NO-TrBIB")]
    if changed := _TIME.fullmatch(_text(members, "lastUpdateDate")):
        fields.append(MarcField("005", data=f"{''.join(changed.groups()[:6])}{changed[7] or '.0'}"))
    if created := _TIME.fullmatch(_text(members, "createdDate")):
        fields.append(MarcField("008", data=f"{created[1][2:]}{created[2]}{created[3]}{_NOT_CODED}"))
    return fields


def _identifiers(members: dict[str, Any], oddities: list[Oddity]) -> list[MarcField]:
    fields = []
    for name, values in dict(members.get("identifiersMap") or ()).items():
        if scheme := _SCHEMES.get(name):
            fields += [MarcField("024", "7 ", (("a", value), ("2", scheme))) for value in values]
        elif name != _IS_ELSEWHERE and values:
            oddities.append(Oddity("identifier", "024", None, f"MARC 21 has no field for identifiers of “{name}”"))
    return fields


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
