"""Labels that requests have looked up in one version of the data, which are known to those that follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from nbkg.grouping import batched
from nbkg.rdf.label_choice import label_rank
from sparql_endpoint.queries import query
from sparql_endpoint.services.known_rows import remember
from sparql_endpoint.services.services import Serving
from sparql_endpoint.stores.base import Store
from sparql_endpoint.stores.rows import among

_BATCH = 500
"""IRIs that one query looks up."""
_MAX_LENGTH = 300
"""Characters of the label of an IRI."""
_MOST_KNOWN = 10_000
"""Labels that are known for a language; where there are more, all are forgotten."""


class LabelText(NamedTuple):
    """A text and the tag of its language."""

    text: str
    language: str | None = None


_UNNAMED = LabelText("")


def best_labels(
    serving: Serving, nodes: Sequence[NamedNode], language: str, source: str
) -> Mapping[NamedNode, LabelText]:
    """Return the best label of each IRI that has one, for readers of a language.

    `source` is the name of the query that finds labels; what earlier requests have read in this version of the data is
    not read again, for most labels of a page are on others too. Raises StoreError.
    """
    known = serving.per_version(f"{__name__} {language}", dict[NamedNode, LabelText])
    labels = {node: known.get(node) for node in nodes}
    for batch in batched([node for node, label in labels.items() if label is None], _BATCH):
        read = _select(batch, language, serving.store, source)
        labels.update(read)
        remember(known, read, _MOST_KNOWN)
    return {node: label for node, label in labels.items() if label and label is not _UNNAMED}


def _select(nodes: Sequence[NamedNode], language: str, store: Store, source: str) -> Mapping[NamedNode, LabelText]:
    """Return the best label of each IRI, by language and then by property; _UNNAMED where it has none."""
    best: dict[NamedNode, tuple[tuple[int, int, str], Literal]] = {}
    for row in store.select(among(query(source), "iri", nodes)):
        node, label, rank = row["iri"], row["label"], row["rank"]
        if isinstance(node, NamedNode) and isinstance(label, Literal) and isinstance(rank, Literal) and label.value:
            key = label_rank(label, int(rank.value), language)
            if node not in best or key < best[node][0]:
                best[node] = key, label
    labels = {node: LabelText(_shortened(label.value), label.language) for node, (_, label) in best.items()}
    return dict.fromkeys(nodes, _UNNAMED) | labels


def _shortened(text: str) -> str:
    return text if len(text) <= _MAX_LENGTH else f"{text[:_MAX_LENGTH]} …"
