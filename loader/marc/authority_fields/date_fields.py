"""Dates of what an authority record describes: 046, and the years in the heading of a person.

https://www.loc.gov/marc/authority/ad046.html
"""

from __future__ import annotations

from loader.marc.authority_fields.coded_nodes import write_date
from loader.marc.fields.control_fields import write_assigner
from loader.marc.fields.field_rule import Heading
from loader.marc.fields.projection import Projection
from loader.marc.fields.terms import BF, MADS, SCHEMA, SKOS
from loader.marc.values.life_dates import LifeDates, in_order, read_coded_date, read_life_dates

_OF_PERSON = {"f": "birth", "g": "death", "s": "active from", "t": "active to"}
_PROPERTIES = {
    "f": f"{MADS}establishDate>",
    "g": f"{MADS}terminateDate>",
    "q": f"{MADS}establishDate>",
    "r": f"{MADS}terminateDate>",
    "s": f"{MADS}activityStartDate>",
    "t": f"{MADS}activityEndDate>",
    "k": f"{MADS}creationDateStart>",
    "l": f"{MADS}creationDateEnd>",
    "o": f"{MADS}creationDateStart>",
    "p": f"{MADS}creationDateEnd>",
}
"""What the subfields are of things that are no persons; those of bodies and works are not born."""


def write_coded_dates(heading: Heading, into: Projection) -> None:
    """Write 046: dates of works and bodies at once, those of a person when the heading is known too."""
    for code, value in heading.subfields:
        if code in _PROPERTIES:
            _write_coded(heading, code, value, into)
        elif code == "z":
            into.triples.append(f"{into.identity.instance} {SKOS}note> {into.text(value)}")


def _write_coded(heading: Heading, code: str, value: str, into: Projection) -> None:
    date = read_coded_date(value, heading.first("2"))
    if not date:
        into.omit("046", code, "date-not-read", value)
    elif code in _OF_PERSON and into.described.tag == "100" and into.described.kind == "agent":
        into.seen.setdefault(_OF_PERSON[code], date)
    else:
        write_date(f"{into.identity.instance} {_PROPERTIES[code]}", date, into)


def finish_authority(into: Projection) -> None:
    """Write what follows from several fields: who gave the control number, the life of a person, what replaced it."""
    write_assigner(into)
    if into.described.kind == "agent" and not into.described.is_gone:
        _write_life(into)
    if into.leader[5:6] == "x" and "successor" not in into.seen:
        into.doubt("682", "0", "no-successor", into.described.label)


def _write_life(into: Projection) -> None:
    """Write the dates of a person: those of 046 and of the heading, the more exact ones where they agree."""
    coded, written = _coded(into), _written(into)
    if _is_century(coded, written.period):
        coded = LifeDates(active=coded.active)
    birth = _exact("birth", coded.birth, written.birth, into)
    death = _exact("death", coded.death, written.death, into)
    dates = LifeDates(birth, death, "" if birth or death else written.period)
    subject = into.identity.instance
    write_date(f"{subject} {SCHEMA}birthDate>", birth, into)
    write_date(f"{subject} {SCHEMA}deathDate>", death, into)
    write_date(f"{subject} {BF}date>", dates.span, into)
    first, last = coded.active if any(coded.active) else written.active
    write_date(f"{subject} {MADS}activityStartDate>", first, into)
    write_date(f"{subject} {MADS}activityEndDate>", last, into)


def _coded(into: Projection) -> LifeDates:
    seen = into.seen
    birth, death = seen.get("birth", ""), seen.get("death", "")
    if not in_order(birth, death):
        into.doubt("046", "g", "date-conflict", f"{birth}/{death}")
        birth = death = ""
    return LifeDates(birth, death, active=(seen.get("active from", ""), seen.get("active to", "")))


def _written(into: Projection) -> LifeDates:
    words = into.seen.get("heading dates", "")
    dates = read_life_dates(words) if words else LifeDates()
    if dates is None:
        into.doubt(into.described.tag, "d", "date-not-read", words)
        return LifeDates()
    return dates


def _is_century(dates: LifeDates, century: str) -> bool:
    """Return whether two years are the bounds of a century, so that they are no years of birth and death."""
    return (dates.birth, dates.death) in {
        (f"{century[:2]}00", f"{century[:2]}99"),
        (f"{century[:2]}01", f"{int(century[:2] or 0) + 1}00"),
    }


def _exact(name: str, coded: str, written: str, into: Projection) -> str:
    """Return the date of 046, which may have month and day; one that the heading contradicts is reported."""
    if coded and written and _contradict(coded, written):
        into.doubt("046", "f" if name == "birth" else "g", "date-conflict", f"{coded} {written}")
    return coded or written


def _contradict(coded: str, written: str) -> bool:
    """Return whether two dates differ in the year; one that is not certain contradicts nothing."""
    return not ("[" in written or "X" in coded or coded.startswith(written.rstrip("~?%")))
