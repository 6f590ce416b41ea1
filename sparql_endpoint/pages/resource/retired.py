"""The page of an IRI that is no more: since when, why, and what is in its place."""

from __future__ import annotations

from flask import render_template
from pyoxigraph import NamedNode

from sparql_endpoint.pages.frame.provenance import best
from sparql_endpoint.services.labels import Display
from sparql_endpoint.services.tombstones import Retirement


def html(iri: NamedNode, ended: Retirement, display: Display) -> str:
    """The page."""
    display.learn([iri, *ended.successors])
    return render_template(
        "retired.html",
        iri=iri.value,
        name=display.show(iri),
        when=ended.when,
        why=[display.show(text) for text in best(ended.why, display.language)],
        successors=[display.show(node) for node in ended.successors],
    )
