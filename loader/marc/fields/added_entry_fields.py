"""Added entries of other kinds: uncontrolled names, places, systems, taxa and resources (720, 751–758).

https://www.loc.gov/marc/bibliographic/bd70x75x.html
"""

from __future__ import annotations

from typing import Final

from loader.marc.fields.concept_nodes import write_concept
from loader.marc.fields.field_rule import FieldRule, Heading
from loader.marc.fields.name_headings import agent_number, numbers_of, write_number
from loader.marc.fields.projection import Projection, part
from loader.marc.fields.related_works import write_relation
from loader.marc.fields.relators import write_roles
from loader.marc.fields.subject_fields import scheme_of
from loader.marc.fields.terms import BF, ID, LABEL, SKOS, A
from loader.marc.values.heading_keys import hashed, heading_key
from loader.marc.values.isbd import without_end_mark, without_end_punctuation
from loader.marc.values.literals import address


def _write_uncontrolled(heading: Heading, into: Projection) -> None:
    """Write 720: a contribution of an agent that no authority file controls, and who is known in this record only."""
    label = without_end_punctuation(heading.first("a"))
    numbers = numbers_of(heading, into)
    number = agent_number(numbers)
    key = hashed(into.identity.record_key, "uncontrolled", heading_key(label))
    agent = f"{ID}agent/{number.key}>" if number else into.scoped("agent", key)
    contribution = part(into.identity.work, f"contribution-{hashed(agent)}")
    add = into.triples.append
    add(f"{into.identity.work} {BF}contribution> {contribution}")
    add(f"{contribution} {A} {BF}Contribution>")
    add(f"{contribution} {BF}agent> {agent}")
    add(f"{agent} {A} {BF}{'Person' if heading.ind1 == '1' else 'Agent'}>")
    if label:
        add(f"{agent} {LABEL} {into.text(label)}")
    for each in numbers:
        write_number(agent, each, into)
    write_roles(contribution, heading.subfields, "e", into)


def _write_place(heading: Heading, into: Projection) -> None:
    """Write 751, 752: a place that the resource has to do with; $e says how."""
    codes, mark = ("abcdfgh", "--") if heading.tag == "752" else ("ag", ". ")
    text = mark.join(without_end_punctuation(value) for code, value in heading.subfields if code in codes)
    if not text:
        for code, value in heading.subfields:
            into.omit(heading.tag, code, "no-name", value)
        return
    node = write_concept("Place", text, scheme_of(heading, into), numbers_of(heading, into), into)
    into.triples.append(f"{into.identity.work} {BF}place> {node}")
    words = [without_end_mark(word) for word in heading.all("e")]
    relationships = _relationships(heading, into)
    if words or relationships:
        relation = write_relation(into.identity.work, node, words, into)
        into.triples += [f"{relation} {BF}relationship> {iri}" for iri in relationships]


def _relationships(heading: Heading, into: Projection) -> list[str]:
    """Return the IRIs in $4; a code there is not mapped."""
    iris = []
    for value in heading.all("4"):
        if iri := address(value):
            iris.append(iri)
        else:
            into.omit(heading.tag, "4", "no-subfield-rule", value)
    return iris


def _write_system(heading: Heading, into: Projection) -> None:
    """Write 753: the make, the programming language and the operating system that are needed."""
    for value in heading.all("abc"):
        node = part(into.identity.instance, f"system-{hashed(heading_key(value))}")
        into.triples.append(f"{into.identity.instance} {BF}systemRequirement> {node}")
        into.triples.append(f"{node} {A} {BF}SystemRequirement>")
        into.triples.append(f"{node} {LABEL} {into.text(without_end_punctuation(value))}")


def _write_taxon(heading: Heading, into: Projection) -> None:
    """Write 754: a taxon as a subject, with its common name."""
    text = " ".join(without_end_punctuation(value) for value in heading.all("a"))
    if not text:
        return
    taxon = write_concept("Topic", text, heading.first("2").lower(), numbers_of(heading, into), into)
    into.triples.append(f"{into.identity.work} {BF}subject> {taxon}")
    for name in heading.all("d"):
        into.triples.append(f"{taxon} {SKOS}altLabel> {into.text(without_end_punctuation(name))}")


def _write_resource(heading: Heading, into: Projection) -> None:
    """Write 758: another resource by its IRI, and how the work is related to it."""
    iris = [iri for value in heading.all("10") if (iri := address(value.removeprefix("(uri)")))]
    if not iris:
        for code, value in heading.subfields:
            into.omit("758", code, "iri" if code in "01" else "no-linked-thing", value)
        return
    words = [without_end_mark(word) for word in heading.all("i")]
    relationships = _relationships(heading, into)
    for iri in iris:
        relation = write_relation(into.identity.work, iri, words, into)
        into.triples += [f"{relation} {BF}relationship> {each}" for each in relationships]
        into.triples += [f"{iri} {LABEL} {into.text(label)}" for label in heading.all("a")]


_CONTROL: Final = {"5": "processing", "7": "processing", "8": "control", "6": "control"}
_OMITTED: Final = {**_CONTROL, **dict.fromkeys("3", "no-subfield-rule")}
RULES: tuple[FieldRule, ...] = (
    FieldRule("720", "Added Entry - Uncontrolled Name", "R 0* 1* 4* 5 6 7* 8* a e*", _write_uncontrolled, _CONTROL),
    FieldRule("751", "Added Entry - Geographic Name", "R 0* 1* 2 3 4* 6 7* 8* a e* g*", _write_place, _OMITTED),
    FieldRule(
        "752",
        "Added Entry - Hierarchical Place Name",
        "R 0* 1* 2 4* 6 8* a* b c* d e* f* g* h*",
        _write_place,
        _OMITTED,
    ),
    FieldRule(
        "753",
        "System Details Access to Computer Files",
        "R 0* 1* 2 6 8* a b c",
        _write_system,
        {**_OMITTED, **dict.fromkeys("012", "no-subfield-rule")},
    ),
    FieldRule(
        "754",
        "Added Entry - Taxonomic Identification",
        "R 0* 1* 2 6 8* a* c* d* x* z*",
        _write_taxon,
        {**_OMITTED, **dict.fromkeys("cxz", "no-subfield-rule")},
    ),
    FieldRule(
        "758",
        "Resource Identifier",
        "R 0* 1* 2 3 4* 5 6 8* a i*",
        _write_resource,
        {**_OMITTED, "2": "no-subfield-rule"},
    ),
)
