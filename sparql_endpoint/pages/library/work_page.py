"""The page of a work, an expression in the sense of RDA: who made it, what it is about, and all its instances."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template
from pyoxigraph import NamedNode

from sparql_endpoint.pages.library.contributions import contributions_of
from sparql_endpoint.pages.library.description import Description, read_description
from sparql_endpoint.pages.library.editions import read_editions
from sparql_endpoint.pages.library.facts import WORK_FACTS, facts_of, languages_of
from sparql_endpoint.pages.library.hub_page import other_expressions
from sparql_endpoint.pages.library.identifiers import identifiers_of
from sparql_endpoint.pages.library.kinds import kind_of_work
from sparql_endpoint.pages.library.label_lists import labels_of
from sparql_endpoint.pages.library.related_works import links_of, relations_from, relations_to
from sparql_endpoint.pages.library.shared_view import shared, values_of
from sparql_endpoint.pages.library.titles import titles_of
from sparql_endpoint.pages.resource.view import ResourceView
from sparql_endpoint.services.labels import Label, Labels


def render(view: ResourceView) -> str:
    """Return the page of a work."""
    work, labels = view.iri, view.labels
    hubs = values_of(view, "bf:expressionOf")
    described = read_description([work, *hubs], labels.serving.store)
    editions = read_editions([work], labels)
    is_part = any(one.hosts for one in editions)
    return render_template(
        "library/work.html",
        **shared(view, described, kind_of_work(described.kinds(work), is_part=is_part)),
        hubs=labels_of(hubs, labels),
        titles=titles_of(work, described),
        contributions=contributions_of([work, *hubs], described, labels),
        facts=[*languages_of(work, described, labels), *facts_of(work, WORK_FACTS, described, labels)],
        subjects=subjects_of(work, described, labels),
        identifiers=identifiers_of(work, described),
        same_as=links_of(work, described),
        editions=editions,
        others=[each for hub in hubs for each in other_expressions(hub, work, labels)],
        relations=[*relations_from(work, described, labels), *relations_to(work, labels)],
    )


def subjects_of(work: NamedNode, described: Description, labels: Labels) -> Sequence[Label]:
    """Return the subjects of a work: agents, works, places, times and topics alike."""
    return labels_of(described.values(work, "bf:subject"), labels)
