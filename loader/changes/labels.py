"""Labels of terms out of the data itself: read in one pass for the terms that need one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import pyoxigraph as ox

from loader.namespaces import LABEL_PROPERTIES, PREFIXES
from nbkg.rdf.compact_iri import compact_iri
from nbkg.rdf.label_choice import label_rank
from nbkg.rdf.nquads import subject, terms

_RANKS = {f"<{name}>".encode(): rank for rank, name in enumerate(LABEL_PROPERTIES)}

Labels = Mapping[bytes, str]


def find_labels(versions: Iterable[Iterable[bytes]], subjects: Collection[bytes], language: str) -> Labels:
    """Return the label of each subject in the language that suits best, from the first version that has one."""
    best: dict[bytes, tuple[int, int, int, str]] = {}
    for number, version in enumerate(versions):
        for line in version:
            if subject(line) not in subjects or (parts := terms(line)).predicate not in _RANKS:
                continue
            if (label := parse_literal(parts.object)) is not None:
                candidate = (number, *label_rank(label, _RANKS[parts.predicate], language))
                best[parts.subject] = min(best.get(parts.subject, candidate), candidate)
    return {term: label for term, (*_, label) in best.items()}


def parse_literal(term: bytes) -> ox.Literal | None:
    """Return the literal that N-Quads writes so; None for another term."""
    if not term.startswith(b'"'):
        return None
    quad = next(iter(ox.parse(b"<urn:s> <urn:p> " + term + b" .", ox.RdfFormat.N_TRIPLES)))
    return quad.object if isinstance(quad.object, ox.Literal) else None


def text_of(term: bytes) -> str:
    """Return the text of a term without a label: a literal's own, or an IRI, compact where we have a prefix."""
    if (literal := parse_literal(term)) is not None:
        return literal.value
    iri = term.decode().strip("<>")
    return compact_iri(iri, PREFIXES) or iri
