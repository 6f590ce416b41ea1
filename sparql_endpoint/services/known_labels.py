"""Labels that requests have looked up in one version of the data, which are known to those that follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from pyoxigraph import Literal, NamedNode

from nbkg.grouping import batched
from nbkg.rdf.label_choice import label_rank
from sparql_endpoint.queries import query
from sparql_endpoint.stores.base import Store, Term
from sparql_endpoint.stores.rows import among

_K = TypeVar("_K")
_V = TypeVar("_V")
_BATCH = 500
"""IRIs that one query looks up."""
_MAX_LENGTH = 300
"""Characters of the label of an IRI."""
_MOST_KNOWN = 10_000
"""Labels that are known; where there are more, all are forgotten."""


class LabelText(NamedTuple):
    """A text and the tag of its language."""

    text: str
    language: str | None = None


@dataclass
class KnownLabels:
    """What is known of IRIs in one version of the data: most labels of a page are on others too.

    Safe to use from several threads, which may look up the same IRI.
    """

    _texts: dict[tuple[str, NamedNode], LabelText | None] = field(default_factory=dict)
    """The best label of an IRI for readers of a language; None where it has none."""
    _described: dict[Term, bool] = field(default_factory=dict)
    """Whether something is said of an IRI."""

    def best(
        self, nodes: Sequence[NamedNode], language: str, store: Store, source: str
    ) -> Mapping[NamedNode, LabelText]:
        """Return the best label of each IRI that has one; `source` is the name of the query for those not known.

        Raises StoreError.
        """
        known = self._texts = _unless_many(self._texts)
        for batch in batched((node for node in nodes if (language, node) not in known), _BATCH):
            labels = _select(batch, language, store, source)
            known |= {(language, node): labels.get(node) for node in batch}
        return {node: label for node in nodes if (label := known[language, node])}

    def described(self, nodes: Sequence[NamedNode], store: Store) -> Sequence[NamedNode]:
        """Return those IRIs of which something is said. Raises StoreError."""
        known = self._described = _unless_many(self._described)
        new = [node for node in nodes if node not in known]
        rows = store.select(among(query("described"), "iri", new)) if new else ()
        known |= dict.fromkeys(new, False) | {row["iri"]: True for row in rows}
        return [node for node in nodes if known[node]]


def _unless_many(known: dict[_K, _V]) -> dict[_K, _V]:
    return known if len(known) <= _MOST_KNOWN else {}


def _select(nodes: Sequence[NamedNode], language: str, store: Store, source: str) -> Mapping[NamedNode, LabelText]:
    """Return the best label of each IRI that has one, by language and then by property."""
    best: dict[NamedNode, tuple[tuple[int, int, str], Literal]] = {}
    for row in store.select(among(query(source), "iri", nodes)):
        node, label, rank = row["iri"], row["label"], row["rank"]
        if isinstance(node, NamedNode) and isinstance(label, Literal) and isinstance(rank, Literal) and label.value:
            key = label_rank(label, int(rank.value), language)
            if node not in best or key < best[node][0]:
                best[node] = key, label
    return {node: LabelText(_shortened(label.value), label.language) for node, (_, label) in best.items()}


def _shortened(text: str) -> str:
    return text if len(text) <= _MAX_LENGTH else f"{text[:_MAX_LENGTH]} …"
