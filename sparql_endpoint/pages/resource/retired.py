"""The page of an IRI that was withdrawn or merged: since when, why, and what is in its place."""

from __future__ import annotations

from flask import render_template
from pyoxigraph import NamedNode

from nbkg.rdf.label_choice import in_best_language
from sparql_endpoint.services.labels import Labels
from sparql_endpoint.services.tombstones import Tombstone


def render(iri: NamedNode, tombstone: Tombstone, labels: Labels) -> str:
    """Return the page of a tombstone."""
    return render_template(
        "retired.html",
        iri=iri.value,
        name=labels.of(iri),
        when=tombstone.when,
        why=[labels.of(text) for text in in_best_language(tombstone.why, labels.language)],
        successors=[labels.of(node) for node in tombstone.successors],
        candidates=[labels.of(node) for node in tombstone.candidates],
    )
