"""What points at a resource, by property: a few of each on its page, all on pages of their own, in bounded time."""

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

MAX_COUNT = 10_000
"""Statements that are counted and can be paged through; what is more is for SPARQL."""
_MAX_SORTED = 200
"""Statements that are all read at once, in order."""
_FEW = 12
"""Subjects of one property on the page of a resource."""
_MAX_GROUPS = 20
_PAGE_SIZE = 100


@dataclass(frozen=True)
class Incoming:
    """The statements that point by one property: how many, whether there may be more, and the first subjects."""

    property: NamedNode
    count: int
    more: bool
    subjects: Sequence[NamedNode]


@dataclass(frozen=True)
class IncomingGroup:
    """The same with labels; `href` leads to the list of all."""

    property: Label
    count: int
    more: bool
    subjects: Sequence[Label]
    href: str


def read_incoming(iri: NamedNode, store: Store) -> Sequence[Incoming]:
    """Return what points at an IRI, the properties with most of it first; no more than a page can show."""
    counts = {
        row["property"]: int(count.value)
        for row in store.select(query("reference-count"), {"iri": iri})
        if isinstance(count := row["count"], Literal)
    }
    more = sum(counts.values()) > MAX_COUNT
    small = sum(counts.values()) <= _MAX_SORTED
    rows = store.select(query("references"), {"iri": iri}) if small else ()
    ranked = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))[:_MAX_GROUPS]
    return [
        Incoming(prop, count, more, _subjects(rows, prop) if small else _read_subjects(iri, prop, store))
        for prop, count in ranked
        if isinstance(prop, NamedNode)
    ]


def _subjects(rows: Sequence[Row], prop: Term) -> list[NamedNode]:
    return [node for row in rows if row["property"] == prop and isinstance(node := row["subject"], NamedNode)]


def _read_subjects(
    iri: NamedNode, prop: NamedNode, store: Store, size: int = _FEW, start: int = 0
) -> Sequence[NamedNode]:
    rows = store.select(part("references-by", size, start), {"iri": iri, "property": prop})
    return _subjects(rows, prop)


def groups(iri: NamedNode, incoming: Sequence[Incoming], labels: Labels) -> Sequence[IncomingGroup]:
    """Return what points at an IRI with labels, the first subjects of each property in alphabetical order."""
    with_labels = [
        (one, labels.of(one.property), [labels.of(node) for node in one.subjects[:_FEW]]) for one in incoming
    ]
    return [
        IncomingGroup(
            prop,
            one.count,
            one.more,
            sorted(subjects, key=lambda label: label.text.casefold()),
            _address(iri, one.property, labels) if one.count > _FEW else "",
        )
        for one, prop, subjects in with_labels
    ]


def _address(iri: NamedNode, prop: NamedNode, labels: Labels) -> str:
    return f"{labels.addresses.own_page(iri.value)}&incoming={quote(prop.value, safe='')}"


def list_page(iri: NamedNode, prop: NamedNode, labels: Labels) -> Response:
    """Return a page of the list of all that points at an IRI by a property. 404 for a page that does not exist."""
    store, number = labels.serving.store, request.args.get("page", 1, type=int)
    if not 1 <= number <= MAX_COUNT // _PAGE_SIZE:
        abort(404)
    nodes = _read_subjects(iri, prop, store, _PAGE_SIZE + 1, _PAGE_SIZE * (number - 1))
    return page(
        "incoming.html",
        iri=iri.value,
        name=labels.of(iri),
        property=labels.of(prop),
        subjects=[labels.of(subject) for subject in nodes[:_PAGE_SIZE]],
        start=_PAGE_SIZE * (number - 1) + 1,
        number=number,
        more=len(nodes) > _PAGE_SIZE,
        last=MAX_COUNT // _PAGE_SIZE,
        address=_address(iri, prop, labels),
    )
