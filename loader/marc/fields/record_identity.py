"""Which instance, work and hub a record describes: by authority numbers, else by headings, else by the record.

A hub is shared by records of a source that name the same author and the same title; a work, by those that also agree in
language and translators. Titles that many works have are no key, nor are those without an author. A serial is known by
its ISSN.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from loader.marc.fields.field_rule import Heading, clean_subfields, make_heading
from loader.marc.fields.language_fields import languages_of
from loader.marc.fields.name_headings import agent_node, agent_number, name_key, read_name, script_label, split_title
from loader.marc.fields.projection import Identity, Projection, Subfields
from loader.marc.fields.relators import role_codes
from loader.marc.fields.terms import ID
from loader.marc.fields.title_nodes import title_key
from loader.marc.identity.authority_numbers import AuthorityNumber
from loader.marc.identity.linked_records import own_numbers
from loader.marc.identity.record_keys import record_key
from loader.marc.values.heading_keys import hashed
from loader.marc.values.standard_numbers import read_issn
from nbkg.records.record import MarcField, MarcRecord, with_blanks

_NAMES: Final = frozenset(f"{block}{kind}" for block in "1678" for kind in ("00", "10", "11"))
_TITLES = ("240", "130", "245")
"""Fields with the title of a work, the best first."""
_ANOTHER_TEXT: Final = re.compile(
    r"forkort|abridged|bearbeid|tilrettelagt|lettles|gjenfortal|retold|adapted", re.IGNORECASE
)
_NO_LANGUAGES: Final = frozenset({"und", "mul", "zxx"})
_OTHER_MAKERS: Final = {"adp", "arr"}
"""Roles of those who make another work out of one."""


class _Title(NamedTuple):
    """The title that names the work of a record."""

    agent: str
    subfields: Subfields
    is_translated: bool
    number: AuthorityNumber | None = None
    original_in: str = ""
    """The tag of the field that names it as what was translated; empty where none does."""


def identify(record: MarcRecord, fields: list[MarcField], into: Projection) -> Identity:
    """Return the nodes that a record describes."""
    first = {field.tag: field for field in reversed(fields)}
    into.coded = with_blanks(_data(first, "008"))
    key = record_key(record)
    into.identity = own = _own_identity(key, into)
    assigner = _data(first, "003").strip() or into.profile.assigner
    into.own = own_numbers(record.control_number, (assigner,), into.profile.systems)
    names = [_heading(field, into) for field in fields if field.tag in _NAMES and field.subfields]
    into.names = _numbered_names(names, into)
    title = _original_title(names, into) or _own_title(first, fields, names, into)
    if "240" in first or "130" in first:
        into.seen["uniform title"] = key
    if issn := _serial_issn(fields, into):
        work, hub = (into.scoped(kind, f"issn-{issn}") for kind in ("work", "hub"))
        return Identity(own.record, own.instance, work, hub, key, True)
    roles = [role_codes(name.subfields, "ej", into.profile) for name in names]
    if title is None or _is_another_text(fields if "250" in first else [], roles):
        return own
    hub_key = _hub_key(title, into)
    if hub_key and title.original_in:
        into.seen["title of original"] = title.original_in
    languages = languages_of(fields if "041" in first else [], into.coded) if hub_key else ([], [])
    work_key = _work_key(hub_key, title, languages, _translators(names, roles), into)
    number = title.number
    hub = f"{ID}hub/{number.key}>" if number else into.scoped("hub", hub_key) if hub_key else own.hub
    work = into.scoped("work", work_key) if work_key else own.work
    return Identity(own.record, own.instance, work, hub, key, bool(work_key))


def _data(first: dict[str, MarcField], tag: str) -> str:
    """Return the content of the first control field of a tag, or an empty text."""
    return first[tag].data if tag in first else ""


def _translators(names: list[Heading], roles: list[list[str]]) -> list[Heading]:
    return [name for name, codes in zip(names, roles, strict=True) if name.tag[0] == "7" and "trl" in codes]


def _serial_issn(fields: list[MarcField], into: Projection) -> str:
    """Return the ISSN by which records of the source name a serial: the first valid one of 022 $a."""
    if into.leader[7:8] not in {"s", "i"}:
        return ""
    numbers = (read_issn(value.strip()) for field in fields if field.tag == "022" for value in field.values("a"))
    return next((number.number for number in numbers if number.is_valid), "")


def _own_identity(key: str, into: Projection) -> Identity:
    """Return the nodes of a record whose work no other record describes."""
    scoped = into.scoped
    return Identity(scoped("record", key), scoped("instance", key), scoped("work", key), scoped("hub", key), key, False)


def _heading(field: MarcField, into: Projection) -> Heading:
    """Return a field as rules see it, and keep its texts for its rule."""
    subfields = into.cleaned[id(field)] = clean_subfields(field)
    return make_heading(field, subfields)


def _best_number(heading: Heading, into: Projection) -> AuthorityNumber | None:
    own = into.profile.local_number
    numbers = [
        AuthorityNumber(into.source, value, rank=50) if code == own else into.numbers.read(value)
        for code, value in heading.subfields
        if code and (code in "01" or code == own)
    ]
    sure = [number for number in numbers if not number.fault]
    return agent_number(sorted(sure, key=lambda number: (number.rank, number.key))) if sure else None


def _numbered_names(names: list[Heading], into: Projection) -> dict[str, str]:
    """Return the agents that have an authority number in this record, by heading; a heading with two has none."""
    numbered: dict[str, str] = {}
    for heading in names:
        number = _best_number(heading, into) if len(heading.subfields) > 1 else None
        if number is None:
            continue
        name, title = split_title(heading.subfields)
        if title and into.profile.name_title_number == "work":
            continue
        key = name_key(read_name(heading.tag, heading.ind1, name), script_label(heading, into))
        node = f"{ID}agent/{number.key}>"
        if numbered.setdefault(key, node) != node:
            into.doubt(heading.tag, "0", "same-heading-two-numbers", heading.first("a"))
            numbered[key] = ""
    return numbered


def _agent(heading: Heading, into: Projection) -> str:
    name = read_name(heading.tag, heading.ind1, split_title(heading.subfields)[0])
    return agent_node(name, script_label(heading, into), _best_number(heading, into), into) if name.label else ""


def _original_title(names: list[Heading], into: Projection) -> _Title | None:
    """Return the title of a translation's original, which an added entry names."""
    for heading in names:
        if heading.tag[0] == "7" and into.profile.phrases.names_translated(heading.first("i")):
            title = split_title(heading.subfields)[1]
            return _Title(_agent(heading, into), title, is_translated=True, original_in=heading.tag) if title else None
    return None


def _own_title(
    first: dict[str, MarcField], fields: list[MarcField], names: list[Heading], into: Projection
) -> _Title | None:
    """Return the uniform title of the work, else the title of the record; `first` are the first fields by tag."""
    author = next((heading for heading in names if heading.tag[0] == "1"), None)
    agent = _agent(author, into) if author and author.tag == "100" else ""
    is_uniform = "240" in first or "130" in first
    if "246" in first and not is_uniform and (original := _title_of_original(fields, into)):
        return _Title(agent, original.subfields, is_translated=True, original_in="246")
    for tag in _TITLES:
        title = _heading(first[tag], into) if tag in first else None
        if title is not None and title.first("a"):
            number = _best_number(title, into) if title.tag != "245" else None
            return _Title(agent, title.subfields, is_translated=bool(title.first("l")), number=number)
    return None


def _title_of_original(fields: list[MarcField], into: Projection) -> Heading | None:
    """Return the variant title that is said to be that of the original; several are those of several works."""
    is_original = into.profile.phrases.names_original_title
    originals = [field for field in fields if field.tag == "246" and any(map(is_original, field.values("i")))]
    return _heading(originals[0], into) if len(originals) == 1 else None


def _hub_key(title: _Title, into: Projection) -> str:
    """Return the key of a hub that records share, or an empty text for one that is this record's."""
    key = title_key(title.subfields)
    if title.number is not None:
        return title.number.key
    is_monograph = into.leader[7:8] in {"a", "m", " ", ""}
    is_generic = key in into.profile.generic_titles or any(code == "k" for code, _value in title.subfields)
    return hashed(title.agent, key) if title.agent and key and is_monograph and not is_generic else ""


def _is_another_text(fields: list[MarcField], roles: list[list[str]]) -> bool:
    """Return whether a record says that its text is made out of another one: in 250, or by the roles of its names."""
    if any(field.tag == "250" and _ANOTHER_TEXT.search(" ".join(field.values("ab"))) for field in fields):
        return True
    return not all(_OTHER_MAKERS.isdisjoint(codes) for codes in roles)


def _work_key(
    hub_key: str,
    title: _Title,
    languages: tuple[list[str], list[str]],
    translators: list[Heading],
    into: Projection,
) -> str:
    """Return the key of a work that records share: a translation is known by its translators only."""
    texts, originals = languages
    if not hub_key or not texts or not _NO_LANGUAGES.isdisjoint(texts):
        return ""
    is_translated = title.is_translated or bool(set(originals) - set(texts))
    if is_translated and not translators:
        return ""
    return hashed(hub_key, into.leader[6:7], *sorted(texts), *sorted([_agent(name, into) for name in translators]))
