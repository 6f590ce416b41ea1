"""See-also tracings (5XX), headings of other authority files (7XX), and what took the place of a heading (682).

https://www.loc.gov/marc/authority/ad5xx.html, https://www.loc.gov/marc/authority/ad7xx.html
"""

from __future__ import annotations

from loader.marc.authority_fields.described_thing import (
    CONCEPT_CLASSES,
    heading_label,
    kind_of,
    numbered_node,
    used_codes,
)
from loader.marc.authority_fields.heading_fields import tracing_code
from loader.marc.authority_fields.left_fields import omit_all
from loader.marc.fields.concept_nodes import write_concept
from loader.marc.fields.field_rule import Heading
from loader.marc.fields.name_headings import NAME_CODES, numbers_of, omit_unused, split_title, write_agent, write_number
from loader.marc.fields.projection import Projection, part
from loader.marc.fields.related_works import write_relation
from loader.marc.fields.subject_fields import write_subject_work
from loader.marc.fields.terms import BF, DCTERMS, ID, LABEL, MADS, SKOS
from loader.marc.identity.authority_numbers import AuthorityNumber
from loader.marc.values.heading_keys import hashed, heading_key
from loader.marc.values.isbd import without_end_mark
from loader.marc.values.literals import address, literal, path_segment

_RELATIONS = {
    "": f"{MADS}hasRelatedAuthority>",
    "a": f"{MADS}hasEarlierEstablishedForm>",
    "b": f"{MADS}hasLaterEstablishedForm>",
    "g": f"{MADS}hasBroaderAuthority>",
    "h": f"{MADS}hasNarrowerAuthority>",
    "t": f"{MADS}hasCorporateParentAuthority>",
}
"""$w/0 of 5XX, and what the other thing is to the one that the record describes."""
_OF_CONCEPTS = {
    "": f"{SKOS}related>",
    "a": _RELATIONS["a"],
    "b": _RELATIONS["b"],
    "g": f"{SKOS}broader>",
    "h": f"{SKOS}narrower>",
}
"""The same where both are concepts."""
_SUCCESSORS = {"x": f"{DCTERMS}isReplacedBy>", "s": f"{BF}splitInto>"}
"""By leader/05, what the headings in 682 are to the one that was deleted."""
_VOCABULARIES = {"0": "lcsh", "1": "lcshac", "2": "mesh", "3": "nal", "5": "cash", "6": "rvm"}
_MATCHES = frozenset(
    f"{SKOS}{name}>" for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
)
"""The kinds of matches that a $4 may name."""


def write_see_also(heading: Heading, into: Projection) -> None:
    """Write 5XX: another thing of the file, and what it is to the one that the record describes."""
    other = _write_other(heading, numbers_of(heading, into), into.described.scheme, into)
    if not other:
        omit_all(heading, "no-name", into)
        return
    omit_unused(heading, heading.subfields, f"{used_codes(heading.tag, heading.subfields)}014iew", into)
    if other == into.identity.instance:
        into.doubt(heading.tag, "", "refers-to-itself", heading.first("a"))
        return
    code = tracing_code(heading, heading.first("w"), into)
    table = _OF_CONCEPTS if _are_concepts(heading, into) else _RELATIONS
    into.triples.append(f"{into.identity.instance} {table.get(code, table[''])} {other}")
    _write_words(heading, other, into)


def _are_concepts(heading: Heading, into: Projection) -> bool:
    return into.described.kind == "concept" == kind_of(heading.tag, heading.subfields)


def _write_words(heading: Heading, other: str, into: Projection) -> None:
    """Write a relationship in words ($i, $e) or by IRI ($4); a code there is not mapped."""
    words = [without_end_mark(value) for value in heading.all("ie")]
    relations = _addresses(heading, into)
    if words or relations:
        relation = write_relation(into.identity.instance, other, words, into)
        into.triples += [f"{relation} {BF}relationship> {iri}" for iri in relations]


def _addresses(heading: Heading, into: Projection) -> list[str]:
    """Return the IRIs in $4; codes there are omitted."""
    iris = {value: address(value) for value in heading.all("4")}
    for value, iri in iris.items():
        if not iri:
            into.omit(heading.tag, "4", "no-subfield-rule", value)
    return list(filter(None, iris.values()))


def _write_other(heading: Heading, numbers: list[AuthorityNumber], scheme: str, into: Projection) -> str:
    """Write the thing that a heading names, and return its node; an empty text where the heading has no name."""
    last = heading.tag[1:]
    kind = kind_of(heading.tag, heading.subfields)
    if kind == "agent":
        return write_agent(heading, heading.subfields, numbers, into)
    if kind == "hub":
        name, title = split_title(heading.subfields) if last in NAME_CODES else ((), heading.subfields)
        return write_subject_work(heading, name, title, numbers, into)[0]
    text = heading_label(heading.tag, heading.ind1, heading.subfields)
    if not text:
        return ""
    before, into.language = into.language, into.language or into.described.language
    node = write_concept(CONCEPT_CLASSES.get(last, "Topic"), text, scheme, numbers, into)
    into.language = before
    return node


def write_linking_entry(heading: Heading, into: Projection) -> None:
    """Write 7XX: the heading for the same thing in another authority file.

    How close the two are is written only where $4 names a match of SKOS.
    """
    label = heading_label(heading.tag, heading.ind1, heading.subfields)
    if into.described.is_undifferentiated or into.described.is_shared or not label:
        omit_all(heading, "undifferentiated" if label else "no-name", into)
        return
    omit_unused(heading, heading.subfields, f"{used_codes(heading.tag, heading.subfields)}0124ie", into)
    write = _write_mapping if _are_concepts(heading, into) else _write_external
    write(heading, label, _vocabulary(heading, into), into)


def _vocabulary(heading: Heading, into: Projection) -> str:
    """Return the key of the file that the second indicator or $2 names."""
    code = heading.first("2").lower() if heading.ind2 == "7" else _VOCABULARIES.get(heading.ind2, "")
    return into.profile.schemes.get(code, code.strip(" ."))


def _write_mapping(heading: Heading, label: str, scheme: str, into: Projection) -> None:
    before, into.described = into.described, into.described._replace(language="")
    node = _write_other(heading, numbers_of(heading, into), scheme, into)
    into.described = before
    subject = into.identity.instance
    matches = _MATCHES.intersection(_addresses(heading, into)) or {f"{SKOS}mappingRelation>"}
    into.triples += [f"{subject} {match} {node}" for match in sorted(matches)]
    into.triples += [f"{subject} {SKOS}note> {into.text(f'{value} {label}')}" for value in heading.all("i")]


def _write_external(heading: Heading, label: str, scheme: str, into: Projection) -> None:
    """Write the heading of an agent or a title in another file: its numbers, and the record by which it is known."""
    subject, add = into.identity.instance, into.triples.append
    node = _external_record(heading, into) or part(subject, f"external-{hashed(scheme, heading_key(label))}")
    add(f"{subject} {MADS}isIdentifiedByAuthority> {node}")
    add(f"{node} {LABEL} {into.text(label)}")
    if scheme:
        add(f"{node} {SKOS}inScheme> {ID}concept/{path_segment(scheme)}>")
    into.triples += [f"{node} {SKOS}note> {into.text(without_end_mark(value))}" for value in heading.all("ie")]
    into.triples += [f"{node} {DCTERMS}type> {iri}" for iri in _addresses(heading, into)]


def _external_record(heading: Heading, into: Projection) -> str:
    """Write the numbers of a heading, and return the first IRI of a record among them."""
    numbers = numbers_of(heading, into)
    for number in numbers:
        write_number(into.identity.instance, number, into)
    return next((number.iri for number in numbers if not number.is_thing), "")


def write_deletion(heading: Heading, into: Projection) -> None:
    """Write 682: why a heading was deleted, and what is used in its place.

    One that replaced it is certain; those that it was split into are choices.
    """
    if words := " ".join(heading.all("ai")):
        into.triples.append(f"{into.identity.record} {SKOS}changeNote> {literal(words)}")
    numbers = numbers_of(heading, into)
    status = "s" if len(numbers) > 1 and into.leader[5:6] == "x" else into.leader[5:6]
    for number in numbers:
        _write_successor(number, status, into)


def _write_successor(number: AuthorityNumber, status: str, into: Projection) -> None:
    subject = into.identity.instance
    node = numbered_node(into.described.kind, number) or number.iri
    if not node:
        into.omit("682", "0", "number-without-source", number.number)
    elif node == subject:
        into.doubt("682", "0", "refers-to-itself", number.number)
    else:
        into.triples.append(f"{subject} {_SUCCESSORS.get(status, f'{MADS}see>')} {node}")
        into.seen["successor"] = node
