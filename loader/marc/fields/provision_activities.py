"""Publications and the like as nodes: those that say the same are one, and 008 adds its country and dates.

A coded date that says the same as a transcribed one adds nothing; one that says another thing is a second date of the
publication and reported, so that neither is used alone.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from loader.marc.fields.projection import Activity, Projection, part
from loader.marc.fields.terms import BF, EDTF, LABEL, LOC, A
from loader.marc.values.coded_dates import CodedDates, read_coded_dates
from loader.marc.values.heading_keys import hashed, heading_key
from loader.marc.values.language_codes import country
from loader.marc.values.literals import literal
from loader.marc.values.remembered import remember

_YEAR: Final = re.compile(r"[\dX]{4}")
_NAMED: Final[dict[tuple[str, str, str, str], tuple[str, list[str]]]] = {}
"""Places and agents and what is said of them, by source, class, name and language."""
_REMEMBERED: Final = 1 << 12


def add_activity(activity: Activity, into: Projection) -> str:
    """Write an activity for the instance of the record, and return its node: same names and dates are one."""
    node = write_activity(into.identity.instance, activity, into)
    into.activities[node] = activity
    return node


def write_activity(instance: str, activity: Activity, into: Projection) -> str:
    """Write an activity for an instance, and return its node."""
    names = [heading_key(name) for name in (*activity.places, "", *activity.agents)]
    times = activity.dates or [heading_key(words) for words in activity.words]
    node = part(instance, f"{activity.kind.lower()}-{hashed(*names, '', *times)}")
    add = into.triples.append
    add(f"{instance} {BF}provisionActivity> {node}")
    add(f"{node} {A} {BF}{activity.kind}>")
    for kind, texts in (("Place", activity.places), ("Agent", activity.agents)):
        for name in texts:
            target, triples = _named(kind, name, into)
            add(f"{node} {BF}{kind.lower()}> {target}")
            into.triples.extend(triples)
    for date in activity.dates:
        add(f'{node} {BF}date> "{date}"{EDTF}')
    for words in activity.words:
        if words not in activity.dates:
            add(f"{node} {BF}date> {literal(words)}")
    return node


def _named(kind: str, name: str, into: Projection) -> tuple[str, list[str]]:
    """Return the node of a place or an agent and what is said of it: places and publishers come again and again."""
    key = (into.source, kind, name, into.language)
    known = _NAMED.get(key)
    if known is None:
        node = into.scoped(kind.lower(), hashed("provision", heading_key(name)))
        triples = [f"{node} {A} {BF}{kind}>", f"{node} {LABEL} {into.text(name)}"]
        known = remember(_NAMED, key, (node, triples), _REMEMBERED)
    return known


def write_activities(into: Projection) -> None:
    """Write what 008 says of the publications of a record, when all fields are mapped."""
    coded = into.coded
    dates = read_coded_dates(coded[6:15])
    if into.copies.dates:
        dates = _without_copy_dates(dates, into)
    if dates.is_reversed:
        into.doubt("008", "", "date-order", coded[6:15])
    _write_other_dates(dates, into)
    countries = list(_countries(coded, into))
    publications = {node: each for node, each in into.activities.items() if each.kind == "Publication"}
    node = _publication(dates, publications)
    if not node and (countries or dates.published):
        node = part(into.identity.instance, "publication")
        into.triples.append(f"{into.identity.instance} {BF}provisionActivity> {node}")
        into.triples.append(f"{node} {A} {BF}Publication>")
    for name in countries:
        into.triples.append(f"{node} {BF}place> {name}")
    if dates.published and node:
        _write_coded_date(node, dates.published, publications.get(node), into)


def _without_copy_dates(dates: CodedDates, into: Projection) -> CodedDates:
    """Return coded dates without that of a reproduction (533), which is not when the original was published."""
    transcribed = [date for each in into.activities.values() for date in each.dates]
    if not any(_agree(dates.published, date) for date in into.copies.dates if dates.published):
        return dates
    if any(_agree(dates.published, date) for date in transcribed):
        return dates
    return dates._replace(published=dates.original)


def _countries(coded: str, into: Projection) -> dict[str, None]:
    name = country(coded[15:18])
    return dict.fromkeys([*([f"{LOC}countries/{name}>"] if name else []), *into.countries])


def _publication(dates: CodedDates, publications: dict[str, Activity]) -> str:
    """Return the publication that 008 is about: the only one, or the only one with its date."""
    if len(publications) == 1:
        return next(iter(publications))
    same = [node for node, each in publications.items() if dates.published and dates.published in each.dates]
    return same[0] if len(same) == 1 else ""


def _write_coded_date(node: str, date: str, activity: Activity | None, into: Projection) -> None:
    if activity is not None and any(_agree(date, each) for each in activity.dates):
        return
    if activity is not None and activity.dates:
        into.doubt("008", "", "date-conflict", f"{date}, {' '.join(activity.dates)}")
    elif activity is not None and activity.words and _is_unknown(into, date):
        into.triples.append(f'{node} {BF}date> "{date}?"{EDTF}')
        return
    into.triples.append(f'{node} {BF}date> "{date}"{EDTF}')


def _is_unknown(into: Projection, date: str) -> bool:
    """Return whether a year is that of the copyright only: then it is inferred at most."""
    return into.seen.get("copyright") == date and read_coded_dates(into.coded[6:15]).copyright == date


@lru_cache(1 << 10)
def _agree(coded: str, transcribed: str) -> bool:
    """Return whether a coded date says no more than a transcribed one: `2010` and `2010?`, `197X` and `197X`."""
    years = _YEAR.findall(coded), _YEAR.findall(transcribed)
    return years[0] == years[1] or (len(years[0]) == 1 and bool(years[1]) and years[0][0] in years[1])


def _write_other_dates(dates: CodedDates, into: Projection) -> None:
    add, instance, work = into.triples.append, into.identity.instance, into.identity.work
    if dates.copyright and "copyright" not in into.seen:
        add(f'{instance} {BF}copyrightDate> "{dates.copyright}"')
    if dates.original:
        add(f'{work} {BF}originDate> "{dates.original}"{EDTF}')
    if dates.produced:
        node = part(instance, "production")
        add(f"{instance} {BF}provisionActivity> {node}")
        add(f"{node} {A} {BF}Production>")
        add(f'{node} {BF}date> "{dates.produced}"{EDTF}')
    if dates.released and not any(each.kind == "Distribution" for each in into.activities.values()):
        node = part(instance, "distribution")
        add(f"{instance} {BF}provisionActivity> {node}")
        add(f"{node} {A} {BF}Distribution>")
        add(f'{node} {BF}date> "{dates.released}"{EDTF}')
