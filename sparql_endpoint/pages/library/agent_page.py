"""The page of an agent: a person, a body, a meeting; what it made and published, and what is about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask import render_template

from nbkg.grouping import group_values
from nbkg.rdf.compact_iri import local_name
from nbkg.rdf.solutions import text
from sparql_endpoint.pages.library.agent_decades import decades_of
from sparql_endpoint.pages.library.crosswalk_page import identifier_lines
from sparql_endpoint.pages.library.description import read_description
from sparql_endpoint.pages.library.facts import Fact, facts_of
from sparql_endpoint.pages.library.identifiers import identifiers_of
from sparql_endpoint.pages.library.kinds import kind_of_agent
from sparql_endpoint.pages.library.list_parts import ListParts
from sparql_endpoint.pages.library.related_works import links_of
from sparql_endpoint.pages.library.seen_identifiers import seen_identifiers
from sparql_endpoint.pages.library.shared_identity import sharing_identifiers, sharing_names
from sparql_endpoint.pages.library.shared_view import shared
from sparql_endpoint.pages.library.work_lists import Group, group_rows, work_lists
from sparql_endpoint.pages.resource.view import ResourceView
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import Label, Labels
from sparql_endpoint.stores.base import Row, Term
from sparql_endpoint.stores.rows import among

_FACTS = {
    "bib_born": ("schema:birthDate",),
    "bib_died": ("schema:deathDate",),
    "agent_dates": ("bf:date",),
    "agent_other_names": ("skos:altLabel", "mads:fullerName"),
    "agent_occupation": ("mads:occupation", "mads:fieldOfActivity"),
    "agent_places": ("mads:birthPlace", "mads:deathPlace", "schema:homeLocation", "mads:associatedLocale"),
    "bib_language": ("mads:associatedLanguage",),
    "agent_founded": ("mads:establishDate",),
    "agent_ended": ("mads:terminateDate",),
    "agent_earlier": ("mads:hasEarlierEstablishedForm",),
    "agent_later": ("mads:hasLaterEstablishedForm",),
    "agent_parent": ("mads:hasCorporateParentAuthority",),
    "agent_related": ("mads:hasRelatedAuthority",),
    "bib_notes": ("skos:note", "skos:historyNote"),
    "agent_sources": ("mads:hasSource",),
    "bib_code": ("bf:code",),
}
_NAMES_OF_SEVERAL = {"mads:PersonalName", "mads:CorporateName", "mads:ConferenceName"}
"""What an agent is of which only the name is known, since several have it."""
_LIFE = ("bib_born", "bib_died")


def render(view: ResourceView) -> str:
    """Return the page of an agent."""
    agent, labels = view.iri, view.labels
    described = read_description([agent], labels.serving.store)
    parts = ListParts(labels.serving.store)
    named_in = group_values(
        (local_name(text(row, "property")), row) for row in parts.rows("pages/library/agent-things", "agent", agent)
    )
    published = parts.with_names(row["thing"] for row in named_in.get("provisionActivity", ()))
    seen = seen_identifiers([agent], labels.serving.store)[agent]
    groups = [
        *_contributed((row["part"] for row in named_in.get("contribution", ())), labels),
        Group("published", None, "bib_published", published),
        Group("about", None, "bib_about_agent", parts.named("pages/library/subject-works", "concept", agent)),
    ]
    return render_template(
        "library/agent.html",
        **shared(view, described, kind_of_agent(described.kinds(agent))),
        facts=_exact(facts_of(agent, _FACTS, described, labels)),
        identifiers=[] if seen else identifiers_of(agent, described),
        seen=identifier_lines(seen, labels),
        same_as=[iri for iri in links_of(agent, described) if iri not in {one.iri for one in seen}],
        decades=decades_of(agent, labels.serving.store),
        sharing={
            "agent_same_identifier": sharing_identifiers(agent, seen, labels),
            "agent_same_name": sharing_names(agent, described, labels),
        },
        is_undifferentiated=bool(described.kinds(agent) & _NAMES_OF_SEVERAL),
        work_lists=work_lists(groups, agent, labels),
        part=parts.links(),
    )


def _exact(facts: Sequence[Fact]) -> Sequence[Fact]:
    """Return facts without a year of birth or death where the day is known, and without the years of life again."""
    is_dated = any(fact.word in _LIFE for fact in facts)
    shorter = (
        fact if fact.word not in _LIFE else Fact(fact.word, [each for each in fact.values if not _is_start(each, fact)])
        for fact in facts
    )
    return [fact for fact in shorter if not (is_dated and fact.word == "agent_dates")]


def _is_start(value: Label, fact: Fact) -> bool:
    return any(other.text != value.text and other.text.startswith(value.text) for other in fact.values)


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
