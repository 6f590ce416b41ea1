"""Headings of authority records: what kind of thing one names, and its label."""

from __future__ import annotations

from loader.marc.fields.field_rule import clean
from loader.marc.fields.name_headings import NAME_CODES, read_name, split_title
from loader.marc.fields.projection import Projection, Subfields
from loader.marc.fields.terms import ID
from loader.marc.fields.title_nodes import title_label
from loader.marc.identity.authority_numbers import AuthorityNumber
from loader.marc.values.isbd import without_end_punctuation
from loader.marc.values.literals import literal, path_segment
from nbkg.records.record import MarcField

CONCEPT_CLASSES = {
    "47": "Event",
    "48": "Temporal",
    "50": "Topic",
    "51": "Place",
    "55": "GenreForm",
    "62": "MediumOfPerformance",
    "80": "Topic",
    "81": "Place",
    "82": "Temporal",
    "85": "GenreForm",
}
"""The BIBFRAME classes of concepts, by the last two digits of the tags of their headings."""
SUBDIVISIONS = {"v": "GenreForm", "x": "Topic", "y": "Temporal", "z": "Place"}
CONCEPT_CODES = "abcdg"
TITLE_CODES = "atnpkflmors"
_NAMES_AND_TITLES = frozenset({*NAME_CODES, "30"})
_OF_SUBDIVISIONS = frozenset({"80", "81", "82", "85"})


def kind_of(tag: str, subfields: Subfields) -> str:
    """Return whether a heading names an agent, a title (`hub`) or a concept; an empty text for other fields."""
    last = tag[1:]
    if last in CONCEPT_CLASSES:
        return "concept"
    if last not in _NAMES_AND_TITLES:
        return ""
    if is_complex(tag, subfields):
        return "concept"
    return "hub" if last == "30" or split_title(subfields)[1] else "agent"


def is_complex(tag: str, subfields: Subfields) -> bool:
    """Return whether a heading has subdivisions, so that it is a subject of parts."""
    return tag[1:] not in _OF_SUBDIVISIONS and any(code in SUBDIVISIONS for code, _value in subfields)


def heading_label(tag: str, ind1: str, subfields: Subfields) -> str:
    """Return a heading as one text: a name, a name and a title, a term, each with its subdivisions."""
    main = [(code, value) for code, value in subfields if code not in SUBDIVISIONS]
    divided = [without_end_punctuation(value) for code, value in subfields if code in SUBDIVISIONS]
    return "--".join(filter(None, (_main_label(tag, ind1, main), *divided)))


def _main_label(tag: str, ind1: str, subfields: Subfields) -> str:
    if tag[1:] in NAME_CODES:
        name, title = split_title(subfields)
        return ". ".join(filter(None, (read_name(tag, ind1, name).label, title_label(title, TITLE_CODES))))
    return title_label(subfields, TITLE_CODES) if tag[1:] == "30" else concept_label(subfields)


def concept_label(subfields: Subfields) -> str:
    """Return the text of a term, as subjects in bibliographic records have it."""
    return ". ".join(without_end_punctuation(value) for code, value in subfields if code in CONCEPT_CODES)


def field_label(field: MarcField) -> str:
    """Return the label of a heading that is not cleaned yet."""
    return heading_label(field.tag, field.ind1, [(code, clean(value)) for code, value in field.subfields])


def used_codes(tag: str, subfields: Subfields) -> str:
    """Return the codes of the subfields that are in the label of a heading."""
    title = TITLE_CODES if tag[1:] == "30" or split_title(subfields)[1] else ""
    return NAME_CODES.get(tag[1:], "" if tag[1:] == "30" else CONCEPT_CODES) + title + "".join(SUBDIVISIONS)


def label_literal(label: str, into: Projection) -> str:
    """Return a label as a literal: in the language of the field in another script, else in that of the concepts."""
    return literal(label) + (into.language or into.described.language)


def numbered_node(kind: str, number: AuthorityNumber) -> str:
    """Return the node of an agent, a concept or a hub by its number, or an empty text where its file is not known."""
    if not number.scheme:
        return ""
    key = f"{number.scheme}/{path_segment(number.number)}" if kind == "concept" else number.key
    return f"{ID}{kind}/{key}>"
