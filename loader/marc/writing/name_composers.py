"""Names (100–111, 700–711, 720) and related works (700–730, 740): contributions and relations, read backwards.

https://www.loc.gov/marc/bibliographic/bd1xx.html, https://www.loc.gov/marc/bibliographic/bd70x75x.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from loader.marc.writing.authority_subfields import authority_numbers, number_of
from loader.marc.writing.catalogue_graph import GraphNode
from loader.marc.writing.composed_fields import each, make_fields
from loader.marc.writing.composer import Composer, RecordComposing
from loader.marc.writing.heading_parts import Parts, body_parts, meeting_parts, person_parts
from loader.marc.writing.local_composers import own_parts_of_heading
from loader.marc.writing.title_parts import hub_title, is_same_title
from nbkg.records.record import MarcField

_NO_BLANK = re.compile(r",\S")
_BODIES = ("Organization", "Jurisdiction", "Agent")
_RELATIONS = ("hasPart", "translationOf", "relatedTo")


def agent_kind(agent: GraphNode) -> str:
    """Return the last two digits of the tag of an agent: 00 for persons, 10 for bodies, 11 for meetings."""
    if agent.is_a("Meeting"):
        return "11"
    return "00" if agent.is_a("Person", "Family") or not agent.is_a(*_BODIES) else "10"


def name_parts(agent: GraphNode, composing: RecordComposing) -> Parts:
    """Return the subfields of the name of an agent."""
    label = _label(agent)
    return parts_of_label(label, agent_kind(agent), composing) if label else []


def parts_of_label(label: str, kind: str, composing: RecordComposing) -> Parts:
    """Return the subfields of a name; `kind` is how the tags of its headings end."""
    if kind == "00":
        return person_parts(label, has_joined_initials=composing.nodes.profile.practice.has_joined_initials)
    return meeting_parts(label) if kind == "11" else body_parts(label)


def _label(agent: GraphNode) -> str:
    """Return the shortest label of an agent, of one with a year of birth or death the shortest that has the year.

    Records of one graph may have called the same agent by more or fewer words, and without blanks after commas.
    """
    years = [year[:4] for name in ("schema:birthDate", "schema:deathDate") for year in agent.values(name)]
    labels = sorted(agent.texts("rdfs:label"), key=lambda label: (bool(_NO_BLANK.search(label)), len(label), label))
    dated = [label for label in labels if any(year in label for year in years)]
    return next(iter([*dated, *labels]), "")


def name_indicator(agent: GraphNode, parts: Parts) -> str:
    """Return the first indicator of a heading for an agent."""
    if agent_kind(agent) != "00":
        return "1" if agent.is_a("Jurisdiction") else "2"
    if agent.is_a("Family"):
        return "3"
    return "1" if parts and "," in parts[0][1] else "0"


def role_parts(contribution: GraphNode, agent: GraphNode, composing: RecordComposing) -> Parts:
    """Return the roles of a contribution: words as they are recorded, and the codes that no word says."""
    words = contribution.values("rdfs:label")
    named_by_words = {composing.nodes.profile.relators.get(word.lower().rstrip(".")) for word in words}
    parts = [part for role in contribution.nodes("role") for part in _role_part(role)]
    code = "j" if agent_kind(agent) == "11" else "e"
    named = [("4", text) if kind == "4" else (code, text) for kind, text in parts if text not in named_by_words]
    return [*each(code, words), *sorted(named, reverse=True)]


def _role_part(role: GraphNode) -> Parts:
    """Return a role as a code, as words, or as an IRI."""
    if code := _role_code(role):
        return [("4", code)]
    return each("e", role.values("rdfs:label")) or [("4", role.iri)]


def _role_code(role: GraphNode) -> str:
    folder, _mark, code = role.iri.rpartition("/relators/")
    return code if folder else role.value("code")


def _name_field(block: str, contribution: GraphNode, composing: RecordComposing) -> list[MarcField]:
    agent = contribution.node("agent")
    parts = name_parts(agent, composing)
    if not parts:
        return []
    tag = f"{block}{agent_kind(agent)}"
    subfields = [
        *each("3", contribution.texts("part")),
        *parts,
        *role_parts(contribution, agent, composing),
        *authority_numbers(agent, composing.forms),
        *own_parts_of_heading(tag, agent, composing.nodes.profile),
    ]
    return make_fields(tag, f"{name_indicator(agent, parts)} ", subfields)


def _contributions(composing: RecordComposing) -> list[GraphNode]:
    nodes = composing.nodes
    return [*nodes.work.nodes("contribution"), *nodes.instance.nodes("contribution")]


def compose_main_entry(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield the main entry (1XX); of several primary contributions the first is it."""
    primary = [node for node in _contributions(composing) if node.is_a("PrimaryContribution")]
    for contribution in primary[:1]:
        yield from _name_field("1", contribution, composing)


def compose_added_names(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield an added entry (7XX) for each other contribution; 720 for an agent that only this record knows."""
    primary = [node for node in _contributions(composing) if node.is_a("PrimaryContribution")]
    for contribution in _contributions(composing):
        if contribution not in primary[:1]:
            yield from _name_field("7", contribution, composing)


def compose_related_works(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield an added entry for each work that the work of the record is related to: by author and title, or title."""
    for target, (name, relation) in _related(composing.nodes.work).items():
        hub = target if target.is_a("Hub") else target.node("expressionOf")
        if hub and target.is_a("Hub", "Work") and not target.values("identifiedBy"):
            yield from _related_work(hub, target, (name, relation), composing)


Relation = tuple[str, GraphNode]
"""The property that leads to another work (or an empty text), and the node of the relation, if there is one."""


def _related(work: GraphNode) -> dict[GraphNode, Relation]:
    """Return the works to which a property or a relation leads."""
    nothing = GraphNode(work.graph)
    relations = {relation.node("associatedResource"): ("", relation) for relation in work.nodes("relation")}
    named = {node: (name, relations.get(node, ("", nothing))[1]) for name in _RELATIONS for node in work.nodes(name)}
    return {**relations, **named}


def _related_work(hub: GraphNode, target: GraphNode, relation: Relation, composing: RecordComposing) -> list[MarcField]:
    second = "2" if relation[0] == "hasPart" else " "
    numbers = [("x", number.value("rdf:value")) for number in hub.nodes("identifiedBy") if number.is_a("Issn")]
    lead, title = _words_of_relation(relation[1]), hub_title(hub, target)
    agent = hub.node("contribution").node("agent")
    if not agent:
        return _title_field(hub, second, [*lead, *title, *numbers], composing)
    parts = name_parts(agent, composing)
    subfields = [
        *lead,
        *parts,
        *role_parts(hub.node("contribution"), agent, composing),
        *as_title_of_name(title),
        *numbers,
        *_number_of_work(hub, agent, composing),
    ]
    return make_fields(f"7{agent_kind(agent)}", name_indicator(agent, parts) + second, subfields)


def _words_of_relation(relation: GraphNode) -> Parts:
    words = [word for node in relation.nodes("relationship") for word in node.values("rdfs:label")]
    return [*each("i", words), *each("3", relation.texts("part"))]


def as_title_of_name(title: Parts) -> Parts:
    """Return a title as it stands after a name, where $a is $t."""
    return [("t", text) if code == "a" else (code, text) for code, text in title]


def _number_of_work(hub: GraphNode, agent: GraphNode, composing: RecordComposing) -> Parts:
    """Return the numbers of a work, or of its author where the work has none."""
    return authority_numbers(hub if number_of(hub)[0] else agent, composing.forms)


def _title_field(hub: GraphNode, second: str, title: Parts, composing: RecordComposing) -> list[MarcField]:
    """Return 730 for a title that an authority file or a version makes a work, else 740."""
    numbers = authority_numbers(hub, composing.forms)
    is_uniform = bool(numbers) or any(code not in "anp" for code, _value in title)
    return make_fields("730" if is_uniform else "740", f"0{second}", [*title, *numbers])


def compose_uniform_title(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 240, or 130 where there is no main entry: the title of the work where it is not that of the instance."""
    nodes = composing.nodes
    if nodes.hub in nodes.work.nodes("translationOf") or is_same_title(nodes.hub, nodes.work, nodes.instance):
        return
    numbers = authority_numbers(nodes.hub, composing.forms) if number_of(nodes.hub)[0] else []
    title = hub_title(nodes.hub, nodes.work)
    has_author = any(node.is_a("PrimaryContribution") for node in _contributions(composing))
    yield from make_fields("240" if has_author else "130", "10" if has_author else "0 ", [*title, *numbers])


COMPOSERS = (
    Composer(compose_main_entry, is_paired=True),
    Composer(compose_added_names, is_paired=True),
    Composer(compose_related_works, is_paired=True),
    Composer(compose_uniform_title, is_paired=True),
)
