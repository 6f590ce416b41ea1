"""Names of things, from what the data itself says: read in one pass for those that are wanted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import pyoxigraph as ox

from loader.namespaces import DCTERMS, FOAF, NBKG, PREFIXES, RDFS, SCHEMA, SKOS
from nbkg.rdf.compact_iri import compact_iri
from nbkg.rdf.label_choice import label_rank
from nbkg.rdf.nquads import subject, terms

_NAMES = (SKOS.prefLabel, NBKG.shortTitle, DCTERMS.title, RDFS.label, FOAF.name, SCHEMA.name)
"""The properties that name a thing, the best first."""
_RANKS = {f"<{name}>".encode(): rank for rank, name in enumerate(_NAMES)}

Labels = Mapping[bytes, str]


def labels(versions: Iterable[Iterable[bytes]], wanted: Collection[bytes], language: str) -> Labels:
    """The name of each wanted thing in a language, or the nearest to it; from the first version that names it."""
    found: dict[bytes, tuple[int, int, int, str]] = {}
    for number, version in enumerate(versions):
        for line in version:
            if subject(line) not in wanted or (parts := terms(line)).predicate not in _RANKS:
                continue
            if (name := literal(parts.object)) is not None:
                offered = (number, *label_rank(name, _RANKS[parts.predicate], language))
                found[parts.subject] = min(found.get(parts.subject, offered), offered)
    return {thing: name for thing, (*_, name) in found.items()}


def literal(term: bytes) -> ox.Literal | None:
    """The literal that N-Quads writes so; None for another term."""
    if not term.startswith(b'"'):
        return None
    quad = next(iter(ox.parse(b"<urn:s> <urn:p> " + term + b" .", ox.RdfFormat.N_TRIPLES)))
    return quad.object if isinstance(quad.object, ox.Literal) else None


def short(term: bytes) -> str:
    """A term without a name: an IRI with a prefix where we have one, a literal's text."""
    if (found := literal(term)) is not None:
        return found.value
    iri = term.decode().strip("<>")
    return compact_iri(iri, PREFIXES) or iri
