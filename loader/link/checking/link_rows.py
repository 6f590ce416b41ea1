"""What the check reads in statements: links, what became of things, and pairs that must never be linked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import pyoxigraph as ox

from loader.namespaces import ADMS, BF, DCTERMS, LINK_PREDICATES, LOC, MADS, OWL, PROV, RDF, SKOS, SSSOM

IDENTITY = (str(OWL.sameAs), str(SKOS.exactMatch))
"""The links by which two IRIs are one thing: both are transitive."""
_REFERENCES = (BF.agent, BF.subject, BF.genreForm, BF.place, MADS.isIdentifiedByAuthority, BF.expressionOf)
"""How records refer to things of authority files."""
DELETED = ox.NamedNode(str(MADS.DeprecatedAuthority))
"""The class of what an authority file has deleted."""
FORMER = ox.NamedNode(f"{LOC}mstatus/cancinv")
"""The status of an identifier that was a thing's own once."""

Row = tuple[str, str, str, str]
"""Table, two values, and the graph."""


def _relation(table: str) -> Callable[[ox.Triple], tuple[str, str, str] | None]:
    def row(triple: ox.Triple) -> tuple[str, str, str] | None:
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode):
            return table, triple.subject.value, triple.object.value
        return None

    return row


def _state(state: str) -> Callable[[ox.Triple], tuple[str, str, str] | None]:
    def row(triple: ox.Triple) -> tuple[str, str, str] | None:
        is_false = isinstance(triple.object, ox.Literal) and triple.object.value in {"false", "0"}
        return None if is_false or not isinstance(triple.subject, ox.NamedNode) else (state, triple.subject.value, "")

    return row


def _deletion(triple: ox.Triple) -> tuple[str, str, str] | None:
    """Return the row of a thing whose authority record is deleted (leader/05 d, s or x)."""
    return _state("withdrawn")(triple) if triple.object == DELETED else None


def _former(triple: ox.Triple) -> tuple[str, str, str] | None:
    return _state("former")(triple) if triple.object == FORMER else None


_ROWS: Mapping[str, Callable[[ox.Triple], tuple[str, str, str] | None]] = {
    **{predicate: _relation(predicate) for predicate in LINK_PREDICATES},
    **{str(predicate): _relation("reference") for predicate in _REFERENCES},
    str(DCTERMS.isReplacedBy): _relation("replaced"),
    str(BF.splitInto): _relation("split"),
    str(OWL.differentFrom): _relation("never"),
    str(ADMS.identifier): _relation("identifier"),
    str(BF.status): _former,
    str(OWL.deprecated): _state("deprecated"),
    str(PROV.invalidatedAtTime): _state("withdrawn"),
    str(RDF.type): _deletion,
    str(OWL.annotatedSource): _relation("mapping source"),
    str(OWL.annotatedTarget): _relation("mapping target"),
    str(SSSOM.predicate_modifier): _state("negated mapping"),
}
"""Predicate to what makes a row of a statement."""
_VALUES = {str(RDF.type): DELETED, str(BF.status): FORMER}
PATTERNS = tuple((ox.NamedNode(each), _VALUES.get(each)) for each in _ROWS)
"""Predicate and object of the statements that the check reads."""


def link_rows(triples: Iterable[ox.Triple], graph: str) -> Iterator[Row]:
    """Yield a row for each statement that the check needs."""
    for triple in triples:
        make_row = _ROWS.get(triple.predicate.value)
        row = make_row(triple) if make_row else None
        if row:
            yield *row, graph
