"""Matching in a store without an index: whole names as the data writes them, and IRIs.

That is a store on another server without `--text-index`, or a large one that `nbkg load` did not make. The query for
names is answered by any store, so the service works there too, though it finds less; its answers say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pyoxigraph import NamedNode

from nbkg.errors import StoreUnavailableError
from nbkg.grouping import group_values
from nbkg.matching import Candidate, MatchQuery
from nbkg.matching.matcher import Matcher
from nbkg.rdf.solutions import text
from sparql_endpoint.services import text_search
from sparql_endpoint.services.entity_matching import matcher
from sparql_endpoint.services.known_rows import rows_about
from sparql_endpoint.services.services import serving

_SAME = 100.0
"""The score of what is called exactly so."""


class NameLookup:
    """Finds the entities that are called exactly as a text, in the place of a `Matcher`."""

    def match(self, question: MatchQuery) -> Sequence[Candidate]:
        """Return the entities that are called so; a single one is the match. Raises StoreError."""
        nodes = text_search.find(question.text).resources
        types = group_values((text(row, "iri"), text(row, "class")) for row in rows_about(serving(), nodes, "types"))
        admitted = [node for node in nodes if _has_type(types.get(node.value, ()), question.types)]
        return [_candidate(node, types, is_match=len(admitted) == 1) for node in admitted[: question.limit]]

    def match_all(self, questions: Iterable[MatchQuery]) -> Sequence[Sequence[Candidate]]:
        """Return the entities of each question, in their order. Raises StoreError."""
        return [self.match(question) for question in questions]

    def complete(self, prefix: str, types: Sequence[str] = (), limit: int = 10) -> Sequence[Candidate]:
        """Return the entities that are called exactly so: beginnings cannot be looked up. Raises StoreError."""
        return self.match(MatchQuery(prefix, tuple(types), limit=limit))


def find_matcher() -> Matcher | NameLookup:
    """Return the matcher of the data served now, or what looks names up where there is no index."""
    return NameLookup() if finds_only_names() else matcher()


def finds_only_names() -> bool:
    """Return whether the data has no index."""
    try:
        return text_search.index() is None
    except StoreUnavailableError:
        return True


def _has_type(types: Sequence[str], admitted: Sequence[str]) -> bool:
    return not admitted or not set(types).isdisjoint(admitted)


def _candidate(node: NamedNode, types: dict[str, list[str]], *, is_match: bool) -> Candidate:
    return Candidate(node.value, node.value, tuple(types.get(node.value, ())), _SAME, (), is_match)
