"""The page of a hub, the work in the sense of RDA: its author, its expressions by language, and what is made of it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template
from pyoxigraph import NamedNode

from sparql_endpoint.pages.library.contributions import contributions_of
from sparql_endpoint.pages.library.description import read_description
from sparql_endpoint.pages.library.expressions import Expression, read_expressions
from sparql_endpoint.pages.library.facts import WORK_FACTS, facts_of
from sparql_endpoint.pages.library.identifiers import identifiers_of
from sparql_endpoint.pages.library.related_works import links_of, relations_from, relations_to
from sparql_endpoint.pages.library.shared_view import shared
from sparql_endpoint.pages.library.titles import titles_of
from sparql_endpoint.pages.resource.view import ResourceView
from sparql_endpoint.services.labels import Label, Labels


def render(view: ResourceView) -> str:
    """Return the page of a hub."""
    hub, labels = view.iri, view.labels
    described = read_description([hub], labels.serving.store)
    groups = read_expressions(hub, labels)
    return render_template(
        "library/hub.html",
        **shared(view, described, "bib_hub"),
        titles=titles_of(hub, described),
        contributions=contributions_of([hub], described, labels),
        facts=facts_of(hub, WORK_FACTS, described, labels),
        identifiers=identifiers_of(hub, described),
        same_as=links_of(hub, described),
        groups=groups,
        editions=sum(len(one.editions) for group in groups for one in group.expressions),
        relations=[*relations_from(hub, described, labels), *relations_to(hub, labels)],
    )


def other_expressions(
    hub: NamedNode, work: NamedNode, labels: Labels
) -> Sequence[tuple[Sequence[Label], Sequence[Expression]]]:
    """Return the expressions of a hub besides one of its works, by language."""
    groups = read_expressions(hub, labels)
    return [
        (group.languages, others)
        for group in groups
        if (others := [one for one in group.expressions if one.iri != work])
    ]
