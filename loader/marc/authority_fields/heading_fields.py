"""Headings (1XX) and see-from tracings (4XX): what the thing is, what it is called, and what else it was called.

https://www.loc.gov/marc/authority/ad1xx3xx.html, https://www.loc.gov/marc/authority/ad4xx.html
"""

from __future__ import annotations

from loader.marc.authority_fields.coded_nodes import write_code
from loader.marc.authority_fields.described_thing import (
    CONCEPT_CLASSES,
    SUBDIVISIONS,
    concept_label,
    heading_label,
    is_complex,
    label_literal,
    used_codes,
)
from loader.marc.authority_fields.left_fields import omit_all
from loader.marc.fields.concept_nodes import write_concept
from loader.marc.fields.field_rule import Heading
from loader.marc.fields.name_headings import NAME_CODES, omit_unused, read_name, split_title, write_agent
from loader.marc.fields.projection import Projection, Subfields, part
from loader.marc.fields.terms import BF, DCTERMS, ID, LABEL, MADS, RDA, SKOS, A
from loader.marc.fields.title_nodes import write_hub_title
from loader.marc.values.heading_keys import hashed, heading_key
from loader.marc.values.isbd import without_end_mark, without_end_punctuation
from loader.marc.values.literals import address, literal, path_segment

NAME_TYPES = {"00": "PersonalName", "10": "CorporateName", "11": "ConferenceName"}
TRACINGS = {
    "a": "earlier-heading",
    "b": "later-heading",
    "d": "acronym",
    "f": "musical-composition",
    "g": "broader-term",
    "h": "narrower-term",
    "t": "parent-body",
}
"""$w/0: the relationship of a tracing, where it is more than that there is one."""
_TRACING_CODES = frozenset("abdfghinrt|")
_EARLIER_FORMS = tuple("aeo")
"""$w/2: the tracing was once the heading itself."""


def write_heading(heading: Heading, into: Projection) -> None:
    """Write 1XX: the first one is what the record describes, and another is reported."""
    described = into.described
    label = heading_label(heading.tag, heading.ind1, heading.subfields)
    if heading.tag != described.tag or not label:
        omit_all(heading, "second-heading" if label else "no-name", into)
        return
    omit_unused(heading, heading.subfields, used_codes(heading.tag, heading.subfields), into)
    if described.is_gone:
        _write_labels(heading, (LABEL, f"{MADS}deprecatedLabel>"), into)
        return
    _write_labels(heading, (LABEL, f"{SKOS}prefLabel>"), into)
    _WRITERS[described.kind](heading, into)


def _write_labels(heading: Heading, names: tuple[str, ...], into: Projection) -> None:
    """Write the label of a heading by some properties, in both scripts where there are two."""

    def write(subfields: Subfields) -> None:
        if label := heading_label(heading.tag, heading.ind1, subfields):
            into.triples += [f"{into.identity.instance} {name} {label_literal(label, into)}" for name in names]

    write(heading.subfields)
    into.in_script(heading.field, write)


def _write_agent(heading: Heading, into: Projection) -> None:
    subject = into.identity.instance
    name = read_name(heading.tag, heading.ind1, heading.subfields)
    if into.described.is_undifferentiated:
        into.doubt("008", "", "undifferentiated")
        into.triples.append(f"{subject} {A} {MADS}{NAME_TYPES[heading.tag[1:]]}>")
        return
    into.triples.append(f"{subject} {A} {BF}{name.kind}>")
    into.seen["heading dates"] = name.dates


def _write_hub(heading: Heading, into: Projection) -> None:
    hub, add = into.identity.hub, into.triples.append
    name, title = split_title(heading.subfields) if heading.tag[1:] in NAME_CODES else ((), heading.subfields)
    add(f"{hub} {A} {BF}Hub>")
    add(f"{hub} {A} {RDA}C10001>")
    write_hub_title(hub, heading, [each for each in title if each[0] in "atnpk"], into)
    if agent := write_agent(heading, name, [], into) if name else "":
        contribution = part(hub, f"contribution-{hashed(agent)}")
        add(f"{hub} {BF}contribution> {contribution}")
        add(f"{contribution} {A} {BF}Contribution>")
        add(f"{contribution} {BF}agent> {agent}")


def _write_concept(heading: Heading, into: Projection) -> None:
    subject, add, scheme = into.identity.instance, into.triples.append, into.described.scheme
    add(f"{subject} {A} {SKOS}Concept>")
    if scheme:
        add(f"{subject} {SKOS}inScheme> {ID}concept/{path_segment(scheme)}>")
    if is_complex(heading.tag, heading.subfields):
        add(f"{subject} {A} {MADS}ComplexSubject>")
        _write_parts(heading, into)
    else:
        add(f"{subject} {A} {BF}{CONCEPT_CLASSES[heading.tag[1:]]}>")


def _write_parts(heading: Heading, into: Projection) -> None:
    """Write the parts of a subject with subdivisions: the name or term, and each subdivision as a concept."""
    before, into.language = into.language, into.language or into.described.language
    parts = [_main_part(heading, [each for each in heading.subfields if each[0] not in SUBDIVISIONS], into)]
    parts += [_subdivision(each, into) for each in heading.subfields if each[0] in SUBDIVISIONS]
    into.language = before
    into.triples += [f"{into.identity.instance} {DCTERMS}hasPart> {node}" for node in filter(None, parts)]


def _subdivision(subfield: tuple[str, str], into: Projection) -> str:
    return _term(SUBDIVISIONS[subfield[0]], without_end_punctuation(subfield[1]), into)


def _term(kind: str, text: str, into: Projection) -> str:
    return write_concept(kind, text, into.described.scheme, (), into)


def _main_part(heading: Heading, main: Subfields, into: Projection) -> str:
    """Write what a subject is about without its subdivisions, and return its node; works are in the label only."""
    last = heading.tag[1:]
    if last in CONCEPT_CLASSES:
        return _term(CONCEPT_CLASSES[last], concept_label(main), into)
    return write_agent(heading, main, [], into) if last in NAME_CODES and not split_title(main)[1] else ""


def write_see_from(heading: Heading, into: Projection) -> None:
    """Write 4XX: another name of the thing; what is said of the name itself is written on a node of its own."""
    label = heading_label(heading.tag, heading.ind1, heading.subfields)
    if label in {"", into.described.label}:
        omit_all(heading, "same-as-heading" if label else "no-name", into)
        return
    _write_labels(heading, (f"{SKOS}altLabel>",), into)
    used = used_codes(heading.tag, heading.subfields)
    if more := [each for each in heading.subfields if each[0] not in used]:
        _write_variant(heading, label, more, into)


def _write_variant(heading: Heading, label: str, more: Subfields, into: Projection) -> None:
    """Write what a tracing says beside the name: that it is an earlier one, an acronym, whose pseudonym it is."""
    subject, add = into.identity.instance, into.triples.append
    node = part(subject, f"variant-{hashed(heading_key(label))}")
    is_acronym = heading.first("w").startswith("d")
    add(f"{subject} {MADS}{'hasAcronymVariant' if is_acronym else 'hasVariant'}> {node}")
    add(f"{node} {A} {MADS}Variant>")
    add(f"{node} {MADS}variantLabel> {label_literal(label, into)}")
    _write_tracing(heading, node, heading.first("w"), into)
    for code, value in more:
        if code == "4":
            _write_relationship(node, value, into)
        elif code != "w":
            add(f"{node} {SKOS}note> {into.text(without_end_mark(value))}")


def _write_relationship(node: str, value: str, into: Projection) -> None:
    """Write $4 of a tracing: an IRI of the relationship, or a code."""
    iri = address(value)
    into.triples.append(f"{node} {DCTERMS}type> {iri}" if iri else f"{node} {BF}code> {literal(value)}")


def _write_tracing(heading: Heading, node: str, value: str, into: Projection) -> None:
    link = f"{node} {BF}status>"
    if relation := TRACINGS.get(tracing_code(heading, value, into)):
        write_code(link, "Status", ("tracing", relation), into)
    if value[2:3] in _EARLIER_FORMS:
        write_code(link, "Status", ("tracing", "earlier-form"), into)


def tracing_code(heading: Heading, value: str, into: Projection) -> str:
    """Return $w/0 of a tracing; words in its place are omitted."""
    if value and (len(value) > 4 or value[0] not in _TRACING_CODES):
        into.omit(heading.tag, "w", "tracing-code", value)
        return ""
    return value[:1]


_WRITERS = {"agent": _write_agent, "hub": _write_hub, "concept": _write_concept}
