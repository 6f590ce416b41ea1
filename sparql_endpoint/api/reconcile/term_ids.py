"""The ids of types and properties, and what clients write for them.

An id is the compact IRI where the data declares a prefix: OpenRefine puts ids into addresses as they are, so that of a
whole IRI the part after `#` would be lost. Besides ids, clients may send IRIs, names, and the last parts of IRIs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from nbkg.rdf.compact_iri import compact_iri, local_name
from sparql_endpoint.api.reconcile.schema_terms import SchemaTerm, read_schema
from sparql_endpoint.services.services import serving
from sparql_endpoint.services.void_counts import version_of

_Names = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class TermIds:
    """The ids of the types or of the properties of the data."""

    prefixes: Mapping[str, str]
    terms: Mapping[str, SchemaTerm]
    by_name: Sequence[_Names]
    """The IRIs by what clients may write for them, the surest names first."""

    def id_of(self, iri: str) -> str:
        """Return the id of an IRI."""
        return compact_iri(iri, self.prefixes) or iri

    def find(self, name: str) -> Sequence[str]:
        """Return the IRIs that a client means: one, several that are called so, or none."""
        if iri := self._expand(name):
            return [iri]
        plain = name.casefold()
        return next((names[plain] for names in self.by_name if plain in names), ())

    def _expand(self, name: str) -> str | None:
        """Return the IRI of a compact IRI, or of one that the data has."""
        prefix, colon, local = name.partition(":")
        iri = f"{self.prefixes[prefix]}{local}" if colon and prefix in self.prefixes else name
        return iri if iri in self.terms or iri != name else None


def type_ids() -> TermIds:
    """Return the ids of the types of the data that is served now. Raises StoreError."""
    return _per_version("types", lambda: _ids(read_schema().types))


def property_ids() -> TermIds:
    """Return the ids of the properties of the data that is served now. Raises StoreError."""
    return _per_version("properties", lambda: _ids(read_schema().properties))


def _per_version(kind: str, make: Callable[[], TermIds]) -> TermIds:
    here = serving()
    return here.per_version(f"{__name__} {kind}", make, lambda: version_of(here.store))


def _ids(terms: Mapping[str, SchemaTerm]) -> TermIds:
    last_parts = _by_name((local_name(iri), iri) for iri in terms)
    labels = _by_name((label.value, term.iri) for term in terms.values() for label in term.labels)
    return TermIds(serving().prefixes(), terms, (last_parts, labels))


def _by_name(pairs: Iterable[tuple[str, str]]) -> _Names:
    """Return IRIs by names; of those that have one name those that the data uses most come first."""
    names = defaultdict[str, list[str]](list)
    for name, iri in pairs:
        if iri not in (of_name := names[name.casefold()]):
            of_name.append(iri)
    return names
