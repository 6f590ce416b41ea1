"""How a work or an instance is related to others: what it is based on, its parts and host, its series, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from nbkg.grouping import group_values
from nbkg.rdf.solutions import text
from sparql_endpoint.pages.library.description import Description
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import Label, Labels, TextLabel
from sparql_endpoint.stores.base import Term

_DIRECT: Mapping[str, str] = {
    "bf:translationOf": "bib_translation_of",
    "bf:hasPart": "bib_has_part",
    "bf:partOf": "bib_part_of",
    "bf:relatedTo": "bib_related_to",
    "bf:hasSeries": "bib_series",
    "bf:seriesOf": "bib_series_of",
    "bf:precededBy": "bib_preceded_by",
    "bf:succeededBy": "bib_succeeded_by",
    "bf:continues": "bib_preceded_by",
    "bf:continuedBy": "bib_succeeded_by",
    "bf:otherPhysicalFormat": "bib_other_format",
    "bf:hasReproduction": "bib_reproduction",
    "bf:reproductionOf": "bib_reproduction_of",
    "bf:originalVersion": "bib_original_version",
    "bf:supplementTo": "bib_supplement_to",
    "bf:supplement": "bib_supplement_of",
    "bf:accompaniedBy": "bib_accompanied_by",
    "bf:accompanies": "bib_accompanies",
    "bf:dataSource": "bib_source_data",
    "bf:hasEquivalent": "bib_other_format",
    "bf:derivativeOf": "bib_derivative_of",
    "bf:hasDerivative": "bib_has_derivative",
    "bf:hasItem": "bib_items",
}
"""The properties between works or instances, and the keys of the words for them."""
_SAME = ("owl:sameAs", "skos:exactMatch", "skos:closeMatch", "mads:isIdentifiedByAuthority", "schema:sameAs")

_NUMBERING = ("bf:enumerationAndChronology", "bf:seriesEnumeration", "bf:enumeration", "bf:part", "bf:qualifier")
"""The properties of a relation that say where in the other thing this one is."""

_Relations = dict[tuple[str, Term | None], dict[Term, None]]
"""What things lead to, by the key of the word and by the relation that the record names."""


@dataclass(frozen=True)
class RelatedThing:
    """Another thing, and what is said of the relation: a volume and pages in a host, a number in a series."""

    link: Label
    note: str = ""


@dataclass(frozen=True)
class Relation:
    """A relation: the key of the word for it, or the words of the record, and what it leads to."""

    word: str
    named: Label | None
    resources: Sequence[RelatedThing]


def relations_from(node: NamedNode, described: Description, labels: Labels) -> Sequence[Relation]:
    """Return the relations that a thing states itself; one that is stated in two ways is one, with its note."""
    parts = described.nodes(node, "bf:relation")
    notes = {other: note for part in parts for other, note in _related(part, described) if note}
    collected = _direct(node, described)
    direct = {other for others in collected.values() for other in others}
    for part in parts:
        _add_named(part, direct, described, collected)
    return [
        Relation(
            word,
            labels.of(name) if name is not None else None,
            [RelatedThing(_link(other, described, labels), notes.get(other, "")) for other in others],
        )
        for (word, name), others in collected.items()
    ]


def _direct(node: NamedNode, described: Description) -> _Relations:
    relations: _Relations = {}
    for prop, word in _DIRECT.items():
        for other in described.values(node, prop):
            relations.setdefault((word, None), {})[other] = None
    return relations


def _add_named(part: NamedNode, direct: Set[Term], described: Description, relations: _Relations) -> None:
    """Add a relation that has a node of its own, unless it only repeats one that is stated directly."""
    for name in described.values(part, "bf:relationship") or (None,):
        for other, _note in _related(part, described):
            if name is not None or other not in direct:
                relations.setdefault(("bib_related_to", name), {})[other] = None


def _related(part: NamedNode, described: Description) -> Sequence[tuple[Term, str]]:
    """Return what a relation leads to, each with the words for where in it this thing is."""
    note = ", ".join(one.value for one in described.texts(part, *_NUMBERING))
    return [(other, note) for other in described.values(part, "bf:associatedResource")]


def _link(other: Term, described: Description, labels: Labels) -> Label:
    if isinstance(other, NamedNode) and "#" in other.value and other in described.statements:
        texts = described.texts(other, "rdfs:label")
        return TextLabel(texts[0].value) if texts else labels.of(other)
    return TextLabel(other.value, other.language) if isinstance(other, Literal) else labels.of(other)


def relations_to(node: NamedNode, labels: Labels) -> Sequence[Relation]:
    """Return the relations that others state to a thing: what is based on it, is about it, or has it as a part."""
    rows = labels.serving.store.select(query("pages/library/related"), {"iri": node})
    groups = group_values(((text(row, "word"), row.get("relationship")), row["other"]) for row in rows)
    return [
        Relation(
            f"bib_{word}",
            labels.of(name) if name is not None else None,
            [RelatedThing(labels.of(other)) for other in sorted(set(others), key=str)],
        )
        for (word, name), others in sorted(groups.items(), key=str)
    ]


def links_of(node: NamedNode, described: Description) -> Sequence[str]:
    """Return the IRIs by which others know the same thing."""
    return sorted(value.value for value in described.nodes(node, *_SAME))
