"""Main and added entries of names (100–111, 700–711): who contributed what, and works that are related.

https://www.loc.gov/marc/bibliographic/bd1xx.html, https://www.loc.gov/marc/bibliographic/bd70x75x.html
"""

from __future__ import annotations

from typing import Final

from loader.marc.fields.field_rule import FieldRule, Heading
from loader.marc.fields.name_headings import NAME_CODES, numbers_of, omit_unused, split_title, write_agent
from loader.marc.fields.projection import Projection, Subfields, part
from loader.marc.fields.related_works import write_related_work
from loader.marc.fields.relators import role_codes, write_role_words, write_roles
from loader.marc.fields.terms import BF, A
from loader.marc.values.heading_keys import hashed
from loader.marc.values.isbd import without_end_mark

_PERSON: Final = "0* 1* 2 4* 6 7* 8* a b c* d e* f g* j* k* l n* p* q t u"
_BODY: Final = "0* 1* 2 4* 6 7* 8* a b* c* d* e* f g* k* l n* p* t u"
_MEETING: Final = "0* 1* 2 4* 6 7* 8* a c* d e* f g* j* k* l n* p* q t u"
_ADDED_PERSON: Final = "0* 1* 2 3 4* 5 6 7* 8* a b c* d e* f g* h i* j* k* l m* n* o p* q r s* t u x"
_ADDED_BODY: Final = "0* 1* 2 3 4* 5 6 7* 8* a b* c* d* e* f g* h i* k* l m* n* o p* r s* t u x"
_ADDED_MEETING: Final = "0* 1* 2 3 4* 5 6 7* 8* a c* d e* f g* h i* j* k* l n* p* q s* t u x"
_OMITTED: Final = {
    **dict.fromkeys("8", "control"),
    **dict.fromkeys("57", "processing"),
    **dict.fromkeys("2u", "no-subfield-rule"),
}
_MAIN: Final = {**_OMITTED, **dict.fromkeys("3fhklmoprstx", "no-subfield-rule")}
_MAIN_PERSON: Final = {**_MAIN, **dict.fromkeys("gjn", "no-subfield-rule")}
_MAIN_MEETING: Final = {**_MAIN, "g": "no-subfield-rule"}


def _write_main_entry(heading: Heading, into: Projection) -> None:
    is_first = "main entry" not in into.seen
    into.seen["main entry"] = heading.tag
    if not is_first:
        into.doubt(heading.tag, "", "second-main-entry", heading.first("a"))
    _write_contribution(heading, heading.subfields, "PrimaryContribution" if is_first else "Contribution", into)


def _write_added_entry(heading: Heading, into: Projection) -> None:
    name, title = split_title(heading.subfields)
    if title:
        write_related_work(heading, name, title, into)
        return
    if relation := heading.first("i"):
        into.omit(heading.tag, "i", "title-of-part", relation)
    _write_contribution(heading, name, "Contribution", into)


def _write_contribution(heading: Heading, name: Subfields, kind: str, into: Projection) -> None:
    words = "j" if heading.tag[1:] == "11" else "e"
    agent = write_agent(heading, name, numbers_of(heading, into), into)
    if not agent:
        for code, value in name:
            into.omit(heading.tag, code, "no-name", value)
        return
    omit_unused(heading, name, f"{NAME_CODES[heading.tag[1:]]}{words}012346i", into)
    codes = role_codes(heading.subfields, words, into.profile)
    is_of_instance = bool(codes) and into.profile.instance_roles.issuperset(codes)
    nodes = [into.identity.instance if is_of_instance else into.identity.work]
    if kind == "PrimaryContribution" and not is_of_instance:
        nodes.append(into.identity.hub)
    name_of_part = f"contribution-{hashed(agent)}"
    for node in nodes:
        contribution = part(node, name_of_part)
        add = into.triples.append
        add(f"{node} {BF}contribution> {contribution}")
        add(f"{contribution} {A} {BF}{kind}>")
        add(f"{contribution} {BF}agent> {agent}")
        write_roles(contribution, heading.subfields, words, into)
        write_role_words(contribution, heading.subfields, words, into)
        if into.profile.local_number != "3" and (materials := heading.first("3")):
            add(f"{contribution} {BF}part> {into.text(without_end_mark(materials))}")


RULES: tuple[FieldRule, ...] = (
    FieldRule("100", "Main Entry - Personal Name", f"NR {_PERSON}", _write_main_entry, _MAIN_PERSON, is_paired=True),
    FieldRule("110", "Main Entry - Corporate Name", f"NR {_BODY}", _write_main_entry, _MAIN, is_paired=True),
    FieldRule("111", "Main Entry - Meeting Name", f"NR {_MEETING}", _write_main_entry, _MAIN_MEETING, is_paired=True),
    FieldRule("700", "Added Entry - Personal Name", f"R {_ADDED_PERSON}", _write_added_entry, _OMITTED, is_paired=True),
    FieldRule("710", "Added Entry - Corporate Name", f"R {_ADDED_BODY}", _write_added_entry, _OMITTED, is_paired=True),
    FieldRule("711", "Added Entry - Meeting Name", f"R {_ADDED_MEETING}", _write_added_entry, _OMITTED, is_paired=True),
)
