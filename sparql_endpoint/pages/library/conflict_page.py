"""The page of one conflict of links: the things, the links with where each is stated, and what to do."""

from __future__ import annotations

from collections.abc import Mapping

from flask import render_template

from sparql_endpoint.pages.library.conflict_facts import LINK_COLUMNS, read_advice, read_links
from sparql_endpoint.pages.library.description import read_description
from sparql_endpoint.pages.library.shared_view import shared, values_of
from sparql_endpoint.pages.library.titles import Written
from sparql_endpoint.pages.resource.view import ResourceView
from sparql_endpoint.services.labels import Label, Labels
from sparql_endpoint.stores.base import Row

_NBKG = "https://w3id.org/nbkg/ns#"


def render(view: ResourceView) -> str:
    """Return the page of a conflict."""
    conflict, labels = view.iri, view.labels
    facts = read_links([conflict], labels.serving.store)
    kinds = values_of(view, f"{_NBKG}conflictKind")
    return render_template(
        "library/conflict.html",
        **{**shared(view, read_description([conflict], labels.serving.store), "conflict_one"), **_heading(view)},
        advice=list(read_advice(kinds, labels).values()),
        involved=[labels.of(one) for one in facts.involved.get(conflict, ())],
        instead=[labels.of(one) for one in facts.instead.get(conflict, ())],
        meets_in=[labels.of(one) for one in values_of(view, f"{_NBKG}meetsIn")],
        links=[link_labels(row, labels) for row in facts.links.get(conflict, ())],
    )


def _heading(view: ResourceView) -> Mapping[str, object]:
    """Return the name in the language of the page alone; a conflict is nothing that schema.org or BIBFRAME knows."""
    name = view.labels.of(view.iri)
    return {"heading": Written(name.text, name.language or ""), "other_names": (), "json_addresses": {}}


def link_labels(row: Row, labels: Labels) -> Mapping[str, Label]:
    """Return the labels of the parts of a link."""
    return {name: labels.of(row[name]) for name in LINK_COLUMNS if name in row}
