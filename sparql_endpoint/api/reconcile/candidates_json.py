"""The answers of queries as JSON of version 0.2 and of 1.0-draft."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import NamedNode

from nbkg.matching import Candidate
from sparql_endpoint.api.reconcile.candidate_search import QueryAnswer
from sparql_endpoint.api.reconcile.entity_descriptions import Descriptions, describe
from sparql_endpoint.api.reconcile.feature_names import feature_name

_REPLACED = "replaces"
"""The name of the feature that says that a candidate replaces what the query means."""
_IGNORED = "ignored:"
"""What the name of a feature of a property begins with that the data does not have."""


def write_answers(answers: Sequence[QueryAnswer], field: str) -> list[dict[str, object]]:
    """Return the answers, each with its candidates in a field: `result` in version 0.2, `candidates` in 1.0-draft.

    An answer has an `error` where its query was wrong, and `ignored` where the data does not have a property of it.
    Raises StoreError.
    """
    nodes = dict.fromkeys(NamedNode(one.iri) for answer in answers for one in answer.candidates)
    descriptions = describe(nodes)
    has_names = field == "candidates"
    return [_answer(answer, field, descriptions, has_names=has_names) for answer in answers]


def _answer(answer: QueryAnswer, field: str, descriptions: Descriptions, *, has_names: bool) -> dict[str, object]:
    candidates = [_candidate(one, answer.ignored, descriptions, has_names=has_names) for one in answer.candidates]
    written: dict[str, object] = {field: candidates}
    if answer.error:
        written["error"] = answer.error
    if answer.ignored:
        written["ignored"] = list(answer.ignored)
    return written


def _candidate(
    one: Candidate, ignored: Sequence[str], descriptions: Descriptions, *, has_names: bool
) -> dict[str, object]:
    written = descriptions.fields(NamedNode(one.iri))
    features = [(name, value) for name, value in one.features if isinstance(value, bool | int | float)]
    features += [(_REPLACED, True)] if one.replaces else []
    features += [(f"{_IGNORED}{name}", True) for name in ignored]
    written["type"] = descriptions.types(one.types)
    written["score"] = one.score
    written["match"] = one.is_match
    written["features"] = [_feature(name, value, descriptions, has_names=has_names) for name, value in features]
    if one.replaces:
        written["replaces"] = one.replaces
    return written


def _feature(name: str, value: float | bool, descriptions: Descriptions, *, has_names: bool) -> dict[str, object]:
    feature: dict[str, object] = {"id": name, "value": value}
    return {**feature, "name": feature_name(name, descriptions.labels.language)} if has_names else feature
