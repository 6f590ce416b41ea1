"""Works that a record names by an author and a title, or by a title alone, and how they are related to its own work."""

from __future__ import annotations

import re

from loader.marc.fields.field_rule import Heading
from loader.marc.fields.name_headings import NAME_CODES, numbers_of, omit_unused, write_agent, write_number
from loader.marc.fields.projection import Projection, Subfields, part
from loader.marc.fields.relators import write_roles
from loader.marc.fields.terms import BF, LABEL, RDA, THING, A
from loader.marc.fields.title_nodes import title_key, write_hub_title
from loader.marc.identity.authority_numbers import AuthorityNumber
from loader.marc.identity.heading_keys import hashed
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
        return f"{THING}hub/{number.key}>"
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
    work, add = into.identity.work, into.triples.append
    words = [without_end_mark(text) for text in heading.all("i")]
    relations = [iri for code, value in title if code == "4" if (iri := address(value))]
    for code, value in title:
        if code in "e4" and not (code == "4" and address(value)):
            into.omit(heading.tag, code, "no-subfield-rule", value)
    if hub == into.identity.hub:
        for word in words:
            into.omit(heading.tag, "i", "is-own-hub", word)
        return
    if heading.ind2 == "2":
        add(f"{work} {BF}hasPart> {hub}")
    elif any(TRANSLATED.match(word) for word in words):
        add(f"{work} {BF}translationOf> {hub}")
    elif not (words or relations):
        add(f"{work} {BF}relatedTo> {hub}")
    if words or relations:
        _write_named_relation(hub, words, relations, into)


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
