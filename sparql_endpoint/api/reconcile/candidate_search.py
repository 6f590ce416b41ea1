"""Candidates of queries: the matcher finds them by name and identifier, their properties are compared in the data.

A property by which the matcher does not find may still identify: where a query has no name, the entities that have its
values are the candidates.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nbkg.matching import Candidate, MatchQuery
from sparql_endpoint.api.reconcile.condition_meanings import ConditionMeanings, read_meanings
from sparql_endpoint.api.reconcile.name_lookup import find_matcher
from sparql_endpoint.api.reconcile.property_matching import compare
from sparql_endpoint.api.reconcile.query_batch import Parsed
from sparql_endpoint.api.reconcile.reconciliation_query import MOST_CANDIDATES, ReconciliationQuery
from sparql_endpoint.api.reconcile.type_and_number import read_type_and_number
from sparql_endpoint.api.reconcile.type_constraints import TypeConstraint, constrain
from sparql_endpoint.api.reconcile.value_lookup import find_by_values
from sparql_endpoint.errors import RequestError

_CERTAIN = 100.0
"""The score of an entity that an identifier of its own identifies."""
_IDENTIFIED = "identifier"
"""The feature of a candidate that was found by an identifier."""
_LONGEST_ID = 200
"""Characters of an identifier."""


@dataclass(frozen=True)
class QueryAnswer:
    """The candidates of one query, the best first."""

    candidates: Sequence[Candidate] = ()
    ignored: tuple[str, ...] = ()
    """The properties of the query that the data does not have, by the ids that the client uses."""
    error: str = ""
    """What is wrong with the query; empty where nothing is."""


@dataclass(frozen=True)
class _Resolved:
    """A query with the IRIs of its types and properties."""

    query: ReconciliationQuery
    types: TypeConstraint
    meanings: ConditionMeanings

    @property
    def texts(self) -> Sequence[str]:
        """What is matched: the ids where there are any, else the names, or nothing but what else is known."""
        texts = self.query.ids or self.query.names
        return texts or ([""] if self.meanings.identifiers or self.meanings.matched else [])


def answer_queries(queries: Sequence[Parsed]) -> list[QueryAnswer]:
    """Return the answer of each query, in their order; one that is wrong does not spoil the others.

    Raises StoreError.
    """
    resolved = [_resolve(query) for query in queries]
    good = [one for one in resolved if isinstance(one, _Resolved)]
    answers = iter(_answer(good))
    return [next(answers) if isinstance(one, _Resolved) else QueryAnswer(error=str(one)) for one in resolved]


def _resolve(query: Parsed) -> _Resolved | RequestError:
    if isinstance(query, RequestError):
        return query
    try:
        types = constrain(query.types, has_all=query.has_all_types)
    except RequestError as error:
        return error
    return _Resolved(query, types, read_meanings(query))


def _answer(queries: Sequence[_Resolved]) -> list[QueryAnswer]:
    matched = _match(queries)
    compared = compare([one.meanings.compared for one in queries], matched)
    pairs = zip(queries, compared, strict=True)
    return [QueryAnswer(_best(candidates, one), tuple(one.meanings.ignored)) for one, candidates in pairs]


def _match(queries: Sequence[_Resolved]) -> list[list[Candidate]]:
    """Return the candidates of each query before its properties are compared; all are matched at once."""
    matched = iter(find_matcher().match_all([question for one in queries for question in _questions(one)]))
    return [_distinct(_with_numbered(_candidates(one, matched), one), one) for one in queries]


def _questions(one: _Resolved) -> list[MatchQuery]:
    return [_question(one, text) for text in one.texts]


def _candidates(one: _Resolved, matched: Iterator[Sequence[Candidate]]) -> list[Candidate]:
    """Return the next candidates among those of all queries; without a name those that have the values."""
    if not one.texts:
        return find_by_values(one.meanings.compared)
    return [candidate for _ in one.texts for candidate in next(matched)]


def _with_numbered(candidates: list[Candidate], one: _Resolved) -> list[Candidate]:
    """Return candidates; where none is a match, also the entity whose type and number the name gives."""
    if any(candidate.is_match for candidate in candidates):
        return candidates
    questions = filter(None, map(read_type_and_number, one.query.names))
    numbered = [candidate for question in questions for candidate in find_matcher().match(question)]
    any_of = one.types.any_of
    admitted = [each for each in numbered if not any_of or not set(any_of).isdisjoint(each.types)]
    return [*admitted, *candidates]


def _question(one: _Resolved, text: str) -> MatchQuery:
    limit = MOST_CANDIDATES if one.meanings.compared else one.query.limit
    identifiers = tuple(one.meanings.identifiers)
    return MatchQuery(text, one.types.any_of, tuple(one.meanings.matched), limit, identifiers)


def _distinct(candidates: Sequence[Candidate], one: _Resolved) -> list[Candidate]:
    """Return the candidates, each entity once, that have the types which the query demands."""
    best: dict[str, Candidate] = {}
    for candidate in sorted(candidates, key=_rank):
        best.setdefault(candidate.iri, candidate)
    return [candidate for candidate in best.values() if one.types.admits(candidate.types)]


def _rank(candidate: Candidate) -> tuple[float, bool, str]:
    return -candidate.score, not candidate.is_match, candidate.iri


def _best(candidates: Sequence[Candidate], one: _Resolved) -> list[Candidate]:
    """Return as many candidates as are wanted; a name that contradicts an id leaves no match."""
    ordered = sorted(candidates, key=_rank)[: one.query.limit]
    if not one.query.ids or not one.query.names:
        return ordered
    named = find_matcher().match_all([_question(one, text) for text in one.query.names])
    iris = {candidate.iri for candidates in named for candidate in candidates}
    return [replace(candidate, is_match=candidate.is_match and candidate.iri in iris) for candidate in ordered]


def complete(prefix: str, types: Sequence[str], limit: int) -> list[Candidate]:
    """Return entities of which a name begins so, after the one that the text identifies. Raises StoreError."""
    any_of = constrain(types, has_all=False).any_of
    identified = [one for one in find_matcher().match(MatchQuery(prefix, any_of, limit=2)) if one.score >= _CERTAIN]
    best = {one.iri: one for one in (*identified, *find_matcher().complete(prefix, any_of, limit))}
    return list(best.values())[:limit]


def identify(text: str) -> str | None:
    """Return the IRI of the entity that an identifier means; None for a name, and where nothing or several have it."""
    candidates = find_matcher().match(MatchQuery(text, limit=2)) if 0 < len(text) <= _LONGEST_ID else ()
    return next((one.iri for one in candidates if _is_certain(one)), None)


def _is_certain(candidate: Candidate) -> bool:
    return candidate.is_match and _IDENTIFIED in dict(candidate.features)
