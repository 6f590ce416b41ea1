"""Works that a record names by an author and a title, or by a title alone, and how they are related to its own work."""

from __future__ import annotations

import re

from loader.marc.fields.field_rule import Heading
from loader.marc.fields.name_headings import NAME_CODES, numbers_of, omit_unused, write_agent, write_number
from loader.marc.fields.projection import Projection, Subfields, part
from loader.marc.fields.relators import write_roles
from loader.marc.fields.terms import BF, ID, LABEL, RDA, A
from loader.marc.fields.title_nodes import title_key, write_hub_title
from loader.marc.identity.authority_numbers import AuthorityNumber
from loader.marc.values.heading_keys import hashed
from loader.marc.values.isbd import without_end_mark
from loader.marc.values.literals import address, literal

TRANSLATED = re.compile(
    r"^(?:oversettelse av|omsetjing av|translation of|oversatt fra|oversättning av|oversættelse af)\b", re.I
)


def hub_node(agent: str, title: Subfields, number: AuthorityNumber | None, into: Projection) -> str:
    """Return the node of a work that is named by an agent (or none) and a title.

    A title that many works have, or one without an agent, names a work of this record only.
    """
    if number is not None:
        return f"{ID}hub/{number.key}>"
    key = title_key(title)
    if not agent or key in into.profile.generic_titles or any(code == "k" for code, _value in title):
        return into.scoped("hub", hashed(into.identity.record_key, agent, key))
    return into.scoped("hub", hashed(agent, key))


def write_related_work(heading: Heading, name: Subfields, title: Subfields, into: Projection) -> None:
    """Write a work that a field with a title names, its author, and its relation to the work of the record."""
    numbers = numbers_of(heading, into)
    omit_unused(heading, name, f"{NAME_CODES.get(heading.tag[1:], '')}e4016i", into)
    omit_unused(heading, title, "atnpke40126i", into)
    are_of_work = into.profile.name_title_number == "work" or not name
    agent = write_agent(heading, name, [] if are_of_work else numbers, into) if name else ""
    best = next((number for number in numbers if number.scheme), None) if are_of_work else None
    hub = hub_node(agent, title, best, into)
    add = into.triples.append
    add(f"{hub} {A} {BF}Hub>")
    add(f"{hub} {A} {RDA}C10001>")
    write_hub_title(hub, heading, title, into)
    if are_of_work:
        for number in numbers:
            write_number(hub, number, into)
    if agent:
        contribution = part(hub, f"contribution-{hashed(agent)}")
        add(f"{hub} {BF}contribution> {contribution}")
        add(f"{contribution} {A} {BF}Contribution>")
        add(f"{contribution} {BF}agent> {agent}")
        write_roles(contribution, name, "e", into)
    _write_relation(heading, title, hub, into)


def _write_relation(heading: Heading, title: Subfields, hub: str, into: Projection) -> None:
    words = [without_end_mark(text) for text in heading.all("i")]
    if hub == into.identity.hub:
        for word in words:
            into.omit(heading.tag, "i", "is-own-hub", word)
        return
    relations = _relations(heading, title, into)
    if name := _relation_name(heading, words, relations):
        into.triples.append(f"{into.identity.work} {BF}{name}> {hub}")
    if words or relations:
        _write_named_relation(hub, words, relations, into)


def _relation_name(heading: Heading, words: list[str], relations: list[str]) -> str:
    """Return the property that relates the work of the record to another one; words say what they mean themselves."""
    if heading.ind2 == "2":
        return "hasPart"
    if any(TRANSLATED.match(word) for word in words):
        return "translationOf"
    return "" if words or relations else "relatedTo"


def _relations(heading: Heading, title: Subfields, into: Projection) -> list[str]:
    """Return the IRIs in $4 after a title, which are relations between works; a code there is not mapped."""
    relations = []
    for code, value in title:
        iri = address(value) if code == "4" else ""
        if iri:
            relations.append(iri)
        elif code in "e4":
            into.omit(heading.tag, code, "no-subfield-rule", value)
    return relations


def _write_named_relation(hub: str, words: list[str], relations: list[str], into: Projection) -> None:
    work, add = into.identity.work, into.triples.append
    relation = part(work, f"relation-{hashed(hub)}")
    add(f"{work} {BF}relation> {relation}")
    add(f"{relation} {A} {BF}Relation>")
    add(f"{relation} {BF}associatedResource> {hub}")
    for iri in relations:
        add(f"{relation} {BF}relationship> {iri}")
    for word in words:
        node = into.scoped("concept/relationship", hashed(word.lower()))
        add(f"{relation} {BF}relationship> {node}")
        add(f"{node} {A} {BF}Relationship>")
        add(f"{node} {LABEL} {literal(word)}")
