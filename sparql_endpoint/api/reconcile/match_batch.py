"""The queries of version 1.0-draft: a list of them, each with conditions on the name, the id and properties.

https://reconciliation-api.github.io/specs/draft/, "Structure of a Reconciliation Query".
"""

from __future__ import annotations

from collections.abc import Sequence

from sparql_endpoint.api.reconcile.json_text import clean, excerpt, read_object
from sparql_endpoint.api.reconcile.property_values import value_texts
from sparql_endpoint.api.reconcile.query_batch import Parsed, check_size
from sparql_endpoint.api.reconcile.reconciliation_query import (
    PropertyCondition,
    ReconciliationQuery,
    read_limit,
    read_name,
    read_objects,
    read_types,
)
from sparql_endpoint.errors import RequestError

_QUANTIFIERS = ("any", "all", "none")


def read_match_batch(text: str) -> Sequence[Parsed]:
    """Return the queries of a batch, or what is wrong with them, in their order.

    Raises RequestError where the text is no batch, TooLargeError for more queries than a batch may have.
    """
    queries = read_object(text, "the body").get("queries")
    if not isinstance(queries, list):
        raise RequestError(f"queries: expected a list of queries, not {excerpt(queries)}")
    check_size(len(queries))
    return [_parse_query(query) for query in queries]


def _parse_query(value: object) -> Parsed:
    try:
        return _read_query(value)
    except RequestError as error:
        return error


def _read_query(value: object) -> ReconciliationQuery:
    if not isinstance(value, dict):
        raise RequestError(f"expected an object with conditions, not {excerpt(value)}")
    conditions = read_objects(value.get("conditions"), "conditions")
    query = ReconciliationQuery(
        names=_texts(conditions, "name"),
        ids=_texts(conditions, "id"),
        types=read_types(value.get("type")),
        conditions=_property_conditions(conditions),
        limit=read_limit(value.get("limit")),
    )
    if not any((query.names, query.ids, query.conditions)):
        raise RequestError("there is no condition with a value")
    return query


def _texts(conditions: Sequence[dict[str, object]], kind: str) -> tuple[str, ...]:
    """Return the values of the conditions on the name or on the id."""
    values = [one.get("propertyValue") for one in conditions if _kind(one) == kind]
    texts = [text for value in values for text in value_texts(value, kind)]
    return tuple(dict.fromkeys(map(read_name, texts)))


def _kind(condition: dict[str, object]) -> object:
    kind = condition.get("matchType")
    if kind not in ("name", "id", "property"):
        raise RequestError(f"matchType: expected name, id or property, not {excerpt(kind)}")
    return kind


def _property_conditions(conditions: Sequence[dict[str, object]]) -> tuple[PropertyCondition, ...]:
    read = [_property_condition(one) for one in conditions if _kind(one) == "property"]
    return tuple(condition for condition in read if condition.values)


def _property_condition(condition: dict[str, object]) -> PropertyCondition:
    if not isinstance(prop := condition.get("propertyId"), str):
        raise RequestError(f"propertyId: expected the id of a property, not {excerpt(prop)}")
    quantifier = condition.get("matchQuantifier") or "any"
    if quantifier not in _QUANTIFIERS:
        raise RequestError(f"matchQuantifier: expected any, all or none, not {excerpt(quantifier)}")
    values = value_texts(condition.get("propertyValue"), prop)
    return PropertyCondition(clean(prop), values, str(quantifier), condition.get("required") is True)
