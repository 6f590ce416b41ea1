"""The page of an agent: a person, a body, a meeting; what it made and published, and what is about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask import render_template

from nbkg.grouping import group_values
from nbkg.rdf.compact_iri import local_name
from nbkg.rdf.solutions import text
from sparql_endpoint.pages.library.description import read_description
from sparql_endpoint.pages.library.facts import facts_of
from sparql_endpoint.pages.library.identifiers import identifiers_of
from sparql_endpoint.pages.library.kinds import kind_of_agent
from sparql_endpoint.pages.library.list_parts import ListParts
from sparql_endpoint.pages.library.related_works import links_of
from sparql_endpoint.pages.library.shared_view import shared
from sparql_endpoint.pages.library.work_lists import Group, group_rows, work_lists
from sparql_endpoint.pages.resource.view import ResourceView
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import Labels
from sparql_endpoint.stores.base import Row, Term
from sparql_endpoint.stores.rows import among

_FACTS = {
    "bib_born": ("schema:birthDate",),
    "bib_died": ("schema:deathDate",),
    "bib_code": ("bf:code",),
}


def render(view: ResourceView) -> str:
    """Return the page of an agent."""
    agent, labels = view.iri, view.labels
    described = read_description([agent], labels.serving.store)
    parts = ListParts(labels.serving.store)
    named_in = group_values(
        (local_name(text(row, "property")), row) for row in parts.rows("pages/library/agent-things", "agent", agent)
    )
    published = parts.with_names(row["thing"] for row in named_in.get("provisionActivity", ()))
    groups = [
        *_contributed((row["part"] for row in named_in.get("contribution", ())), labels),
        Group("published", None, "bib_published", published),
        Group("about", None, "bib_about_agent", parts.named("pages/library/subject-works", "concept", agent)),
    ]
    return render_template(
        "library/agent.html",
        **shared(view, described, kind_of_agent(described.kinds(agent))),
        facts=facts_of(agent, _FACTS, described, labels),
        identifiers=identifiers_of(agent, described),
        same_as=links_of(agent, described),
        work_lists=work_lists(groups, agent, labels),
        part=parts.links(),
    )


def _contributed(contributions: Iterable[Term], labels: Labels) -> Sequence[Group]:
    """Return what an agent made, by role, the role with most things first; those without a role last."""
    nodes = list(dict.fromkeys(contributions))
    works = among(query("pages/library/agent-works"), "contribution", nodes)
    rows = labels.serving.store.select(works) if nodes else ()
    by_role = group_values((row.get("role"), row) for row in rows if not _is_of_hub_too(row))
    groups = [_of_role(role, of_role, labels) for role, of_role in by_role.items()]
    return sorted(groups, key=lambda group: (group.title is None, -len(group.names), group.key))


def _is_of_hub_too(row: Row) -> bool:
    """Return whether a contribution is that of the main entry to a work, whose hub has it too and is listed."""
    return text(row, "kind").endswith("/PrimaryContribution") and "/work/" in text(row, "thing")


def _of_role(role: Term | None, rows: Sequence[Row], labels: Labels) -> Group:
    if role is None:
        return Group("no-role", None, "bib_no_role", group_rows(rows))
    return Group(local_name(text(rows[0], "role")), labels.of(role), "", group_rows(rows))
