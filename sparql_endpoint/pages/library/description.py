"""What the data says of several things and their parts, read in one query: a title, a contribution, a publication."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from pyoxigraph import Literal, NamedNode

from nbkg.grouping import group_values
from nbkg.rdf.compact_iri import compact_iri
from nbkg.rdf.vocabulary import DCTERMS, OWL, RDF, RDFS, SCHEMA, SKOS
from sparql_endpoint.queries import query
from sparql_endpoint.stores.base import Store, Term
from sparql_endpoint.stores.rows import among

_T = TypeVar("_T", bound=Term)

BF = "http://id.loc.gov/ontologies/bibframe/"
PREFIXES: Mapping[str, str] = {
    "bf": BF,
    "rdf": RDF,
    "rdfs": RDFS,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "schema": SCHEMA,
    "owl": OWL,
    "mads": "http://www.loc.gov/mads/rdf/v1#",
    "rdac": "http://rdaregistry.info/Elements/c/",
}
"""The vocabularies whose properties the pages call by a prefix."""


@dataclass(frozen=True)
class Description:
    """The statements about things and their parts, by subject and property; properties are compact: `bf:title`."""

    statements: Mapping[Term, Mapping[str, Sequence[Term]]]

    def values(self, node: Term, *names: str) -> Sequence[Term]:
        """Return the values of properties, in the order of the properties, each once."""
        of_node = self.statements.get(node, {})
        return list(dict.fromkeys(value for name in names for value in of_node.get(name, ())))

    def nodes(self, node: Term, *names: str) -> Sequence[NamedNode]:
        """Return the IRIs among the values of properties."""
        return _only(NamedNode, self.values(node, *names))

    def texts(self, node: Term, *names: str) -> Sequence[Literal]:
        """Return the literals among the values of properties."""
        return _only(Literal, self.values(node, *names))

    def text(self, node: Term, *names: str) -> str:
        """Return the first literal of properties, or an empty text."""
        return next((value.value for value in self.texts(node, *names)), "")

    def kinds(self, node: Term) -> frozenset[str]:
        """Return the classes of a node, with their prefixes."""
        return frozenset(compact(kind) for kind in self.nodes(node, "rdf:type"))


def _only(kind: type[_T], values: Iterable[Term]) -> list[_T]:
    return [value for value in values if isinstance(value, kind)]


def compact(iri: NamedNode) -> str:
    """Return an IRI with its prefix, or as it is."""
    return compact_iri(iri.value, PREFIXES) or iri.value


def read_description(nodes: Iterable[NamedNode], store: Store) -> Description:
    """Return what is said of nodes and of their parts; of a great deal, what one query may return."""
    requested = list(dict.fromkeys(nodes))
    rows = store.select(among(query("pages/library/statements"), "node", requested)) if requested else ()
    ordered = sorted(rows, key=lambda row: (str(row["property"]), str(row["value"])))
    by_subject = group_values((row["subject"], (row["property"], row["value"])) for row in ordered)
    return Description(
        {
            subject: group_values((compact(prop), value) for prop, value in pairs if isinstance(prop, NamedNode))
            for subject, pairs in by_subject.items()
        }
    )
