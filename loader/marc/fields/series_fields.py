"""Series statements (440, 490) and added entries of series (800–830): a series, and the number of the record in it.

A statement and the entry that traces it are paired by ISSN, else by title, else by number, never by position.
https://www.loc.gov/marc/bibliographic/bd4xx.html, https://www.loc.gov/marc/bibliographic/bd80x83x.html
"""

from __future__ import annotations

from typing import Final

from loader.marc.fields import number_fields
from loader.marc.fields.field_rule import FieldRule, Heading, omit_all
from loader.marc.fields.linked_things import write_record_number
from loader.marc.fields.name_headings import split_title
from loader.marc.fields.projection import Projection, SeriesStatement, Subfields, part
from loader.marc.fields.related_works import hub_node, write_named_work
from loader.marc.fields.series_pairs import first_value, issn_of, paired
from loader.marc.fields.terms import BF, LABEL, LOC, RDA, A
from loader.marc.fields.title_nodes import title_key, title_label, write_title
from loader.marc.identity.authority_numbers import AuthorityNumber
from loader.marc.identity.linked_records import read_record_number
from loader.marc.values.heading_keys import hashed, heading_key
from loader.marc.values.isbd import without_end_mark, without_end_punctuation
from loader.marc.values.literals import path_segment
from loader.marc.values.standard_numbers import read_issn

_NO_SUBFIELDS: Subfields = ()
_IN_STATEMENT: Final = "anpxv"
_STATUS: Final = {"x": "", "y": "incorrect", "z": "cancinv"}


def _write_statement(heading: Heading, into: Projection) -> None:
    """Write 490 as it is transcribed; what it says of its series waits until all fields are read."""
    _write_words(heading.subfields, into)
    if into.linked:
        into.in_script(heading.field, lambda linked: _write_words(linked, into))
    if number := heading.first("l"):
        node = part(into.identity.instance, f"class-{hashed('490', number)}")
        into.triples.append(f"{into.identity.instance} {BF}classification> {node}")
        into.triples.append(f"{node} {A} {BF}ClassificationLcc>")
        into.triples.append(f"{node} {BF}classificationPortion> {into.text(number.strip('()'))}")
    for statement in _statements(heading):
        into.series_statements.append(statement)
    if not any(code == "a" for code, _value in heading.subfields):
        for code, value in heading.subfields:
            if code in "xyz":
                into.omit("490", code, "no-title", value)


def _write_words(subfields: Subfields, into: Projection) -> None:
    words = " ".join(value for code, value in subfields if code in _IN_STATEMENT)
    if words:
        statement = into.text(without_end_punctuation(words))
        into.triples.append(f"{into.identity.instance} {BF}seriesStatement> {statement}")


def _statements(heading: Heading) -> list[SeriesStatement]:
    """Return the series of one field: each $a begins another one."""
    is_traced = heading.ind1 == "1"
    groups: list[list[tuple[str, str]]] = []
    for code, value in heading.subfields:
        if code == "a":
            groups.append([(code, value)])
        elif groups and code in "vxyz3":
            groups[-1].append((code, value))
    return [SeriesStatement(is_traced, group) for group in groups]


_BY_TITLE = frozenset({"440", "830"})


def _write_entry(heading: Heading, into: Projection) -> None:
    """Keep an added entry until all statements are read, of which one has perhaps its ISSN and its number.

    The name of a person without a title names no series, and a number alone none.
    """
    if (heading.tag == "800" and not heading.first("t")) or (heading.tag in _BY_TITLE and not heading.all("at")):
        omit_all(heading, "no-title", into)
        return
    into.series_entries.append(heading.wait(into.language))


def _write_old_entry(heading: Heading, into: Projection) -> None:
    """Write 440, which is a statement and an added entry in one."""
    _write_words(heading.subfields, into)
    if into.linked:
        into.in_script(heading.field, lambda linked: _write_words(linked, into))
    _write_entry(heading, into)


def write_series(into: Projection) -> None:
    """Write the series of a record, each once: those of added entries, and those of statements that none traces."""
    if not into.series_entries and not into.series_statements:
        return
    traced = [each for each in into.series_statements if each.is_traced]
    pairs = paired([each.subfields for each in into.series_entries], traced)
    for waiting, statement in zip(into.series_entries, pairs, strict=True):
        into.language = waiting.language
        _write_traced(Heading(*waiting[:-1]), statement, into)
    into.language = ""
    for statement in into.series_statements:
        if not statement.is_traced or not into.series_entries:
            _write_untraced(statement, into)
        elif not any(statement is each for each in pairs):
            _omit_wrong_numbers(statement, into)


def _write_traced(heading: Heading, statement: SeriesStatement | None, into: Projection) -> None:
    name, title = _NO_SUBFIELDS, heading.subfields
    if heading.tag in {"800", "810", "811"}:
        name, title = split_title(heading.subfields)
    if not title:
        name, title = _NO_SUBFIELDS, name
    stated = statement.subfields if statement else _NO_SUBFIELDS
    issn = issn_of(heading.subfields) or issn_of(stated)

    def name_hub(agent: str, number: AuthorityNumber | None) -> str:
        return _series_node(agent, title, number, issn, into)

    named = write_named_work(heading, name, title, into, name_hub)
    series = named.node
    into.triples.append(f"{series} {A} {BF}Series>")
    for code, value in (*heading.subfields, *stated):
        if code in _STATUS:
            _write_issn(series, code, value, into)
    for value in heading.all("w"):
        _write_record_of_series(heading, series, value, into)
    number = heading.first("v") or first_value(stated, "v")
    _write_membership(series, number, heading.first("3") or first_value(stated, "3"), into)


def _series_node(agent: str, title: Subfields, number: AuthorityNumber | None, issn: str, into: Projection) -> str:
    """Return the node of a series: by authority number, else by ISSN, else by its heading within the source."""
    if number is None and issn:
        return into.scoped("hub", f"issn-{issn}")
    key = title_key(title)
    if number is None and not agent and key and key not in into.profile.generic_titles:
        return into.scoped("hub", hashed("series", key))
    return hub_node(agent, title, number, into)


def _write_untraced(statement: SeriesStatement, into: Projection) -> None:
    """Write a series that no added entry names: it is known by its ISSN, else within the record only."""
    if statement.is_traced:
        into.doubt("490", "a", "series-not-traced", first_value(statement.subfields, "a"))
    issn = issn_of(statement.subfields)
    label = title_label(statement.subfields, "a")
    if not label:
        return
    key = f"issn-{issn}" if issn else hashed(into.identity.record_key, "series", heading_key(label))
    series = into.scoped("hub", key)
    add = into.triples.append
    for kind in (f"{BF}Series>", f"{BF}Hub>", f"{RDA}C10001>"):
        add(f"{series} {A} {kind}")
    for status in ("t", "tr") if statement.is_traced else ("t",):
        add(f"{series} {BF}status> {LOC}mstatus/{status}>")
    title = part(series, f"title-{hashed(heading_key(label))}")
    write_title(series, title, "Title", [each for each in statement.subfields if each[0] == "a"], into)
    add(f"{series} {LABEL} {into.text(label)}")
    for code, value in statement.subfields:
        if code in _STATUS:
            _write_issn(series, code, value, into)
    _write_membership(series, first_value(statement.subfields, "v"), first_value(statement.subfields, "3"), into)


def _omit_wrong_numbers(statement: SeriesStatement, into: Projection) -> None:
    for code, value in statement.subfields:
        if code in "yz3":
            into.omit("490", code, "series-not-paired", value)


def _write_issn(series: str, code: str, value: str, into: Projection) -> None:
    number = read_issn(without_end_punctuation(value))
    if not number.is_valid and code == "x":
        into.doubt("490", code, "invalid-number", value)
    status = _STATUS[code] or ("" if number.is_valid else "cancinv")
    number_fields.write_number(series, "Issn", number.number, status, into)


def _write_record_of_series(heading: Heading, series: str, value: str, into: Projection) -> None:
    """Write the number of the record of a series; it is a record of the source where the number is the source's own."""
    number = read_record_number(value, into.profile.systems)
    if into.own.is_of_source(number):
        record = into.scoped("record", path_segment(number.number))
        into.triples.append(f"{series} {BF}adminMetadata> {record}")
        into.triples.append(f"{record} {A} {BF}AdminMetadata>")
    else:
        write_record_number(heading.tag, series, number, into)


def _write_membership(series: str, number: str, materials: str, into: Projection) -> None:
    """Write that the instance is in a series, with its number there."""
    instance, add = into.identity.instance, into.triples.append
    add(f"{instance} {BF}hasSeries> {series}")
    if not number and not materials:
        return
    relation = part(instance, f"series-{hashed(series, number)}")
    add(f"{instance} {BF}relation> {relation}")
    add(f"{relation} {A} {BF}Relation>")
    add(f"{relation} {BF}relationship> {LOC}relationship/series>")
    add(f"{relation} {BF}associatedResource> {series}")
    if number:
        add(f"{relation} {BF}seriesEnumeration> {into.text(without_end_mark(number))}")
    if materials:
        add(f"{relation} {BF}part> {into.text(without_end_mark(materials))}")


_CONTROL: Final = {"8": "control", "7": "processing", "5": "processing"}
_ENTRY: Final = {**dict.fromkeys("2ju", "no-subfield-rule"), **_CONTROL}
_PERSON: Final = "R 0* 1* 2 3 4* 5* 6 7 8* a b c* d e* f g* h j* k* l m* n* o p* q r s* t u v w* x y*"
_BODY: Final = "R 0* 1* 2 3 4* 5* 6 7 8* a b* c* d* e* f g* h k* l m* n* o p* r s* t u v w* x y*"
_MEETING: Final = "R 0* 1* 2 3 4* 5* 6 7 8* a c* d e* f g* h j* k* l n* p* q s* t u v w* x y*"
RULES: tuple[FieldRule, ...] = (
    FieldRule(
        "440",
        "Series Statement/Added Entry-Title",
        "R 0* 6 8* a h n* p* v w* x",
        _write_old_entry,
        {"8": "control"},
        is_paired=True,
    ),
    FieldRule(
        "490",
        "Series Statement",
        "R 3 6 7* 8* a* l v* x* y* z*",
        _write_statement,
        _CONTROL,
        is_paired=True,
    ),
    FieldRule("800", "Series Added Entry - Personal Name", _PERSON, _write_entry, _ENTRY, is_paired=True),
    FieldRule("810", "Series Added Entry - Corporate Name", _BODY, _write_entry, _ENTRY, is_paired=True),
    FieldRule("811", "Series Added Entry - Meeting Name", _MEETING, _write_entry, _ENTRY, is_paired=True),
    FieldRule(
        "830",
        "Series Added Entry - Uniform Title",
        "R 0* 1* 2 3 5* 6 7 8* a d* f g* h k* l m* n* o p* r s* t v w* x y*",
        _write_entry,
        {"2": "no-subfield-rule", "t": "no-subfield-rule", **_CONTROL},
        is_paired=True,
    ),
)
