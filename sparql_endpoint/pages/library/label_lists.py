"""Labels of several terms, in the order in which they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pyoxigraph import Literal

from sparql_endpoint.services.labels import Label, Labels
from sparql_endpoint.stores.base import Term


def labels_of(terms: Iterable[Term], labels: Labels) -> Sequence[Label]:
    """Return the labels of terms."""
    return [labels.of(term) for term in terms]


def sorted_labels(terms: Iterable[Term], labels: Labels) -> Sequence[Label]:
    """Return the labels of terms, each once, in the order of the terms."""
    return labels_of(sorted(set(terms), key=str), labels)


def literals(terms: Iterable[Term]) -> list[Literal]:
    """Return the literals among terms."""
    return [term for term in terms if isinstance(term, Literal)]


def texts_of(terms: Iterable[Term]) -> list[str]:
    """Return the texts of the literals among terms, each once, sorted."""
    return sorted({literal.value for literal in literals(terms)})


def first_text(terms: Iterable[Term]) -> str:
    """Return the first text of `texts_of`, or an empty one."""
    return next(iter(texts_of(terms)), "")
