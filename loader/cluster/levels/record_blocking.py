"""Which records of catalogues are compared: those that share a number, or a title and somebody who made it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from loader.cluster.description.record_description import PersonKey, RecordDescription

_HALF = 10
"""Letters of the beginning and of the end of a title: an error in one half leaves the other."""
_SHORTEST = 4
_MOST_TITLES, _MOST_PERSONS = 8, 4


def block_keys(record: RecordDescription) -> Sequence[str]:
    """Return the keys of a record; those that share one are compared."""
    return [*dict.fromkeys(_iter_keys(record))]


def _iter_keys(record: RecordDescription) -> Iterator[str]:
    yield from (f"n{number}" for number in (*record.isbns, *record.identifiers))
    titles = _titles(record)
    families = [*dict.fromkeys(person.family for person in _makers(record))][:_MOST_PERSONS]
    for family in families:
        yield from (f"t{title}|{family}" for title in titles)
        yield from _part_keys(record, family)
    if not families:
        yield from (f"y{title}|{year}" for title in titles[:1] for year in record.years[:1])


def _makers(record: RecordDescription) -> Sequence[PersonKey]:
    return record.creators or record.contributors


def _titles(record: RecordDescription) -> list[str]:
    """Return the titles by which a record is looked for, with halves of the main one."""
    titles = record.titles
    named = [titles.main, titles.full, *titles.others, *titles.originals]
    halves = [half for title in (titles.full, *titles.originals[:2]) for half in _halves(title)]
    return [*dict.fromkeys(filter(None, [*named[:_MOST_TITLES], *halves]))]


def _halves(title: str) -> list[str]:
    size = min(_HALF, len(title) // 2)
    return [title[:size], f"-{title[-size:]}"] if size >= _SHORTEST else []


def _part_keys(record: RecordDescription, family: str) -> Iterator[str]:
    if record.extent == "part" and record.pages:
        yield f"p{family}|{min(record.pages)}|{''.join(map(str, record.years[:1]))}"
