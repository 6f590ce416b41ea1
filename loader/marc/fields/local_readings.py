"""Fields and subfields that a source uses in its own way, as its profile explains them.

A field is read as one of MARC 21, or its subfields become statements of their own about the record, the instance, the
work, or what the field names.
"""

from __future__ import annotations

from loader.marc.fields.control_fields import agency
from loader.marc.fields.field_rule import clean
from loader.marc.fields.projection import LocalReading, Projection, ReportLine, Subfields, part
from loader.marc.fields.terms import BF, ID, LABEL, A
from loader.marc.profiles.marc_profile import LocalField, LocalSubfield
from loader.marc.values.heading_keys import hashed, heading_key
from loader.marc.values.literals import literal, path_segment
from nbkg.records.record import MarcField


def read_local_fields(fields: list[MarcField], into: Projection) -> list[MarcField]:
    """Return the fields of a record, those of the source in the form in which the rules of MARC 21 read them."""
    local = into.profile.local_fields
    if not local or local.keys().isdisjoint([field.tag for field in fields]):
        return fields
    return [_read(field, local[field.tag], into) if field.tag in local else field for field in fields]


def _read(field: MarcField, local: LocalField, into: Projection) -> MarcField:
    """Return a field as it is read, and keep what its own subfields say for later."""
    if local.cases:
        field, local = _in_case(field, local)
    if field.data:
        return _read_positions(field, local, into)
    if not (local.read_as or local.subfields):
        return field
    own = [(code, local.subfields[code], value) for code, value in field.subfields if _is_own(code, local)]
    rest = [each for each in field.subfields if not _is_own(each[0], local)]
    codes = {_read_code(code, local): code for code, _value in rest}
    read = MarcField(
        local.read_as or field.tag, local.indicators or field.indicators, _renamed(rest, local), field.data
    )
    into.local[id(read)] = LocalReading(field.tag, codes, own)
    return read


def _read_positions(field: MarcField, local: LocalField, into: Projection) -> MarcField:
    """Return a control field with blanks in the positions that mean something else to the source."""
    own = [(code, meaning, field.data[int(code) :][:1]) for code, meaning in local.subfields.items() if code.isdigit()]
    coded = [each for each in own if each[2].strip(_NOT_CODED)]
    data = list(field.data)
    for code, _meaning, _value in coded:
        data[int(code)] = " "
    read = field._replace(data="".join(data))
    into.local[id(read)] = LocalReading(field.tag, {}, coded)
    return read


_NOT_CODED = " |#^\\"


def _renamed(subfields: Subfields, local: LocalField) -> Subfields:
    """Return subfields with the codes as which they are read, and with those that the profile adds to them."""
    renamed = [(_read_code(code, local), value) for code, value in subfields]
    return (*renamed, *local.added) if renamed else ()


def _in_case(field: MarcField, local: LocalField) -> tuple[MarcField, LocalField]:
    """Return how a field is read that has a subfield with a certain value, and the field without that subfield."""
    pair = next((each for each in field.subfields if each in local.cases), None)
    if pair is None:
        return field, local
    rest = [each for each in field.subfields if each != pair]
    return field._replace(subfields=rest), local.cases[pair]


def _is_own(code: str, local: LocalField) -> bool:
    """Return whether a subfield becomes a statement of its own."""
    return code in local.subfields and bool(local.subfields[code].predicate)


def _read_code(code: str, local: LocalField) -> str:
    """Return the code as which a subfield is read."""
    return local.subfields[code].read_as or code if code in local.subfields else code


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
        if reason := _why_not(subject, value):
            into.omit(reading.tag, code, reason, value)
        else:
            before = _write(subject, meaning, value, into)


def _why_not(subject: str, value: str) -> str:
    """Return why a subfield becomes no statement, or an empty text for one that does."""
    if not value:
        return "empty"
    return "" if subject else "no-name"


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
        add(f"{subject} {meaning.predicate} {literal(value)}{meaning.language or into.language}")
        return ""
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
