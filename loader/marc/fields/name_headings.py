"""Headings for persons, families, bodies, places and meetings: the agent that one names, its label and its dates."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from loader.marc.fields.field_rule import Heading
from loader.marc.fields.projection import Projection, Subfields
from loader.marc.fields.terms import BF, EDTF, ID, LABEL, MADS, SAME_AS, SCHEMA, VALUE, A
from loader.marc.identity.authority_numbers import AuthorityNumber
from loader.marc.values.heading_keys import hashed, heading_key
from loader.marc.values.isbd import without_end_mark, without_end_punctuation, without_parentheses
from loader.marc.values.life_dates import read_life_dates
from loader.marc.values.literals import literal

NAME_CODES: Final = {"00": "abcdq", "10": "abcdng", "11": "acdenq"}
"""By the last two digits of a tag, the subfields that are the name, which stand before the title."""
_TITLE_CODES: Final = frozenset("tk")
_END_OF_FULLER: Final = re.compile(r"\)\s*[.,;:]+$")
_LOOSE_COMMA: Final = re.compile(r"\s+,")
_INITIALS: Final = re.compile(r"\b(\w)\.(?=\w\b)")
_LAST_INITIAL: Final = re.compile(r"(?<=\b\w\. )(\w)$")


class Name(NamedTuple):
    """The name in a heading."""

    kind: str
    """The BIBFRAME class of the agent."""
    label: str
    dates: str
    """The $d of a person."""


def split_title(subfields: Subfields) -> tuple[Subfields, Subfields]:
    """Return the subfields of the name, and those from the title on."""
    for index, (code, _value) in enumerate(subfields):
        if code in _TITLE_CODES:
            return subfields[:index], subfields[index:]
    return subfields, ()


def omit_unused(heading: Heading, subfields: Subfields, used: str, into: Projection) -> None:
    """Note the subfields of a part of a heading that its rule does not use."""
    for code, value in subfields:
        if code not in used and code != into.profile.local_number:
            into.omit(heading.tag, code, "no-subfield-rule", value)


def read_name(tag: str, ind1: str, subfields: Subfields) -> Name:
    """Return the name of a heading of the tags X00, X10 and X11."""
    kind = tag[1:]
    codes = NAME_CODES[kind]
    parts = [(code, value) for code, value in subfields if code in codes]
    if kind == "00":
        return _personal_name(ind1, parts)
    label = _body_label(parts, "e" if kind == "11" else "b")
    if kind == "11":
        return Name("Meeting", label, "")
    is_place = ind1 == "1" and not any(code == "b" for code, _value in parts)
    return Name("Jurisdiction" if is_place else "Organization", label, "")


def _personal_name(ind1: str, parts: Subfields) -> Name:
    label, dates = "", ""
    for code, value in parts:
        if code == "a":
            label = without_end_punctuation(value)
            if "." in label:
                label = _spaced_initials(label)
        elif code == "d":
            dates = value.rstrip(" .,")
            label = f"{label}, {dates}"
        elif code == "q":
            fuller = _END_OF_FULLER.sub(")", without_end_mark(value))
            label = f"{label} ({without_parentheses(fuller)})"
        else:
            word = without_end_mark(value)
            label = f"{label} {word}" if code == "b" or word.startswith("(") else f"{label}, {word}"
    if " ," in label or not label.isascii():
        label = _LOOSE_COMMA.sub(",", label)
    return Name("Family" if ind1 == "3" else "Person", label, dates)


def _spaced_initials(label: str) -> str:
    """Return a name in which a space follows each initial, and a full stop the last one: `J.R` is `J. R.`."""
    if label.count(".") > label.count(". ") + label.endswith("."):
        label = _INITIALS.sub(r"\1. ", label)
    return _LAST_INITIAL.sub(r"\1.", label) if label[-3:-1] == ". " else label


def _body_label(parts: Subfields, unit: str) -> str:
    label, qualifiers = "", []
    for code, value in parts:
        if code == "a":
            label = without_end_punctuation(value)
        elif code == unit:
            label = f"{label}. {without_end_punctuation(value)}"
        else:
            qualifiers.append(value.strip("()[] :;,."))
    return f"{label} ({' : '.join(qualifiers)})" if qualifiers else label


def numbers_of(heading: Heading, into: Projection) -> list[AuthorityNumber]:
    """Return what $0 and $1 of a field identify, the best first; numbers that identify nothing are omitted."""
    numbers = []
    own = into.profile.local_number
    for code, value in heading.subfields:
        if code and code == own:
            numbers.append(AuthorityNumber(into.source, value, rank=50, code=into.source))
        elif code in "01":
            number = into.numbers.read(value)
            if number.fault:
                into.omit(heading.tag, code, number.fault, value)
                if number.fault == "number-undifferentiated" and heading.tag[1:] in NAME_CODES:
                    _keep_apart(heading, into)
            else:
                numbers.append(number)
    return sorted(numbers, key=lambda number: (number.rank, number.key)) if len(numbers) > 1 else numbers


def _keep_apart(heading: Heading, into: Projection) -> None:
    """Have an agent whose number is of a name that several persons share be that of this record alone."""
    key = name_key(read_name(heading.tag, heading.ind1, split_title(heading.subfields)[0]), script_label(heading, into))
    into.names.setdefault(key, into.scoped("agent", f"{into.identity.record_key}-{hashed(key)}"))


def name_key(name: Name, script: str = "") -> str:
    """Return the normal form of a name with its kind, and of the same in the original script."""
    return (
        f"{name.kind}|{heading_key(name.label)}|{heading_key(script)}"
        if script
        else f"{name.kind}|{heading_key(name.label)}"
    )


def script_label(heading: Heading, into: Projection) -> str:
    """Return the label of a heading in the original script, or an empty text."""
    linked = into.linked.get(id(heading.field))
    return read_name(heading.tag, heading.ind1, split_title(linked.subfields)[0]).label if linked else ""


def agent_number(numbers: list[AuthorityNumber]) -> AuthorityNumber | None:
    """Return the number that names an agent: the best of those whose file is known."""
    return numbers[0] if numbers and numbers[0].scheme else None


def agent_node(name: Name, script: str, number: AuthorityNumber | None, into: Projection) -> str:
    """Return the node of an agent: by its authority number, else by that of the same heading in the record, else by its
    heading within the source."""
    if number is not None:
        return f"{ID}agent/{number.key}>"
    key = name_key(name, script)
    return into.names.get(key) or into.scoped("agent", hashed(key))


def write_agent(heading: Heading, subfields: Subfields, numbers: list[AuthorityNumber], into: Projection) -> str:
    """Write what a heading says about the agent that it names, and return the agent's node; no name, no agent."""
    name = read_name(heading.tag, heading.ind1, subfields)
    if not name.label:
        return ""
    script = script_label(heading, into)
    number = agent_number(numbers)
    node = agent_node(name, script, number, into)
    add = into.triples.append
    add(f"{node} {A} {BF}{name.kind}>")
    add(f"{node} {LABEL} {into.text(_certain_label(heading, name, subfields, into) if number else name.label)}")
    if script:
        linked = into.linked[id(heading.field)]
        add(f"{node} {LABEL} {literal(script)}@{linked.language}")
    if name.dates:
        _write_life(node, name.dates, into)
    for each in numbers:
        write_number(node, each, into)
    into.named = node
    return node


def _certain_label(heading: Heading, name: Name, subfields: Subfields, into: Projection) -> str:
    """Return the label of somebody whom other records name too.

    Only forenames have a numeration ($b): behind a surname it is part of another name, and so is what follows it.
    """
    codes = [code for code, _value in subfields]
    if "b" not in codes or name.kind != "Person" or ", " not in subfields[0][1]:
        return name.label
    into.doubt(heading.tag, "b", "numeration-of-surname", heading.first("b"))
    return read_name(heading.tag, heading.ind1, subfields[: codes.index("b")]).label


def write_number(node: str, number: AuthorityNumber, into: Projection) -> None:
    """Write that a thing has a record in an authority file, or that it is what an IRI of others names."""
    if number.is_thing:
        into.triples.append(f"{node} {SAME_AS} {number.iri}")
    elif number.iri:
        into.triples.append(f"{node} {MADS}isIdentifiedByAuthority> {number.iri}")
    else:
        write_plain_number(node, number, into)


def write_plain_number(node: str, number: AuthorityNumber, into: Projection) -> None:
    """Write a number that has no IRI as an identifier with its value and the code of its file."""
    code = number.code or number.scheme
    identifier = f"{node[:-1]}#number-{hashed(code, number.number)}>"
    add = into.triples.append
    add(f"{node} {BF}identifiedBy> {identifier}")
    add(f"{identifier} {A} {BF}Identifier>")
    add(f"{identifier} {VALUE} {literal(number.number)}")
    source = f"{ID}concept/authority-file/{hashed(code.lower())}>"
    add(f"{identifier} {BF}source> {source}")
    add(f"{source} {A} {BF}Source>")
    add(f"{source} {BF}code> {literal(code)}")


def _write_life(node: str, dates: str, into: Projection) -> None:
    """Write years of birth and death that are certain; others are in the label only."""
    if life := read_life_dates(dates):
        for name, year in (("birthDate", life.birth), ("deathDate", life.death)):
            if year:
                into.triples.append(f'{node} {SCHEMA}{name}> "{year}"{EDTF}')
