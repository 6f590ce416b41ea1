"""Subjects and genres (600–688): concepts by authority number, else by heading within the source and vocabulary.

A heading with subdivisions is a subject of parts: the agent, place or topic itself is one of them and stays what it is.
https://www.loc.gov/marc/bibliographic/bd6xx.html
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from loader.marc.fields.concept_nodes import write_concept, write_named_concept
from loader.marc.fields.field_rule import NORMS, FieldRule, Heading
from loader.marc.fields.name_headings import numbers_of, read_name, split_title, write_agent, write_number
from loader.marc.fields.projection import Projection, Subfields
from loader.marc.fields.related_works import hub_node
from loader.marc.fields.subject_roles import write_subject_roles
from loader.marc.fields.terms import BF, DCTERMS, ID, LABEL, MADS, RDA, SKOS, A
from loader.marc.fields.title_nodes import title_label, write_hub_title
from loader.marc.identity.authority_numbers import AuthorityNumber
from loader.marc.values.heading_keys import hashed
from loader.marc.values.isbd import without_end_punctuation
from loader.marc.values.literals import path_segment

BY_INDICATOR: Final = {"0": "lcsh", "1": "lcshac", "2": "mesh", "3": "nal", "5": "cash", "6": "rvm"}
"""The vocabularies that the second indicator names; 7 leads to $2, 4 says nothing."""
CLASSES: Final = {
    "647": "Event",
    "648": "Temporal",
    "651": "Place",
    "655": "GenreForm",
    "662": "Place",
}
"""By tag; the others are topics."""
_TEXT: Final = {"654": "ab", "656": "ak", "658": "ab", "662": "abcdfgh"}
"""By tag, the subfields that are the heading; of others they are $a to $d and $g."""
_UNCONTROLLED: Final = {
    "1": "Person",
    "2": "Organization",
    "3": "Meeting",
    "4": "Temporal",
    "5": "Place",
    "6": "GenreForm",
}
"""What the second indicator of 653 says of its terms."""
NO_INDICATOR: Final = frozenset({"654", "655", "656", "657", "658", "662", "688", "751", "752"})
"""Tags whose vocabulary $2 names alone."""
SUBDIVISIONS: Final = {"v": "GenreForm", "x": "Topic", "y": "Temporal", "z": "Place"}
_OF_NAME: Final = frozenset({"600", "610", "611"})
_OF_AGENT_OR_WORK: Final = _OF_NAME | {"630"}


def scheme_of(heading: Heading, into: Projection) -> str:
    """Return the key of the vocabulary of a heading, or an empty text where none is named."""
    code = (
        heading.first("2") if heading.ind2 == "7" or heading.tag in NO_INDICATOR else BY_INDICATOR.get(heading.ind2, "")
    )
    return into.profile.schemes.get(code.lower(), code.lower().strip(" ."))


def write_subject(heading: Heading, into: Projection) -> None:
    """Write 600–688: what the heading names, alone or as the first part of a subject with subdivisions."""
    before = into.language
    into.language = before or NORMS.get(heading.first("9"), "")
    subdivisions = [(code, value) for code, value in heading.subfields if code in SUBDIVISIONS]
    numbers = numbers_of(heading, into)
    node, label = _main_part(heading, () if subdivisions else numbers, into)
    if not subdivisions and heading.tag in _OF_AGENT_OR_WORK:
        _omit_source(heading, numbers, into)
    if subdivisions:
        node = _write_parts(heading, (node, label), subdivisions, into)
        for number in numbers:
            write_number(node, number, into)
    if node:
        name = "genreForm" if heading.tag == "655" else "subject"
        into.triples.append(f"{into.identity.work} {BF}{name}> {node}")
        write_subject_roles(heading, node, into)
    into.language = before


def _omit_source(heading: Heading, numbers: Sequence[AuthorityNumber], into: Projection) -> None:
    """Note a $2 of a name or title that no number says: agents and works are in no vocabulary."""
    source = heading.first("2")
    if source and scheme_of(heading, into) not in {number.scheme for number in numbers}:
        into.omit(heading.tag, "2", "no-subfield-rule", source)


def _main_part(heading: Heading, numbers: Sequence[AuthorityNumber], into: Projection) -> tuple[str, str]:
    """Write what a heading names without its subdivisions; return its node and label."""
    if heading.tag in _OF_NAME:
        name, title = split_title([each for each in heading.subfields if each[0] not in SUBDIVISIONS])
        if title:
            return write_subject_work(heading, name, title, numbers, into)
        node = write_agent(heading, name, list(numbers), into)
        return node, read_name(heading.tag, heading.ind1, name).label if node else ""
    if heading.tag == "630":
        return write_subject_work(heading, (), heading.subfields, numbers, into)
    codes = _TEXT.get(heading.tag, "abcdg")
    mark = "--" if heading.tag == "662" else ". "
    text = mark.join([without_end_punctuation(value) for code, value in heading.subfields if code in codes])
    if not text:
        return "", ""
    return write_concept(CLASSES.get(heading.tag, "Topic"), text, scheme_of(heading, into), numbers, into), text


def write_subject_work(
    heading: Heading, name: Subfields, title: Subfields, numbers: Sequence[AuthorityNumber], into: Projection
) -> tuple[str, str]:
    """Write a work that is a subject, as a hub."""
    are_of_work = into.profile.name_title_number == "work" or not name
    agent = write_agent(heading, name, [] if are_of_work else list(numbers), into) if name else ""
    best = next((number for number in numbers if number.scheme), None) if are_of_work else None
    parts = [each for each in title if each[0] in "atnpkl"]
    hub = hub_node(agent, parts if agent else title, best, into)
    into.triples.append(f"{hub} {A} {BF}Hub>")
    into.triples.append(f"{hub} {A} {RDA}C10001>")
    write_hub_title(hub, heading, parts, into)
    if are_of_work:
        for number in numbers:
            write_number(hub, number, into)
    if agent:
        contribution = f"{hub[:-1]}#contribution-{hashed(agent)}>"
        into.triples.append(f"{hub} {BF}contribution> {contribution}")
        into.triples.append(f"{contribution} {A} {BF}Contribution>")
        into.triples.append(f"{contribution} {BF}agent> {agent}")
    return hub, title_label(parts)


def _write_parts(heading: Heading, main: tuple[str, str], subdivisions: Subfields, into: Projection) -> str:
    """Write a subject of parts and return its node: what it is about, and each subdivision as a concept."""
    scheme = scheme_of(heading, into)
    parts = [main] if main[0] else []
    for code, value in subdivisions:
        text = without_end_punctuation(value)
        parts.append((write_named_concept(SUBDIVISIONS[code], text, scheme, into), text))
    label = "--".join([text for _node, text in parts])
    key = hashed(*[node for node, _text in parts])
    node = into.scoped("concept", f"{path_segment(scheme or 'uncontrolled')}/{key}")
    add = into.triples.append
    add(f"{node} {A} {MADS}ComplexSubject>")
    add(f"{node} {LABEL} {into.text(label)}")
    for each, _text in parts:
        add(f"{node} {DCTERMS}hasPart> {each}")
    into.named = node
    return node


def _write_index_term(heading: Heading, into: Projection) -> None:
    """Write 653: terms that no vocabulary controls, each by itself."""
    kind = _UNCONTROLLED.get(heading.ind2, "Topic")
    terms, own = heading.all("a"), numbers_of(heading, into)
    if len(terms) != 1:
        own = _omit_numbers(heading, into)
    for text in terms:
        node = write_concept(kind, without_end_punctuation(text), "", own, into)
        name = "genreForm" if kind == "GenreForm" else "subject"
        into.triples.append(f"{into.identity.work} {BF}{name}> {node}")
        if own:
            into.triples.append(f"{node} {SKOS}inScheme> {ID}concept/uncontrolled>")


def _omit_numbers(heading: Heading, into: Projection) -> list[AuthorityNumber]:
    """Note the numbers of one of several terms, and return none of them."""
    for code, value in heading.subfields:
        if code in "01":
            into.omit(heading.tag, code, "several-terms", value)
    return []


_OMITTED: Final = {**dict.fromkeys("578", "processing"), **dict.fromkeys("3fghjlmorsu", "no-subfield-rule")}
_OF_WORK: Final = {**dict.fromkeys("578", "processing"), **dict.fromkeys("3fhjmorstu", "no-subfield-rule")}
_NAME: Final = {**dict.fromkeys("78", "processing"), **dict.fromkeys("3fghjlmorsu", "no-subfield-rule")}
_PERSON: Final = "R 0* 1* 2 3 4* 6 7* 8* a b c* d e* f g* h j* k* l m* n* o p* q r s* t u v* x* y* z*"
_BODY: Final = "R 0* 1* 2 3 4* 6 7* 8* a b* c* d* e* f g* h k* l m* n* o p* r s* t u v* x* y* z*"
_MEETING: Final = "R 0* 1* 2 3 4* 6 7* 8* a c* d e* f g* h j* k* l n* p* q s* t u v* x* y* z*"
RULES: tuple[FieldRule, ...] = (
    FieldRule("600", "Subject Added Entry - Personal Name", _PERSON, write_subject, _NAME, is_paired=True),
    FieldRule("610", "Subject Added Entry - Corporate Name", _BODY, write_subject, _NAME, is_paired=True),
    FieldRule(
        "611",
        "Subject Added Entry - Meeting Name",
        _MEETING,
        write_subject,
        {code: reason for code, reason in _NAME.items() if code != "j"},
        is_paired=True,
    ),
    FieldRule(
        "630",
        "Subject Added Entry - Uniform Title",
        "R 0* 1* 2 3 4* 6 7* 8* a d* e* f g* h k* l m* n* o p* r s* t v* x* y* z*",
        write_subject,
        _OF_WORK,
        is_paired=True,
    ),
    FieldRule(
        "648",
        "Subject Added Entry - Chronological Term",
        "R 0* 1* 2 3 4* 6 7* 8* a e* v* x* y* z*",
        write_subject,
        _OMITTED,
    ),
    FieldRule(
        "650",
        "Subject Added Entry - Topical Term",
        "R 0* 1* 2 3 4* 6 7* 8* a b c d e* g* v* x* y* z*",
        write_subject,
        {each: reason for each, reason in _OMITTED.items() if each != "g"},
    ),
    FieldRule(
        "651",
        "Subject Added Entry - Geographic Name",
        "R 0* 1* 2 3 4* 6 7* 8* a b e* g* v* x* y* z*",
        write_subject,
        {each: reason for each, reason in _OMITTED.items() if each != "g"},
    ),
    FieldRule(
        "653",
        "Index Term - Uncontrolled",
        "R 0* 1* 5 6 7* 8* a*",
        _write_index_term,
        _OMITTED,
    ),
    FieldRule(
        "655",
        "Index Term - Genre/Form",
        "R 0* 1* 2 3 5 6 7* 8* a b* c* v* x* y* z*",
        write_subject,
        _OMITTED,
    ),
)
