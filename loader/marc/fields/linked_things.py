"""Other resources that a record names in linking entries: which thing is meant, and what the record says of it.

It is the thing of another record of the source where a control number says so with certainty; else it is known by
ISBN or ISSN, by a number in another file, or by author, title and imprint. The numbers are those of the other thing.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from loader.marc.fields import number_fields
from loader.marc.fields.control_fields import agency
from loader.marc.fields.field_rule import Heading
from loader.marc.fields.number_fields import OCLC_NUMBER
from loader.marc.fields.projection import Projection, Subfields, part
from loader.marc.fields.terms import BF, LABEL, LOC, RDA, A
from loader.marc.fields.title_nodes import title_label
from loader.marc.identity.linked_records import RecordNumber, read_record_number
from loader.marc.values.heading_keys import hashed, heading_key
from loader.marc.values.isbd import without_end_punctuation
from loader.marc.values.language_codes import country, current_language, split_codes
from loader.marc.values.literals import path_segment
from loader.marc.values.standard_numbers import read_isbns, read_issn, read_lccn

_RECORD_KINDS: Final = {"dlc": "Lccn", "ocolc": "OclcNumber"}
_NUMBER_KINDS: Final = {"o": "Local", "r": "ReportNumber", "u": "Strn", "y": "Coden"}
_STATEMENTS: Final = {"b": "editionStatement", "d": "provisionActivityStatement", "k": "seriesStatement"}
_TITLES: Final = {"t": "Title", "s": "Title", "p": "AbbreviatedTitle"}
_LABELLED: Final = {"h": ("extent", "Extent"), **dict.fromkeys("bdkjmnv", ("note", "Note"))}
_AGENTS: Final = {"p": "Person", "c": "Organization", "m": "Meeting"}
"""What $7/0 says of the main entry in $a."""
_DESCRIPTION: Final = "atsbdhk"
"""The subfields by which a resource without any number is known."""
_WORDS: Final = "abcdefhjkmnpstv"
"""All words for the other resource."""


class Target(NamedTuple):
    """The other resource."""

    node: str
    is_work: bool = False
    """Whether it is a work, which is what the ISSN of a serial names here; else it is an instance."""
    is_described: bool = False
    """Whether it has a record of its own in the source, which says what it is called."""


def find_target(heading: Heading, into: Projection, *, is_same_work: bool) -> Target | None:
    """Return the resource that a linking entry names, or None where it names none."""
    numbers = _record_numbers(heading, into)
    own = next((number for number in numbers if into.own.is_of_source(number)), None)
    if own is not None:
        return Target(into.scoped("instance", path_segment(own.number)), is_described=True)
    if isbn := _first_isbn(heading):
        return Target(into.scoped("instance", f"isbn-{isbn}"))
    if issn := _first_issn(heading):
        return Target(into.scoped("instance" if is_same_work else "work", f"issn-{issn}"), is_work=not is_same_work)
    if known := next((number for number in numbers if number.code), None):
        return Target(into.scoped("instance", hashed("record", known.code.lower(), known.number)))
    key = _description_key(heading, into)
    return Target(into.scoped("instance", key)) if key else None


def _record_numbers(heading: Heading, into: Projection) -> list[RecordNumber]:
    """Return the numbers of the other resource's record; that of the record itself is reported."""
    numbers = []
    for value in heading.all("w"):
        number = read_record_number(value, into.profile.systems)
        if into.own.number and number.number == into.own.number:
            into.omit(heading.tag, "w", "link-to-itself", value)
        else:
            numbers.append(number)
    return numbers


def _first_isbn(heading: Heading) -> str:
    isbns = (isbn for value in heading.all("z") for isbn in read_isbns(value).numbers if isbn.is_valid)
    return next((isbn.number for isbn in isbns), "")


def _first_issn(heading: Heading) -> str:
    issns = (read_issn(without_end_punctuation(value)) for value in heading.all("x"))
    return next((issn.number for issn in issns if issn.is_valid), "")


def _description_key(heading: Heading, into: Projection) -> str:
    """Return a key of the words for the other resource; without author and imprint a title is the record's own."""
    words = {code: heading_key(heading.first(code)) for code in _DESCRIPTION}
    title = words["t"] or words["s"]
    if not title and not words["a"]:
        return ""
    is_certain = title and title not in into.profile.generic_titles and (words["a"] or words["d"])
    return hashed("link", "" if is_certain else into.identity.record_key, *words.values())


def describe_target(target: Target, heading: Heading, into: Projection) -> None:
    """Write what a linking entry says of the other resource; where that has a record, the record says its title."""
    node, add = target.node, into.triples.append
    kind, rda = ("Work", "C10006") if target.is_work else ("Instance", "C10007")
    add(f"{node} {A} {BF}{kind}>")
    add(f"{node} {A} {RDA}{rda}>")
    _write_numbers(target, heading, into)
    if not target.is_described:
        _write_agent(node, heading, into)
        _write_words(target, heading.subfields, into)
        into.in_script(heading.field, lambda linked: _write_words(target, linked, into))


def words_for(subfields: Subfields) -> str:
    """Return the words for the other resource as one text."""
    return ". ".join(without_end_punctuation(value) for code, value in subfields if code in _WORDS)


def _write_numbers(target: Target, heading: Heading, into: Projection) -> None:
    node = target.node
    for code, value in heading.subfields:
        if code == "w":
            _write_other_record(heading.tag, node, value, into)
        elif code == "z":
            _write_isbns(heading.tag, node, value, into)
        elif code == "x":
            number = read_issn(without_end_punctuation(value))
            number_fields.write_number(node, "Issn", number.number, "" if number.is_valid else "cancinv", into)
        elif code in _NUMBER_KINDS:
            number_fields.write_number(node, _NUMBER_KINDS[code], without_end_punctuation(value), "", into)
    issn = _first_issn(heading)
    if target.is_described and issn and not _first_isbn(heading):
        into.triples.append(f"{node} {BF}instanceOf> {into.scoped('work', f'issn-{issn}')}")


def _write_isbns(tag: str, node: str, value: str, into: Projection) -> None:
    isbns = read_isbns(value)
    if not isbns.numbers:
        into.omit(tag, "z", "invalid-number", value)
    for number in isbns.numbers:
        identifier = number_fields.write_number(node, "Isbn", number.number, "" if number.is_valid else "cancinv", into)
        number_fields.write_written(identifier, number, into)
        for qualifier in isbns.qualifiers:
            into.triples.append(f"{identifier} {BF}qualifier> {into.text(qualifier)}")


def _write_other_record(tag: str, node: str, value: str, into: Projection) -> None:
    """Write the number of the other resource's record in the file of somebody else."""
    number = read_record_number(value, into.profile.systems)
    if not (into.own.number and number.number == into.own.number) and not into.own.is_of_source(number):
        write_record_number(tag, node, number, into)


def write_record_number(tag: str, node: str, number: RecordNumber, into: Projection) -> None:
    """Write the number of a record in a file with the code of who gave it; one without a code identifies nothing."""
    if not number.code:
        into.omit(tag, "w", "number-without-source", number.number)
        return
    kind = _RECORD_KINDS.get(number.code.lower(), "Local")
    text = read_lccn(number.number).number if kind == "Lccn" else number.number
    if kind == "OclcNumber" and (match := OCLC_NUMBER.match(text)):
        text = match[1]
    identifier = number_fields.write_number(node, kind, text, "", into)
    if kind == "Local":
        into.triples.append(f"{identifier} {BF}assigner> {agency(number.code, into)}")


def _write_agent(node: str, heading: Heading, into: Projection) -> None:
    """Write the main entry of the other resource: the agent of the same heading in the record, if there is one."""
    label = without_end_punctuation(heading.first("a"))
    if not label:
        return
    kind, key = _AGENTS.get(heading.first("7")[:1], ""), heading_key(label)
    kinds = [kind] if kind else ["Person", "Organization"]
    known = next(filter(None, (into.names.get(f"{each}|{key}") for each in kinds)), "")
    agent = known or into.scoped("agent", hashed(f"{kind}|{key}" if kind else f"linked|{key}"))
    contribution = part(node, f"contribution-{hashed(agent)}")
    add = into.triples.append
    add(f"{node} {BF}contribution> {contribution}")
    add(f"{contribution} {A} {BF}PrimaryContribution>")
    add(f"{contribution} {BF}agent> {agent}")
    if not known:
        add(f"{agent} {A} {BF}{kind or 'Agent'}>")
    add(f"{agent} {LABEL} {into.text(label)}")


def _write_words(target: Target, subfields: Subfields, into: Projection) -> None:
    """Write the title, edition, imprint, extent, series, notes and language of the other resource."""
    node, add = target.node, into.triples.append
    label = title_label([each for each in subfields if each[0] in "ts"], "ts") or words_for(subfields)
    if label:
        add(f"{node} {LABEL} {into.text(label)}")
    for code, value in subfields:
        text = without_end_punctuation(value)
        if code in _TITLES:
            _write_title(node, _TITLES[code], text, into)
        elif code == "c":
            _write_title(node, "Title", label, into, qualifier=text.strip("()"))
        elif code in _STATEMENTS and not target.is_work:
            add(f"{node} {BF}{_STATEMENTS[code]}> {into.text(text)}")
        elif code in _LABELLED:
            _write_labelled(node, *_LABELLED[code], text, into)
        elif code in "ef":
            _write_code(node, code, value, into)


def _write_title(node: str, kind: str, text: str, into: Projection, qualifier: str = "") -> None:
    title = part(node, f"title-{hashed(kind, heading_key(text))}")
    add = into.triples.append
    add(f"{node} {BF}title> {title}")
    add(f"{title} {A} {BF}{kind}>")
    add(f"{title} {BF}mainTitle> {into.text(text)}")
    if qualifier:
        add(f"{title} {BF}qualifier> {into.text(qualifier)}")


def _write_labelled(node: str, name: str, kind: str, text: str, into: Projection) -> None:
    target = part(node, f"{name}-{hashed(heading_key(text))}")
    into.triples.append(f"{node} {BF}{name}> {target}")
    into.triples.append(f"{target} {A} {BF}{kind}>")
    into.triples.append(f"{target} {LABEL} {into.text(text)}")


def _write_code(node: str, code: str, value: str, into: Projection) -> None:
    """Write the languages and the country of 775."""
    if code == "f":
        land = country(value)
        if not land:
            into.omit("775", "f", "country-code", value)
        else:
            into.triples.append(f"{node} {BF}originPlace> {LOC}countries/{land}>")
        return
    for each in split_codes(value):
        if language := current_language(each):
            into.triples.append(f"{node} {BF}language> {LOC}languages/{language}>")
        else:
            into.omit("775", "e", "language-code", value)
