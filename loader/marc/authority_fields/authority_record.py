"""What an authority record describes, and what the leader and 008 say of it.

An agent, a concept or a hub has the IRI that the same number has in a $0 of a bibliographic record.
https://www.loc.gov/marc/authority/adleader.html, https://www.loc.gov/marc/authority/ad008.html
"""

from __future__ import annotations

from loader.marc.authority_fields.coded_nodes import write_code
from loader.marc.authority_fields.described_thing import field_label, kind_of, numbered_node
from loader.marc.fields.field_rule import clean
from loader.marc.fields.projection import Described, Identity, Projection
from loader.marc.fields.terms import BF, LOC, MADS, A
from loader.marc.identity.authority_numbers import own_authority_number
from loader.marc.identity.record_keys import record_key
from loader.marc.identity.shared_pseudonyms import is_shared_pseudonym
from loader.marc.values.fixed_positions import mend_positions
from loader.marc.values.language_codes import TAGS, current_language
from nbkg.records.record import MarcField, MarcRecord, with_blanks

_STATUSES = tuple("acdn")
"""The codes of leader/05 that bibliographic records have too, which the Library of Congress lists."""
_OWN_STATUSES = tuple("osx")
_LEVELS = (
    ("leader", 17, tuple("no"), "descriptionLevel", "DescriptionLevel", "authority-encoding-level"),
    ("coded", 33, tuple("abcd"), "status", "Status", "level-of-establishment"),
    ("coded", 32, ("b",), "status", "Status", "undifferentiated-name"),
)
"""Where a level is coded, its codes, and the property, the class and the list of its node."""
_SYSTEMS = {"a": "lcsh", "b": "lcshac", "c": "mesh", "d": "nal", "k": "cash", "r": "aat", "s": "sears", "v": "rvm"}
"""008/11: the vocabularies that it names; n says that it is none, z leads to 040 $f."""


_OF_RECORD = frozenset({"001", "003", "005", "008", "016", "035", "040", "042", "667", "673"})
"""Fields that are about the record and not about what it describes."""
_OF_GONE = frozenset({"001", "003", "005", "008", "035", "040", "682"})


def begin_authority(record: MarcRecord, fields: list[MarcField], into: Projection) -> None:
    """Write what an authority record describes, before its fields are mapped."""
    into.identity = identify_authority(record, fields, into)
    describe_authority(into)


def refuse_of_authority(tag: str, into: Projection) -> str:
    """Return why a field is not mapped in this record: it describes nothing, or is gone."""
    described = into.described
    if described.is_gone and tag not in _OF_GONE and tag != described.tag:
        return "deleted"
    return "no-heading" if not described.kind and tag not in _OF_RECORD else ""


def identify_authority(record: MarcRecord, fields: list[MarcField], into: Projection) -> Identity:
    """Return the nodes of an authority record: the record, and what it describes in place of instance, work and hub.

    A record without a heading describes nothing; then these are empty texts.
    """
    key = record_key(record)
    into.coded = _mended(next((field.data for field in fields if field.tag == "008"), ""), "008", into)
    into.leader = _mended(record.leader, "LDR", into)
    into.described = _described(record, fields, into)
    node = _node(into.described, key, into)
    return Identity(into.scoped("record", key), node, node, node, key, is_shared=False)


def _described(record: MarcRecord, fields: list[MarcField], into: Projection) -> Described:
    number = own_authority_number(record, into.profile.assigner, into.numbers)
    heading = _heading(fields)
    if heading is None:
        return Described(number=number, is_gone=record.is_deleted)
    kind = kind_of(heading.tag, heading.subfields)
    return Described(
        kind,
        heading.tag,
        number,
        scheme=number.scheme or _scheme(fields, into),
        language=_language(fields) if kind == "concept" else "",
        label=field_label(heading),
        is_undifferentiated=kind == "agent" and into.coded[32:33] == "b",
        is_gone=record.is_deleted,
        is_shared=kind == "agent" and is_shared_pseudonym(record, into.profile.real_name_words),
    )


def _heading(fields: list[MarcField]) -> MarcField | None:
    return next((field for field in fields if field.tag[0] == "1" and kind_of(field.tag, field.subfields)), None)


def _mended(text: str, tag: str, into: Projection) -> str:
    """Return a fixed field with its blanks; where they had run together, that is reported."""
    mended = mend_positions(with_blanks(text), tag)
    if mended.is_shifted:
        into.doubt(tag, "", "shifted-positions" if mended.text else "short-fixed-field", text)
    return mended.text


def _node(described: Described, key: str, into: Projection) -> str:
    if not described.kind:
        return ""
    return numbered_node(described.kind, described.number) or into.scoped(described.kind, key)


def _scheme(fields: list[MarcField], into: Projection) -> str:
    """Return the vocabulary of a record by 040 $f, else by 008/11."""
    codes = [clean(value).lower() for field in fields if field.tag == "040" for value in field.values("f")]
    return into.profile.schemes.get(codes[0], codes[0]) if codes else _SYSTEMS.get(into.coded[11:12], "")


def _language(fields: list[MarcField]) -> str:
    """Return the language tag of headings: that of 040 $b, the language of the catalogue."""
    codes = [value.strip() for field in fields if field.tag == "040" for value in field.values("b")]
    language = current_language(codes[0]) if codes else ""
    return f"@{TAGS.get(language, language)}" if language else ""


def describe_authority(into: Projection) -> None:
    """Write the node of the record, what it describes, and what the leader and 008 say of it."""
    record, subject, *_rest = into.identity
    add = into.triples.append
    add(f"{record} {A} {BF}AdminMetadata>")
    if subject:
        add(f"{subject} {BF}adminMetadata> {record}")
    else:
        into.doubt("", "", "no-heading")
    _write_status(into)
    if into.described.is_gone and subject:
        add(f"{subject} {A} {MADS}DeprecatedAuthority>")
    elif not into.described.is_gone:
        _write_levels(into)


def _write_status(into: Projection) -> None:
    record, status = into.identity.record, into.leader[5:6]
    if status in _STATUSES:
        into.triples.append(f"{record} {BF}status> {LOC}mstatus/{status}>")
    elif status in _OWN_STATUSES:
        write_code(f"{record} {BF}status>", "Status", ("record-status", status), into)


def _write_levels(into: Projection) -> None:
    record = into.identity.record
    for where, position, codes, name, kind, key in _LEVELS:
        code = getattr(into, where)[position : position + 1]
        if code in codes:
            write_code(f"{record} {BF}{name}>", kind, (key, code), into)
