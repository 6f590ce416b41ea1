"""What things are, in words: the definitions that the data gives, in the language that suits best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pyoxigraph import Literal

from nbkg.rdf.label_choice import language_rank
from sparql_endpoint.services.known_rows import rows_about
from sparql_endpoint.services.labels import Label, Labels
from sparql_endpoint.stores.base import Term


def definitions(iris: Sequence[Term], labels: Labels) -> Mapping[Term, Label]:
    """Return the definition of each IRI that has one. Raises StoreError."""
    best: dict[Term, Literal] = {}
    for row in rows_about(labels.serving, iris, "pages/thing/definitions"):
        iri, text = row["iri"], row["definition"]
        if isinstance(text, Literal) and (iri not in best or _rank(text, labels) < _rank(best[iri], labels)):
            best[iri] = text
    return {iri: labels.of(text) for iri, text in best.items()}


def _rank(text: Literal, labels: Labels) -> int:
    return language_rank(text.language, labels.language)
