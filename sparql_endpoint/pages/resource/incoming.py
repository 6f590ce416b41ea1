"""What points at a thing, by property: a few of each on its page, all on pages of their own, in bounded time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from flask import Response, abort, request
from pyoxigraph import Literal, NamedNode

from sparql_endpoint.pages.frame.page import page
from sparql_endpoint.queries import part, query
from sparql_endpoint.services.labels import Label, Labels
from sparql_endpoint.stores.base import Row, Store, Term

MOST = 10_000
"""Statements that are counted and can be paged through; what is more is for SPARQL."""
_ALL = 200
"""Statements of which all are shown at once, in order."""
_FEW = 12
_GROUPS = 20
_PAGE = 100


@dataclass(frozen=True)
class Raw:
    """What points by one property: how many, whether there may be more, and the first of them."""

    property: NamedNode
    count: int
    more: bool
    subjects: Sequence[NamedNode]


@dataclass(frozen=True)
class Group:
    """The same as it is shown; `href` leads to all of them."""

    property: Label
    count: int
    more: bool
    subjects: Sequence[Label]
    href: str


def pointing(iri: NamedNode, store: Store) -> list[Raw]:
    """What points at the IRI, the properties with most of it first; no more than a page can show."""
    counts = {
        row["property"]: int(count.value)
        for row in store.select(query("reference-count"), {"iri": iri})
        if isinstance(count := row["count"], Literal)
    }
    more = sum(counts.values()) > MOST
    small = sum(counts.values()) <= _ALL
    rows = store.select(query("references"), {"iri": iri}) if small else ()
    ranked = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))[:_GROUPS]
    return [
        Raw(prop, count, more, _of(rows, prop) if small else _first(iri, prop, store))
        for prop, count in ranked
        if isinstance(prop, NamedNode)
    ]


def _of(rows: Sequence[Row], prop: Term) -> list[NamedNode]:
    return [node for row in rows if row["property"] == prop and isinstance(node := row["subject"], NamedNode)]


def _first(iri: NamedNode, prop: NamedNode, store: Store, size: int = _FEW, start: int = 0) -> list[NamedNode]:
    rows = store.select(part("references-by", size, start), {"iri": iri, "property": prop})
    return _of(rows, prop)


def groups(iri: NamedNode, found: Sequence[Raw], labels: Labels) -> list[Group]:
    """As they are shown, in the order of their names where all are there."""
    subjects = [[labels.of(node) for node in raw.subjects[:_FEW]] for raw in found]
    properties = [labels.of(raw.property) for raw in found]
    return [
        Group(
            prop,
            raw.count,
            raw.more,
            sorted(few, key=lambda label: label.text.casefold()),
            _address(iri, raw.property, labels) if raw.count > _FEW else "",
        )
        for raw, prop, few in zip(found, properties, subjects, strict=True)
    ]


def _address(iri: NamedNode, prop: NamedNode, labels: Labels) -> str:
    return f"{labels.addresses.own_page(iri.value)}&incoming={quote(prop.value, safe='')}"


def listed(iri: NamedNode, prop: str, labels: Labels) -> Response:
    """A page of all that points at the IRI by a property. 404 for a page that is not there."""
    store, number = labels.serving.store, request.args.get("page", 1, type=int)
    if not 1 <= number <= MOST // _PAGE:
        abort(404)
    node = NamedNode(prop)
    nodes = _first(iri, node, store, _PAGE + 1, _PAGE * (number - 1))
    return page(
        "incoming.html",
        iri=iri.value,
        name=labels.of(iri),
        property=labels.of(node),
        subjects=[labels.of(subject) for subject in nodes[:_PAGE]],
        start=_PAGE * (number - 1) + 1,
        number=number,
        more=len(nodes) > _PAGE,
        last=MOST // _PAGE,
        address=_address(iri, node, labels),
    )
