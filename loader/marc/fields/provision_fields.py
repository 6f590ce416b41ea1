"""Editions and who published, produced, distributed and made an instance, where and when (250, 260, 264; 008/06–17).

https://www.loc.gov/marc/bibliographic/bd264.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from loader.marc.fields.content_fields import write_titles_of_parts
from loader.marc.fields.control_fields import write_assigner
from loader.marc.fields.described_parts import write_note
from loader.marc.fields.field_rule import FieldRule, Heading
from loader.marc.fields.inferred_types import write_inferred_types
from loader.marc.fields.language_fields import write_coded_language
from loader.marc.fields.locator_fields import write_urns
from loader.marc.fields.projection import Activity, Projection, Subfields
from loader.marc.fields.provision_activities import add_activity, write_activities
from loader.marc.fields.terms import BF, EDTF, LABEL
from loader.marc.values.compact_dates import read_compact_date
from loader.marc.values.heading_keys import hashed, heading_key
from loader.marc.values.imprint_dates import read_imprint_date
from loader.marc.values.isbd import without_brackets, without_end_mark, without_end_punctuation
from loader.marc.values.remembered import remember

_KINDS: Final = {"0": "Production", "1": "Publication", "2": "Distribution", "3": "Manufacture"}
INDICATORS: Final = {kind: indicator for indicator, kind in _KINDS.items()}
"""The second indicator of 264 for a kind of activity."""
STATEMENTS: Final = {
    "Production": "productionStatement",
    "Publication": "publicationStatement",
    "Distribution": "distributionStatement",
    "Manufacture": "manufactureStatement",
}
NOBODY: Final = re.compile(
    r"ikk?j?e identifisert|not identified|^s\.\s?n\.?$|sine nomine|^u\.\s?f\.?$|^uten forlag|utan forlag|^n\.\s?p\.?$",
    re.I,
)
NOWHERE: Final = re.compile(
    r"ikk?j?e identifisert|not identified|^s\.\s?l\.?$|sine loco|^u\.\s?s\.?$|uten sted|utan stad", re.I
)

_PLACES: Final[dict[str, str]] = {}
_AGENTS: Final[dict[str, str]] = {}
"""Names by the values of subfields; two of five come again soon."""
_REMEMBERED: Final = 1 << 10


def _write_edition(heading: Heading, into: Projection) -> None:
    """Write 250: the edition statement in one piece, in each script."""

    def write(subfields: Subfields) -> None:
        text = " ".join(value for code, value in subfields if code in "ab")
        if text:
            statement = into.text(without_end_punctuation(text))
            into.triples.append(f"{into.identity.instance} {BF}editionStatement> {statement}")

    write(heading.subfields)
    into.in_script(heading.field, write)


def _write_imprint(heading: Heading, into: Projection) -> None:
    """Write 260: publication, and manufacture in $e, $f, $g."""
    subfields = heading.subfields
    _write_kind("Publication", heading, _statement(subfields), into)
    renamed = {"e": "a", "f": "b", "g": "c"}
    making = [(renamed[code], value) for code, value in subfields if code in renamed]
    if making:
        linked = into.linked.pop(id(heading.field), None)
        _write_kind("Manufacture", heading, [(code, value.strip("()")) for code, value in making], into)
        if linked is not None:
            into.linked[id(heading.field)] = linked


def _write_provision(heading: Heading, into: Projection) -> None:
    """Write 264 by its second indicator; a copyright notice is no publication."""
    if heading.ind2 == "4":
        _write_notice(heading, into)
    elif kind := _KINDS.get(heading.ind2):
        _write_kind(kind, heading, _statement(heading.subfields), into)
    else:
        _write_kind("ProvisionActivity", heading, _statement(heading.subfields), into)


def _statement(subfields: Subfields) -> Subfields:
    return [each for each in subfields if each[0] in "abc"]


def _write_notice(heading: Heading, into: Projection) -> None:
    for code, value in heading.subfields:
        date = read_imprint_date(value if re.search(r"[©℗cp]", value) else f"©{value}") if code == "c" else None
        if date is None or not (date.copyright or date.phonogram):
            into.omit("264", code, "date-not-read" if code == "c" else "no-subfield-rule", value)
            continue
        _write_dates(date.copyright, date.phonogram, into)


def _write_dates(copyright_date: str, phonogram_date: str, into: Projection) -> None:
    add, instance = into.triples.append, into.identity.instance
    if copyright_date:
        into.seen["copyright"] = copyright_date
        add(f'{instance} {BF}copyrightDate> "{copyright_date}"')
    if phonogram_date:
        add(f'{instance} {BF}phonogramDate> "{phonogram_date}"')


def _write_kind(kind: str, heading: Heading, subfields: Subfields, into: Projection) -> None:
    """Write one activity: its places, agents and dates, and the words of the field in each script."""
    scopes = heading.all("3")
    if not subfields:
        for scope in scopes:
            into.omit(heading.tag, "3", "no-words", scope)
        return
    times = [value for code, value in subfields if code == "c"]
    read = [read_imprint_date(value) for value in times]
    for date in read:
        _write_dates(date.copyright, date.phonogram, into)
    activity = Activity(
        kind,
        _names(subfields, "a", NOWHERE, _PLACES),
        _names(subfields, "b", NOBODY, _AGENTS),
        _distinct(date.date for date in read),
        _distinct(without_end_punctuation(value) for value in times),
    )
    node = add_activity(activity, into)
    into.triples += (f"{node} {BF}part> {into.text(without_end_mark(scope))}" for scope in scopes)
    _write_statement(kind, subfields, into)
    if into.linked:
        _write_in_script(kind, activity, heading, into)


def _names(subfields: Subfields, code: str, none: re.Pattern[str], known: dict[str, str]) -> tuple[str, ...]:
    """Return the names of places or agents, without brackets; words that say that there is none name nothing."""
    return _distinct([_known_name(value, none, known) for each, value in subfields if each == code])


def _known_name(value: str, none: re.Pattern[str], known: dict[str, str]) -> str:
    name = known.get(value)
    return remember(known, value, _name(value, none), _REMEMBERED) if name is None else name


def _name(value: str, none: re.Pattern[str]) -> str:
    name = without_brackets(without_end_mark(value))
    return "" if none.search(name) else name


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, texts)))


def _write_statement(kind: str, subfields: Subfields, into: Projection) -> None:
    if kind in STATEMENTS:
        words = without_end_punctuation(" ".join(value for _code, value in subfields))
        into.triples.append(f"{into.identity.instance} {BF}{STATEMENTS[kind]}> {into.text(words)}")


def _write_in_script(kind: str, activity: Activity, heading: Heading, into: Projection) -> None:
    """Write the names of places and agents in another script on the same nodes, where their number agrees."""

    def write(subfields: Subfields) -> None:
        _write_statement(kind, _statement(subfields), into)
        for code, names, folder in (("a", activity.places, "place"), ("b", activity.agents, "agent")):
            values = [without_brackets(without_end_mark(value)) for each, value in subfields if each == code]
            if len(values) == len(names):
                for name, value in zip(names, values, strict=True):
                    target = into.scoped(folder, hashed("provision", heading_key(name)))
                    into.triples.append(f"{target} {LABEL} {into.text(value)}")

    into.in_script(heading.field, write)


def finish_record(into: Projection) -> None:
    """Write what follows from several fields: coded language, who assigned the number, publications with 008."""
    write_coded_language(into)
    write_assigner(into)
    write_activities(into)
    write_inferred_types(into)
    if into.parts:
        write_titles_of_parts(into)
    if into.urns:
        write_urns(into)


def _write_projected_date(heading: Heading, into: Projection) -> None:
    """Write 263: when the instance is to be published, as year and month."""
    for value in heading.all("a"):
        node = write_note(into.identity.instance, "=projected publication date", value, into)
        if date := read_compact_date(value):
            into.triples.append(f'{node} {BF}date> "{date}"{EDTF}')


_CONTROL: Final = {"8": "control", "7": "processing"}
RULES: tuple[FieldRule, ...] = (
    FieldRule(
        "250",
        "Edition Statement",
        "R 3 6 7* 8* a b",
        _write_edition,
        {"3": "no-subfield-rule", **_CONTROL},
        is_paired=True,
    ),
    FieldRule("263", "Projected Publication Date", "NR 6 8* a", _write_projected_date, {"6": "control", **_CONTROL}),
    FieldRule(
        "260",
        "Publication, Distribution, etc. (Imprint)",
        "R 3 6 8* a* b* c* d e* f* g* k l",
        _write_imprint,
        {**dict.fromkeys("dkl", "no-subfield-rule"), **_CONTROL},
        is_paired=True,
    ),
    FieldRule(
        "264",
        "Production, Publication, Distribution, Manufacture, and Copyright Notice",
        "R 3 6 7* 8* a* b* c*",
        _write_provision,
        _CONTROL,
        is_paired=True,
    ),
)
