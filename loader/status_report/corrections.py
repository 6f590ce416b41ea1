"""Corrections of misreadings: dated statements in `data/curated/corrections.ttl`, applied to a report's graph."""

from __future__ import annotations

from rdflib import Graph, URIRef

from loader.errors import CuratedError
from loader.namespaces import NBKG, PROV, RDF, RDFS


def correct(graph: Graph, curated: Graph) -> None:
    """Apply to a report's graph, in place, the corrections that concern it.

    Raises CuratedError for a correction without a reason, or whose old value the report's graph does not hold.
    """
    for correction in sorted(curated.subjects(RDF.type, NBKG.Correction), key=str):
        subject = curated.value(correction, NBKG.corrects)
        if (subject, None, None) in graph:
            _apply(graph, curated, URIRef(str(correction)), URIRef(str(subject)))


def _apply(graph: Graph, curated: Graph, correction: URIRef, subject: URIRef) -> None:
    prop = curated.value(correction, NBKG.onProperty)
    old, new = curated.value(correction, NBKG.replaces), curated.value(correction, NBKG.replacement)
    if not isinstance(prop, URIRef) or curated.value(correction, RDFS.comment) is None or (old is None and new is None):
        raise CuratedError(
            f"<{correction}> needs nbkg:onProperty, a reason (rdfs:comment), and nbkg:replaces or nbkg:replacement",
            file="corrections.ttl",
        )
    if old is not None and (subject, prop, old) not in graph:
        raise CuratedError(
            f"<{correction}> replaces {old.n3()}, which <{subject}> does not have; is it out of date?",
            file="corrections.ttl",
        )
    if old is not None:
        graph.remove((subject, prop, old))
    if new is not None:
        graph.add((subject, prop, new))
    graph.add((subject, PROV.wasInfluencedBy, correction))
