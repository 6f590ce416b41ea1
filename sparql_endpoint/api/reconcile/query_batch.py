"""The queries of version 0.2: a batch by the client's keys, and a single one as version 0.1 has it.

Reconciliation API 0.2, section 4, "Structure of a Reconciliation Query". A query that cannot be understood is the error
of its key alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import chain

from sparql_endpoint.api.reconcile.json_text import clean, excerpt, read_object
from sparql_endpoint.api.reconcile.property_values import value_texts
from sparql_endpoint.api.reconcile.reconciliation_query import (
    PropertyCondition,
    ReconciliationQuery,
    read_limit,
    read_name,
    read_objects,
    read_types,
)
from sparql_endpoint.errors import RequestError, TooLargeError

MOST_QUERIES = 1_000
"""Queries of a batch."""
Parsed = ReconciliationQuery | RequestError


def read_batch(text: str) -> Mapping[str, Parsed]:
    """Return the queries of a batch, or what is wrong with them, by their keys.

    Raises RequestError where the text is no batch, TooLargeError for more queries than a batch may have.
    """
    batch = read_object(text, "queries")
    check_size(len(batch))
    return {key: parse_query(query) for key, query in batch.items()}


def check_size(queries: int) -> None:
    """Raise TooLargeError for more queries than a batch may have."""
    if queries > MOST_QUERIES:
        raise TooLargeError(f"queries: the batch has {queries}; send {MOST_QUERIES} at a time at most")


def read_single(text: str) -> ReconciliationQuery:
    """Return the query of version 0.1: an object, or a name alone. Raises RequestError."""
    if text.lstrip().startswith("{"):
        return read_query(read_object(text, "query"))
    return read_query({"query": text})


def parse_query(value: object) -> Parsed:
    """Return a query of version 0.2, or what is wrong with it."""
    try:
        return read_query(value)
    except RequestError as error:
        return error


def read_query(value: object) -> ReconciliationQuery:
    """Return a query of version 0.2. Raises RequestError."""
    if not isinstance(value, dict):
        raise RequestError(f"expected an object with query or properties, not {excerpt(value)}")
    name, conditions = read_name(value.get("query")), _conditions(value.get("properties"))
    if not name and not conditions:
        raise RequestError("there is neither a name in query nor a value in properties")
    return ReconciliationQuery(
        names=(name,) if name else (),
        types=read_types(value.get("type")),
        has_all_types=value.get("type_strict") == "all",
        conditions=conditions,
        limit=read_limit(value.get("limit")),
    )


def _conditions(value: object) -> tuple[PropertyCondition, ...]:
    """Return the conditions that have values; those of one property become one (a client that sends rows does so)."""
    values = defaultdict[str, list[tuple[str, ...]]](list)
    for item in read_objects(value, "properties"):
        if "pid" not in item:
            raise RequestError(f"properties: {excerpt(item)} has no pid")
        prop = clean(str(item["pid"]))
        values[prop].append(value_texts(item.get("v"), prop))
    joined = {prop: tuple(dict.fromkeys(chain.from_iterable(several))) for prop, several in values.items()}
    return tuple(PropertyCondition(prop, texts) for prop, texts in joined.items() if texts)
