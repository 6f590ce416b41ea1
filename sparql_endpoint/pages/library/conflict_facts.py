"""The conflicts of links as they are read from the data: things, links, what each kind is and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from nbkg.grouping import group_values
from nbkg.rdf.label_choice import best_text
from nbkg.rdf.solutions import text
from sparql_endpoint.pages.library.label_lists import literals
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import Label, Labels
from sparql_endpoint.stores.base import Row, Store, Term
from sparql_endpoint.stores.rows import among

_HERE = "pages/library/"
LINK_COLUMNS = ("source", "property", "target", "graph", "mapping")


@dataclass(frozen=True)
class LinkFacts:
    """What the data states of some conflicts, by conflict."""

    involved: Mapping[Term, Sequence[Term]]
    instead: Mapping[Term, Sequence[Term]]
    links: Mapping[Term, Sequence[Row]]


@dataclass(frozen=True)
class Advice:
    """What a kind of conflict is, and what to do, in the language of the page."""

    kind: Label
    definition: Literal | None
    advice: Literal | None


def read_links(conflicts: Sequence[Term], store: Store) -> LinkFacts:
    """Return the things and the links of conflicts."""
    rows = list(_select("conflict-things", "conflict", conflicts, store))
    by_role = group_values((text(row, "role"), row) for row in rows)
    links = _select("conflict-links", "conflict", conflicts, store)
    return LinkFacts(
        _by_conflict(by_role.get("involves", ())),
        _by_conflict(by_role.get("instead", ())),
        group_values((row["conflict"], row) for row in links),
    )


def read_advice(kinds: Sequence[Term], labels: Labels) -> Mapping[Term, Advice]:
    """Return what kinds of conflicts are, and what to do."""
    rows = _select("conflict-advice", "kind", kinds, labels.serving.store)
    texts = group_values(((row["kind"], text(row, "what")), row["text"]) for row in rows)
    return {
        kind: Advice(
            labels.of(kind),
            *(best_text(literals(texts.get((kind, what), ())), labels.language) for what in ("definition", "advice")),
        )
        for kind in kinds
    }


def conflicts_of(entity: NamedNode, labels: Labels) -> Sequence[Label]:
    """Return the conflicts in which a thing is, 50 at most."""
    rows = labels.serving.store.select(query(f"{_HERE}conflicts-of-thing"), {"thing": entity})
    return [labels.of(row["conflict"]) for row in rows]


def _select(name: str, variable: str, terms: Sequence[Term], store: Store) -> Sequence[Row]:
    return store.select(among(query(f"{_HERE}{name}"), variable, terms)) if terms else ()


def _by_conflict(rows: Sequence[Row]) -> Mapping[Term, Sequence[Term]]:
    return group_values((row["conflict"], row["thing"]) for row in rows)
