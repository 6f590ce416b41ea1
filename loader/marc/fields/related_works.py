"""Works that a record names by an author and a title, or by a title alone, and how they are related to its own work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from loader.marc.fields import number_fields
from loader.marc.fields.field_rule import Heading
from loader.marc.fields.name_headings import (
    NAME_CODES,
    numbers_of,
    omit_unused,
    split_title,
    write_agent,
    write_number,
)
from loader.marc.fields.projection import Projection, Subfields, part
from loader.marc.fields.relators import role_codes, write_roles
from loader.marc.fields.terms import BF, ID, LABEL, RDA, A
from loader.marc.fields.title_nodes import KEY_CODES, qualifiers, title_key, title_label, write_hub_title, write_title
from loader.marc.identity.authority_numbers import AuthorityNumber
from loader.marc.values.heading_keys import hashed, heading_key
from loader.marc.values.isbd import without_end_mark
from loader.marc.values.literals import address, literal
from loader.marc.values.standard_numbers import StandardNumber, read_issn

_OF_EXPRESSION: Final = "dfghlmors"
"""The subfields after a title that name a version of the work: date, language, medium, key and the like."""


def hub_node(agent: str, title: Subfields, number: AuthorityNumber | None, into: Projection) -> str:
    """Return the node of a work that is named by an agent (or none) and a title.

    A title that many works have, or one without an agent, names a work of this record only.
    """
    if number is not None:
        return f"{ID}hub/{number.key}>"
    key = title_key(title)
    if not agent or key in into.profile.generic_titles or any(code == "k" for code, _value in title):
        words = [] if agent else map(heading_key, qualifiers(title))
        return into.scoped("hub", hashed(into.identity.record_key, agent, key, *words))
    return into.scoped("hub", hashed(agent, key))


def write_related_work(heading: Heading, name: Subfields, title: Subfields, into: Projection) -> None:
    """Write a work that a field with a title names, its author, and its relation to the work of the record."""
    named = write_named_work(heading, name, title, into)
    for number in heading.all("x"):
        write_link_number(named.hub, "Issn", number, into)
    _write_relation(heading, title, named, into)


class NamedWork(NamedTuple):
    """A work that a field names: its hub, and the version of it where the field names one."""

    hub: str
    node: str
    """The expression with a language, version or date; else the hub."""


NameHub = Callable[[str, AuthorityNumber | None], str]
"""What gives a work its node, by the node of its author (or an empty text) and the number of the work."""


def write_named_work(
    heading: Heading, name: Subfields, title: Subfields, into: Projection, name_hub: NameHub | None = None
) -> NamedWork:
    """Write a work that a field names by an author and a title, or a title, without its relation to the record."""
    numbers = numbers_of(heading, into)
    omit_unused(heading, name, f"{NAME_CODES.get(heading.tag[1:], '')}e34016ivwxy", into)
    omit_unused(heading, title, f"{KEY_CODES}{_OF_EXPRESSION}e340126ivwxy", into)
    are_of_work = into.profile.name_title_number == "work" or not name
    agent = write_agent(heading, name, [] if are_of_work else numbers, into) if name else ""
    best = next((number for number in numbers if number.scheme), None) if are_of_work else None
    hub = name_hub(agent, best) if name_hub else hub_node(agent, title, best, into)
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
        write_roles(contribution, [*name, *_roles_of_agent(title, into)], "e", into)
    of_version = title if agent else [each for each in title if each[0] not in "dg"]
    return NamedWork(hub, _write_expression(hub, of_version, into))


def _write_expression(hub: str, title: Subfields, into: Projection) -> str:
    """Write the version of a work that a title names by a language, date, medium or key, and return its node."""
    if not any(code in _OF_EXPRESSION for code, _value in title):
        return hub
    label = title_label(title, f"{KEY_CODES}{_OF_EXPRESSION}")
    node = into.scoped("work", hashed(hub, heading_key(label)))
    add = into.triples.append
    add(f"{node} {A} {BF}Work>")
    add(f"{node} {A} {RDA}C10006>")
    add(f"{node} {BF}expressionOf> {hub}")
    write_title(node, part(node, "title"), "Title", [each for each in title if each[0] in KEY_CODES], into)
    add(f"{node} {LABEL} {into.text(label)}")
    return node


def write_link_number(node: str, kind: str, number: str, into: Projection) -> None:
    """Write an ISSN or another number of a thing that the record is related to; a wrong ISSN is marked so."""
    read = read_issn(number) if kind == "Issn" else StandardNumber(number, is_valid=True)
    number_fields.write_number(node, kind, read.number, "" if read.is_valid else "cancinv", into)


def _write_relation(heading: Heading, title: Subfields, named: NamedWork, into: Projection) -> None:
    words = [without_end_mark(text) for text in heading.all("i")]
    relations = _relations(heading, title, into)
    is_translation = any(map(into.profile.phrases.names_translated, words))
    if named.node == into.identity.hub and not is_translation:
        for word in words:
            into.omit(heading.tag, "i", "is-own-hub", word)
        return
    target = named.node
    if heading.ind2 == "2":
        into.parts[heading_key(title_label(title, KEY_CODES))] = ""
    if name := _relation_name(heading, is_translation=is_translation, is_named=bool(words or relations)):
        into.triples.append(f"{into.identity.work} {BF}{name}> {target}")
    materials = heading.first("3")
    if words or relations or materials:
        relation = write_relation(into.identity.work, target, words, into)
        for iri in relations:
            into.triples.append(f"{relation} {BF}relationship> {iri}")
        if materials:
            into.triples.append(f"{relation} {BF}part> {into.text(without_end_mark(materials))}")


def _relation_name(heading: Heading, *, is_translation: bool, is_named: bool) -> str:
    """Return the property that relates the work of the record to another one; words say what they mean themselves."""
    if heading.ind2 == "2":
        return "hasPart"
    if is_translation:
        return "translationOf"
    return "" if is_named else "relatedTo"


def _roles_of_agent(title: Subfields, into: Projection) -> Subfields:
    """Return the roles that stand after a title and are of the agent all the same: those of the MARC list are."""
    return [each for each in title if each[0] in "e4" and role_codes([each], "e", into.profile)]


def _relations(heading: Heading, title: Subfields, into: Projection) -> list[str]:
    """Return the IRIs in $4 after a title, which are relations between works; another code there is not mapped."""
    relations = []
    is_of_agent = bool(split_title(heading.subfields)[0])
    for code, value in title:
        if code not in "e4" or (is_of_agent and role_codes([(code, value)], "e", into.profile)):
            continue
        if iri := address(value) if code == "4" else "":
            relations.append(iri)
        else:
            into.omit(heading.tag, code, "no-subfield-rule", value)
    return relations


def write_relation(subject: str, target: str, words: list[str], into: Projection) -> str:
    """Write a relation between two resources with the words that name it, and return its node."""
    add = into.triples.append
    relation = part(subject, f"relation-{hashed(target)}")
    add(f"{subject} {BF}relation> {relation}")
    add(f"{relation} {A} {BF}Relation>")
    add(f"{relation} {BF}associatedResource> {target}")
    for word in words:
        node = into.scoped("concept/relationship", hashed(word.lower()))
        add(f"{relation} {BF}relationship> {node}")
        add(f"{node} {A} {BF}Relationship>")
        add(f"{node} {LABEL} {literal(word)}")
    return relation
