"""The page of a subject, a genre, a place or a time: its names in both norms, its vocabulary, and its works."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template
from pyoxigraph import NamedNode

from nbkg.grouping import group_values
from nbkg.rdf.solutions import text
from sparql_endpoint.pages.library.description import read_description
from sparql_endpoint.pages.library.facts import Fact
from sparql_endpoint.pages.library.identifiers import identifiers_of
from sparql_endpoint.pages.library.kinds import kind_of_subject
from sparql_endpoint.pages.library.label_lists import sorted_labels
from sparql_endpoint.pages.library.list_parts import ListParts
from sparql_endpoint.pages.library.related_works import links_of
from sparql_endpoint.pages.library.shared_view import shared
from sparql_endpoint.pages.library.work_lists import Group, work_lists
from sparql_endpoint.pages.resource.view import ResourceView
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import Labels


def render(view: ResourceView) -> str:
    """Return the page of a subject."""
    concept, labels = view.iri, view.labels
    described = read_description([concept], labels.serving.store)
    parts = ListParts(labels.serving.store)
    about = parts.named("pages/library/subject-works", "concept", concept)
    published = parts.named("pages/library/published", "concept", concept)
    groups = [
        Group("works", None, "bib_works_with_subject", about),
        Group("published", None, "bib_published_here", published),
    ]
    return render_template(
        "library/subject.html",
        **shared(view, described, kind_of_subject(described.kinds(concept))),
        facts=_facts(concept, labels),
        identifiers=identifiers_of(concept, described),
        same_as=links_of(concept, described),
        work_lists=work_lists(groups, concept, labels),
        part=parts.links(),
    )


def _facts(concept: NamedNode, labels: Labels) -> Sequence[Fact]:
    rows = labels.serving.store.select(query("pages/library/concept"), {"concept": concept})
    by_word = group_values((text(row, "word"), row["value"]) for row in rows)
    return [Fact(word, sorted_labels(values, labels)) for word, values in sorted(by_word.items())]
