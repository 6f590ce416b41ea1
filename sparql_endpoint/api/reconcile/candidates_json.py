"""The answers of queries as JSON of version 0.2 and of 1.0-draft."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyoxigraph import NamedNode

from nbkg.matching import Candidate
from sparql_endpoint.api.reconcile.candidate_search import QueryAnswer
from sparql_endpoint.api.reconcile.entity_descriptions import Descriptions, describe
from sparql_endpoint.api.reconcile.feature_names import feature_name
from sparql_endpoint.api.reconcile.name_lookup import finds_only_names

_NAME = "name"
"""The name of the feature that is the name by which a candidate came."""
_REPLACED = "replaces"
"""The name of the feature that says that a candidate replaces what the query means."""
_IGNORED = "ignored:"
"""What the name of a feature of a property begins with that the data does not have."""


def write_answers(answers: Sequence[QueryAnswer], field: str) -> list[dict[str, object]]:
    """Return the answers, each with its candidates in a field: `result` in version 0.2, `candidates` in 1.0-draft.

    An answer has an `error` where its query was wrong, `ignored` where the data does not have a property of it, and
    `only_names` where the store has no index.
    Raises StoreError.
    """
    nodes = dict.fromkeys(NamedNode(one.iri) for answer in answers for one in answer.candidates)
    descriptions = describe(nodes, only_names=finds_only_names())
    has_names = field == "candidates"
    return [_answer(answer, field, descriptions, has_names=has_names) for answer in answers]


def _answer(answer: QueryAnswer, field: str, descriptions: Descriptions, *, has_names: bool) -> dict[str, object]:
    candidates = [_candidate(one, answer.ignored, descriptions, has_names=has_names) for one in answer.candidates]
    written: dict[str, object] = {field: candidates}
    if answer.error:
        written["error"] = answer.error
    if answer.ignored:
        written["ignored"] = list(answer.ignored)
    return written | ({"only_names": True} if descriptions.only_names else {})


def _candidate(
    one: Candidate, ignored: Sequence[str], descriptions: Descriptions, *, has_names: bool
) -> dict[str, object]:
    features = [*_features(one), *((f"{_IGNORED}{name}", True) for name in ignored)]
    return {
        **descriptions.fields(NamedNode(one.iri)),
        "type": descriptions.types(one.types),
        "score": one.score,
        "match": one.is_match,
        "features": [_feature(name, value, descriptions, has_names=has_names) for name, value in features],
        **_beyond(one),
    }


def _features(one: Candidate) -> Iterator[tuple[str, float | bool]]:
    """Yield the features as the API has them: numbers and booleans. A text is there or not."""
    for name, value in one.features:
        if name != _NAME:
            yield name, bool(value) if isinstance(value, str) else value
    if one.replaces:
        yield _REPLACED, True


def _beyond(one: Candidate) -> dict[str, str]:
    """Return what the API has no fields for: by which name a candidate came, and what it replaces."""
    names = [value for name, value in one.features if name == _NAME and isinstance(value, str)]
    fields = {"matched_name": names[0]} if names else {}
    return {**fields, "replaces": one.replaces} if one.replaces else fields


def _feature(name: str, value: float | bool, descriptions: Descriptions, *, has_names: bool) -> dict[str, object]:
    feature: dict[str, object] = {"id": name, "value": value}
    return {**feature, "name": feature_name(name, descriptions.labels.language)} if has_names else feature
