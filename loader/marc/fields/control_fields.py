"""The leader and the control fields (001–008): what kind of thing is described, when, in what language, by whom.

https://www.loc.gov/marc/bibliographic/bd00x.html
"""

from __future__ import annotations

import re
from typing import Final

from loader.marc.fields.coded_kinds import write_book, write_frequency, write_music
from loader.marc.fields.field_rule import FieldRule, Heading
from loader.marc.fields.projection import Projection, part
from loader.marc.fields.terms import BF, ID, LOC, RDA, VALUE, A
from loader.marc.values.heading_keys import hashed
from loader.marc.values.literals import literal, path_segment
from loader.marc.values.remembered import remember
from loader.namespaces import XSD

WORK_CLASSES: Final = {
    "a": "Text",
    "c": "NotatedMusic",
    "d": "NotatedMusic",
    "e": "Cartography",
    "f": "Cartography",
    "g": "MovingImage",
    "i": "NonMusicAudio",
    "j": "MusicAudio",
    "k": "StillImage",
    "m": "Multimedia",
    "o": "Kit",
    "p": "MixedMaterial",
    "r": "Object",
    "t": "Text",
}
_MANUSCRIPT: Final = {"d", "f", "t"}
_ISSUANCE: Final = {
    **dict.fromkeys("am", ("mono", "Monograph")),
    "s": ("serl", "Serial"),
    "i": ("intg", "Integrating"),
    "c": ("", "Collection"),
}
"""Of leader/07, mode of issuance and class. `b`, an article or another part of a serial, has neither in BIBFRAME: it is
not itself issued in successive parts, and its host says how that is issued."""
_ELECTRONIC: Final = {"o", "s", "q"}
_FORM_POSITION: Final = {**dict.fromkeys("efgkor", 29)}
_DATE: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d)?")
_DATE_TIME, _DAY = f"^^<{XSD.dateTime}>", f"^^<{XSD.date}>"
_ENTERED: Final = re.compile(r"\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
AUDIENCES: Final = {"a": "pre", "b": "pri", "c": "pad", "d": "ado", "e": "adu", "f": "spe", "g": "gen", "j": "juv"}
_TEXT_TYPES: Final = frozenset("at")
_MONOGRAPH: Final = frozenset("acdm ")
_MUSIC: Final = frozenset("cdij")
_CONTINUING: Final = frozenset("is")
RULES_OF_DESCRIPTION: Final = {"a": "aacr", "c": "isbd", "i": "isbd"}
"""Of leader/18, the rules of description or of their punctuation."""
_STATUSES: Final = frozenset("acdnp")
_LEVELS: Final = frozenset("1234578uz")
"""The encoding levels of MARC 21; a blank is full level, which the Library of Congress writes as `f`."""
_AGENCIES: Final[dict[str, tuple[str, list[str]]]] = {}
_REMEMBERED: Final = 1 << 12


def describe_record(into: Projection) -> None:
    """Write the nodes of a record and how they hang together, and what the leader says of them."""
    record, instance, work, hub, *_rest = into.identity
    add, leader = into.triples.append, into.leader
    add(f"{record} {A} {BF}AdminMetadata>")
    status = leader[5:6]
    if status in _STATUSES and status:
        add(f"{record} {BF}status> {LOC}mstatus/{status}>")
    if status == "d":
        return
    level = leader[17:18]
    if level == " " or level in _LEVELS:
        add(f"{record} {BF}descriptionLevel> {LOC}menclvl/{level.replace(' ', 'f')}>")
    if rules := RULES_OF_DESCRIPTION.get(leader[18:19]):
        add(f"{record} {BF}descriptionConventions> {LOC}descriptionConventions/{rules}>")
    add(f"{instance} {BF}adminMetadata> {record}")
    add(f"{instance} {A} {BF}Instance>")
    add(f"{instance} {A} {RDA}C10007>")
    add(f"{instance} {BF}instanceOf> {work}")
    add(f"{work} {A} {BF}Work>")
    add(f"{work} {A} {RDA}C10006>")
    add(f"{work} {BF}expressionOf> {hub}")
    add(f"{hub} {A} {BF}Hub>")
    add(f"{hub} {A} {RDA}C10001>")
    _write_kind(into)


def _write_kind(into: Projection) -> None:
    _record, instance, work, *_rest = into.identity
    add, kind = into.triples.append, into.leader[6:7]
    if kind in WORK_CLASSES:
        add(f"{work} {A} {BF}{WORK_CLASSES[kind]}>")
    if kind in _MANUSCRIPT:
        add(f"{work} {A} {BF}Manuscript>")
    issuance, name = _ISSUANCE.get(into.leader[7:8], ("", ""))
    if name:
        add(f"{work} {A} {BF}{name}>")
    if issuance:
        add(f"{instance} {BF}issuance> {LOC}issuance/{issuance}>")


def agency(code: str, into: Projection) -> str:
    """Write the agent that a code names, and return its node (https://www.loc.gov/marc/organizations/)."""
    known = _AGENCIES.get(code)
    node, triples = remember(_AGENCIES, code, _agency(code), _REMEMBERED) if known is None else known
    into.triples.extend(triples)
    return node


def _agency(code: str) -> tuple[str, list[str]]:
    node = f"{ID}agent/code-{path_segment(code.lower())}>"
    return node, [f"{node} {A} {BF}Agent>", f"{node} {BF}code> {literal(code)}"]


def _write_control_number(heading: Heading, into: Projection) -> None:
    number = " ".join(heading.field.data.split())
    if not number:
        into.omit("001", "", "empty")
        return
    if "control number" in into.seen:
        into.doubt("001", "", "repeated-001", number)
    is_first = into.seen.setdefault("control number", number) == number
    _write_number(number, is_first, into)


def _write_number(number: str, is_first: bool, into: Projection) -> None:
    record, add = into.identity.record, into.triples.append
    node = part(record, f"number-{hashed(number)}")
    add(f"{record} {BF}identifiedBy> {node}")
    add(f"{node} {A} {BF}Local>")
    add(f"{node} {VALUE} {literal(number)}")
    if is_first:
        into.seen["number node"] = node


def _write_assigner(heading: Heading, into: Projection) -> None:
    code = heading.field.data.strip()
    if not code:
        into.omit("003", "", "empty")
        return
    into.seen["assigner"] = code


def write_assigner(into: Projection) -> None:
    """Write who gave the control number: 003, else what the profile says; where neither does, nobody is claimed."""
    code = into.seen.get("assigner") or into.profile.assigner
    node = into.seen.get("number node")
    if isinstance(node, str) and isinstance(code, str) and code:
        into.triples.append(f"{node} {BF}assigner> {agency(code, into)}")


def _write_change(heading: Heading, into: Projection) -> None:
    match = _DATE.match(heading.field.data.strip())
    if match is None or not ("00" < match[2] < "13" and "00" < match[3] < "32" and match[4] < "24"):
        into.omit("005", "", "date-not-read", heading.field.data)
        return
    time = f'"{match[1]}-{match[2]}-{match[3]}T{match[4]}:{match[5]}:{match[6]}"{_DATE_TIME}'
    into.triples.append(f"{into.identity.record} {BF}changeDate> {time}")


def _write_coded_data(heading: Heading, into: Projection) -> None:
    """Write 008: when the record was made, audience, form, fiction; dates, country and language are elsewhere."""
    if "008" in into.seen:
        code = heading.field.data
        if code[35:38] != str(into.seen["008"])[35:38]:
            into.doubt("008", "", "repeated-008", code)
        into.omit("008", "", "repeated", code)
        return
    coded = into.seen["008"] = into.coded
    write_entered_date(coded, into)
    kind, level = into.leader[6:7], into.leader[7:8]
    if coded[_FORM_POSITION.get(kind, 23) :][:1] in _ELECTRONIC:
        into.triples.append(f"{into.copies.digital or into.identity.instance} {A} {BF}Electronic>")
    is_book = kind in _TEXT_TYPES and level in _MONOGRAPH
    if is_book or kind in "cdgijkmr":
        _write_audience(coded, into)
    if is_book:
        write_book(coded, into)
    elif kind == "a" and level in _CONTINUING:
        write_frequency(coded, into)
    elif kind in _MUSIC:
        write_music(coded, into)


def _write_audience(coded: str, into: Projection) -> None:
    if audience := AUDIENCES.get(coded[22:23]):
        into.triples.append(f"{into.identity.work} {BF}intendedAudience> {LOC}maudience/{audience}>")


def write_entered_date(coded: str, into: Projection) -> None:
    """Write when a record was made (008/00-05)."""
    entered = coded[:6]
    if _ENTERED.fullmatch(entered):
        century = "19" if entered[:2] > "60" else "20"
        date = f'"{century}{entered[:2]}-{entered[2:4]}-{entered[4:6]}"{_DAY}'
        into.triples.append(f"{into.identity.record} {BF}creationDate> {date}")


def omit_fixed(heading: Heading, into: Projection) -> None:
    """Note that a coded field stays in the record."""
    into.omit(heading.tag, "", "fixed-code", heading.field.data)


RULES: tuple[FieldRule, ...] = (
    FieldRule("001", "Control Number", "NR", _write_control_number),
    FieldRule("003", "Control Number Identifier", "NR", _write_assigner),
    FieldRule("005", "Date and Time of Latest Transaction", "NR", _write_change),
    FieldRule("006", "Additional Material Characteristics", "R", omit_fixed),
    FieldRule("008", "General Information", "NR", _write_coded_data),
)
