"""The page of an IRI that is no more: since when, why, and what is in its place."""

from __future__ import annotations

from flask import render_template
from pyoxigraph import NamedNode

from nbkg.rdf.label_choice import in_best_language
from sparql_endpoint.services.labels import Labels
from sparql_endpoint.services.tombstones import Retirement


def html(iri: NamedNode, ended: Retirement, labels: Labels) -> str:
    """The page."""
    return render_template(
        "retired.html",
        iri=iri.value,
        name=labels.of(iri),
        when=ended.when,
        why=[labels.of(text) for text in in_best_language(ended.why, labels.language)],
        successors=[labels.of(node) for node in ended.successors],
    )
