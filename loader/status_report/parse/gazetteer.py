"""The words that the reader knows, taken from the concept schemes and the curated Turtle, never from Python."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from loader import identifiers
from loader.errors import CuratedError
from loader.namespaces import DCAT, FOAF, NBKG, ORG, RDF, SKOS
from nbkg.grouping import group_values

_LABELS = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
_AGENT_CLASSES = (ORG.FormalOrganization, ORG.Organization, FOAF.Group, FOAF.Organization)
_OWNED_CLASSES = (NBKG.Service, DCAT.Dataset, NBKG.Programme, NBKG.Project)
_GOVERNING_CLASSES = (NBKG.Law, NBKG.Strategy)


@dataclass(frozen=True)
class Gazetteer:
    """Printed words and what they name."""

    statuses: dict[str, str]
    """The status words a report may print, in lower case, to the concept's IRI."""
    themes: dict[str, str]
    """Theme headings, in lower case, to the concept's IRI."""
    posts: dict[str, str]
    """Posts as a row may print them to their IRI."""
    entities: dict[str, str]
    """Labels of curated entities to their IRI."""
    agents: frozenset[str]
    """The entities that are organisations or groups."""
    groups: frozenset[str] = frozenset()
    """The agents that are groups."""
    owned: frozenset[str] = frozenset()
    """The entities that somebody owns or runs: services, data sets, programmes and projects."""
    governing: frozenset[str] = frozenset()
    """The entities that an authority issues: laws and strategies."""
    pages: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Web addresses, as `same_page` writes them, to the entities whose page they are."""

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """Return all labels, sorted: evidence for putting broken words together."""
        return tuple(sorted({*self.statuses, *self.themes, *self.posts, *self.entities}))


def read_gazetteer(schemes: Graph, curated: Graph) -> Gazetteer:
    """Return the vocabulary of `ontology/schemes/` and `data/curated/`.

    Raises CuratedError where two entities share a label or an entity has none.
    """
    return Gazetteer(
        statuses=_unique(_concepts(schemes, "status"), fold=True),
        themes=_unique(_concepts(schemes, "theme"), fold=True),
        posts=_unique(_norwegian(curated, curated.subjects(RDF.type, NBKG.Post))),
        entities=_unique(_norwegian(curated, _entities(curated))),
        pages=_pages(curated),
        agents=_instances(curated, _AGENT_CLASSES),
        groups=_instances(curated, (FOAF.Group,)),
        owned=_instances(curated, _OWNED_CLASSES),
        governing=_instances(curated, _GOVERNING_CLASSES),
    )


def _instances(curated: Graph, classes: Iterable[URIRef]) -> frozenset[str]:
    return frozenset(str(subject) for one in classes for subject in curated.subjects(RDF.type, one))


def same_page(address: str) -> str:
    """Return the address without what tells no two pages apart: scheme, "www." and a last slash."""
    return address.partition("://")[2].removeprefix("www.").rstrip("/")


def _pages(curated: Graph) -> dict[str, tuple[str, ...]]:
    props = (FOAF.homepage, DCAT.landingPage, DCAT.endpointURL)
    pairs = ((same_page(str(page)), str(entity)) for prop in props for entity, page in curated.subject_objects(prop))
    return {page: tuple(sorted(set(entities))) for page, entities in group_values(pairs).items()}


def _concepts(schemes: Graph, name: str) -> Iterator[tuple[str, str]]:
    scheme = identifiers.resource("concept", name)
    yield from _norwegian(schemes, schemes.subjects(SKOS.inScheme, scheme))


def _entities(curated: Graph) -> list[Node]:
    """Return what a report may mention: everything labelled that is no concept, identifier, measure or post."""
    excluded = {NBKG.Post, NBKG.Identifier, NBKG.Measure, NBKG.Unit, SKOS.Concept, SKOS.ConceptScheme}
    return [
        subject
        for subject in set(curated.subjects(SKOS.prefLabel))
        if excluded.isdisjoint(curated.objects(subject, RDF.type))
    ]


def _norwegian(graph: Graph, subjects: Iterable[Node]) -> Iterator[tuple[str, str]]:
    for subject in sorted(set(subjects), key=str):
        labels = [label for prop in _LABELS for label in graph.objects(subject, prop)]
        known = sorted(str(o) for o in labels if isinstance(o, Literal) and o.language in {"nb", "nn", None})
        if not known and isinstance(subject, URIRef):
            raise CuratedError(f"<{subject}> has no label in nb; add a skos:prefLabel")
        yield from ((label, str(subject)) for label in known)


def _unique(pairs: Iterable[tuple[str, str]], *, fold: bool = False) -> dict[str, str]:
    known: dict[str, str] = {}
    for label, iri in pairs:
        key = label.lower() if fold else label
        if known.setdefault(key, iri) != iri:
            raise CuratedError(f"“{label}” is a label of both <{known[key]}> and <{iri}>; remove it from one of them")
    return known
