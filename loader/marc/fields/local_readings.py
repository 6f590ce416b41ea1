"""Fields and subfields that a source uses in its own way, as its profile explains them.

A field is read as one of MARC 21, or its subfields become statements of their own about the record, the instance, the
work, or what the field names.
"""

from __future__ import annotations

from loader.marc.fields.control_fields import agency
from loader.marc.fields.field_rule import clean
from loader.marc.fields.library_holdings import library_code
from loader.marc.fields.library_items import library_item
from loader.marc.fields.projection import LocalReading, Projection, ReportLine, part
from loader.marc.fields.terms import BF, ID, LABEL, A
from loader.marc.profiles.marc_profile import LocalField, LocalSubfield
from loader.marc.values.heading_keys import hashed, heading_key
from loader.marc.values.literals import literal, path_segment
from nbkg.records.record import MarcField

_ITEM = f"{BF}Item>"


def read_local_fields(fields: list[MarcField], into: Projection) -> list[MarcField]:
    """Return the fields of a record, those of the source in the form in which the rules of MARC 21 read them."""
    local = into.profile.local_fields
    if not local or local.keys().isdisjoint([field.tag for field in fields]):
        return fields
    return [_read(field, local[field.tag], into) if field.tag in local else field for field in fields]


def _read(field: MarcField, local: LocalField, into: Projection) -> MarcField:
    """Return a field as it is read, and keep what its own subfields say for later."""
    if not (local.read_as or local.subfields):
        return field
    own, codes, rest = [], dict[str, str](), []
    for code, value in field.subfields:
        meaning = local.subfields.get(code)
        if meaning is not None and meaning.predicate:
            own.append((code, meaning, value))
        else:
            new = meaning.read_as if meaning and meaning.read_as else code
            codes[new] = code
            rest.append((new, value))
    read = MarcField(local.read_as or field.tag, local.indicators or field.indicators, tuple(rest), field.data)
    into.local[id(read)] = LocalReading(field.tag, codes, own)
    return read


def finish_local(reading: LocalReading, start: int, into: Projection) -> None:
    """Write the own subfields of a field, and let the report name tag and codes as the record has them."""
    into.omissions[start:] = [
        ReportLine(reading.tag, reading.codes.get(line.code, line.code), line.reason, line.value)
        for line in into.omissions[start:]
    ]
    before = ""
    for code, meaning, raw in reading.own:
        value = clean(raw)
        subject = _subject(meaning, before, into)
        if reason := _why_not(subject, meaning, value):
            into.omit(reading.tag, code, reason, value)
        else:
            before = _write(subject, meaning, value, into)


def _why_not(subject: str, meaning: LocalSubfield, value: str) -> str:
    """Return why a subfield becomes no statement, or an empty text for one that does."""
    if not value:
        return "empty"
    if not subject:
        return "no-name"
    return "item-data" if meaning.kind == _ITEM and not _library(meaning, value) else ""


def _library(meaning: LocalSubfield, value: str) -> str:
    """Return the code of the library that a value names; empty where it has not the form that the profile gives."""
    if meaning.pattern is None:
        return library_code(value)
    match = meaning.pattern.search(value)
    return library_code(match["number"]) or match["number"] if match else ""


def _subject(meaning: LocalSubfield, before: str, into: Projection) -> str:
    match meaning.subject:
        case "heading":
            return into.named
        case "before":
            return before
        case "record":
            return into.identity.record
        case "work":
            return into.identity.work
    return into.identity.instance


def _write(subject: str, meaning: LocalSubfield, value: str, into: Projection) -> str:
    """Write the statement of one subfield, and return the resource that the value became, if it became one."""
    add = into.triples.append
    if not meaning.kind:
        add(f"{subject} {meaning.predicate} {into.text(value)}")
        return ""
    if meaning.kind == _ITEM:
        return library_item(_library(meaning, value), into)
    node = _node(subject, meaning, value, into)
    add(f"{subject} {meaning.predicate} {node}")
    if meaning.kind != f"{BF}Agent>":
        add(f"{node} {A} {meaning.kind}")
        add(f"{node} {meaning.text or LABEL} {into.text(value)}")
    if meaning.kind == f"{BF}Note>":
        add(f"{node} {BF}noteType> {literal(meaning.meaning)}")
    return node


def _node(subject: str, meaning: LocalSubfield, value: str, into: Projection) -> str:
    """Return a node for a value: an agent by its code, a concept of a list, or a part of the subject."""
    if meaning.kind == f"{BF}Agent>":
        return agency(value, into)
    if meaning.scheme:
        return f"{ID}concept/{meaning.scheme}/{path_segment(heading_key(value).replace(' ', '-') or hashed(value))}>"
    name = f"local-{hashed(meaning.predicate, meaning.meaning, heading_key(value))}"
    return part(subject, name) if "#" not in subject else f"{subject[:-1]}-{name}>"
