"""Compares what a client knows of an entity with what the data says of the candidates.

A value may be a text, a number or a date, or an entity by its IRI, the last part of that, or its name. What the data
does not say is no contradiction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

from pyoxigraph import NamedNode

from nbkg.grouping import batched, group_values
from nbkg.matching import Candidate
from nbkg.rdf.solutions import Row, Term, text
from sparql_endpoint.api.reconcile.comparable_values import comparable, forms, meets
from sparql_endpoint.api.reconcile.condition_meanings import Condition
from sparql_endpoint.queries import query
from sparql_endpoint.services.known_rows import rows_about
from sparql_endpoint.services.labels import request_labels
from sparql_endpoint.services.services import serving
from sparql_endpoint.stores.rows import among

_BATCH = 500
_CONTRADICTION = 25.0
"""What a property that contradicts takes from the score."""
_CLEAR = 10.0
"""How far the score of a match must be above the second best."""
_MATCH = 95.0
"""The least score of a match among candidates whose properties were compared."""
_UNDIFFERENTIATED = "undifferentiated"
"""The feature of a name that stands for several persons."""
_PREFIX = "property:"
"""What the name of the feature of a property begins with."""
_Values = Mapping[tuple[str, str], set[str]]
"""The forms of the values of entities by properties."""


def compare(
    conditions: Sequence[Sequence[Condition]], matched: Sequence[Sequence[Candidate]]
) -> list[Sequence[Candidate]]:
    """Return the candidates of each query with its conditions among their features, and scores that follow from them.

    The values of all candidates are read at once. Raises StoreError.
    """
    pairs = list(zip(conditions, matched, strict=True))
    entities = chain.from_iterable(candidates for of_query, candidates in pairs if of_query)
    properties = chain.from_iterable(one.iris for of_query in conditions for one in of_query)
    values = _read(sorted({one.iri for one in entities}), sorted(set(properties)))
    return [
        _compare_candidates(of_query, candidates, values) if of_query else candidates for of_query, candidates in pairs
    ]


def _compare_candidates(
    conditions: Sequence[Condition], candidates: Sequence[Candidate], values: _Values
) -> Sequence[Candidate]:
    outcomes = [(one, _outcomes(one.iri, conditions, values)) for one in candidates]
    required = {of.name for of in conditions if of.known.is_required}
    met = [_with_outcomes(one, outcome) for one, outcome in outcomes if all(map(outcome.get, required))]
    return _decide(sorted(met, key=lambda one: (-one.score, one.iri)))


def _outcomes(iri: str, conditions: Sequence[Condition], values: _Values) -> Mapping[str, bool | None]:
    return {of.name: _outcome(of, iri, values) for of in conditions}


def _outcome(of: Condition, iri: str, values: _Values) -> bool | None:
    """Return whether an entity meets a condition; None where the data says nothing of the property."""
    present = set[str]().union(*(values.get((iri, prop), set()) for prop in of.iris))
    met = [meets(value, present) for value in of.known.values]
    if of.known.quantifier == "none":
        return not any(met)
    return None if not present else all(met) if of.known.quantifier == "all" else any(met)


def _with_outcomes(candidate: Candidate, outcomes: Mapping[str, bool | None]) -> Candidate:
    known = {name: outcome for name, outcome in outcomes.items() if outcome is not None}
    contradictions = sum(not outcome for outcome in known.values())
    features = tuple((f"{_PREFIX}{name}", outcome) for name, outcome in known.items())
    score = round(max(0.0, candidate.score - _CONTRADICTION * contradictions), 2)
    is_match = candidate.is_match and not contradictions
    return replace(candidate, score=score, features=(*candidate.features, *features), is_match=is_match)


def _decide(candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """Mark the first as the match where its properties are met and no other comes near; else leave what was decided."""
    if any(one.is_match for one in candidates) or not any(map(_is_confirmed, candidates[:1])):
        return candidates
    best, *others = candidates
    is_clear = best.score >= _MATCH and all(one.score <= best.score - _CLEAR for one in others)
    return [replace(best, is_match=is_clear), *others]


def _is_confirmed(candidate: Candidate) -> bool:
    """Return whether a property agrees; a name that stands for several persons is confirmed by none."""
    features = dict(candidate.features)
    return _UNDIFFERENTIATED not in features and any(features[name] is True for name in features if _is_property(name))


def _is_property(feature: str) -> bool:
    return feature.startswith(_PREFIX)


def _read(entities: Sequence[str], properties: Sequence[str]) -> _Values:
    """Return the forms of the values that entities have by properties, with the names of those that are entities."""
    if not entities:
        return {}
    source = among(query("reconcile/values"), "property", map(NamedNode, properties))
    batches = [serving().store.select(among(source, "iri", map(NamedNode, some))) for some in batched(entities, _BATCH)]
    return _forms(list(chain.from_iterable(batches)))


def _forms(rows: Sequence[Row]) -> _Values:
    """Return the forms of the values in rows, and of the names of those that are entities."""
    named = _names([value for row in rows if isinstance(value := row["value"], NamedNode)])
    values = defaultdict[tuple[str, str], set[str]](set)
    for row in rows:
        values[text(row, "iri"), text(row, "property")].update(forms(row["value"]), named.get(row["value"], ()))
    return values


def _names(nodes: Sequence[NamedNode]) -> Mapping[Term, set[str]]:
    """Return the forms of the names of IRIs that are values, and of how they are written."""
    labels = request_labels()
    labels.expect(nodes)
    rows = rows_about(labels.serving, list(dict.fromkeys(nodes)), "reconcile/written")
    written = group_values((row["iri"], text(row, "text")) for row in rows)
    return {node: {comparable(one) for one in (labels.of(node).text, *written.get(node, ()))} for node in nodes}
