"""What says that two records do not describe one publication, though they may have one text."""

from __future__ import annotations

from rapidfuzz.fuzz import token_set_ratio

from loader.cluster.description.record_description import RecordDescription

_YEARS_WITH_NUMBER = 12
"""Years between printings that have one ISBN."""
_PAGES, _SHARE_OF_PAGES = 6, 0.03
"""By how many pages, and by what share of them, catalogues count differently."""


def other_carrier(one: RecordDescription, other: RecordDescription) -> bool:
    """Return whether they have other carriers: print, file, audio, large print."""
    return one.carrier != other.carrier


def other_edition(one: RecordDescription, other: RecordDescription) -> bool:
    """Return whether the numbers of the editions differ, or only one is a new one; the first need not say so."""
    left, right = max(one.edition, 1), max(other.edition, 1)
    return left != right or one.edition_words != other.edition_words


def other_year(one: RecordDescription, other: RecordDescription) -> bool:
    """Return whether the years of publication differ more than those of printings with one ISBN."""
    if not one.years or not other.years:
        return False
    if not one.isbns.isdisjoint(other.isbns) and not one.pages.isdisjoint(other.pages):
        return False  # a later printing, whatever its year
    distance = min(abs(left - right) for left in one.years[:2] for right in other.years[:2])
    most = 0 if one.isbns.isdisjoint(other.isbns) else _YEARS_WITH_NUMBER
    return distance > most


def other_pages(one: RecordDescription, other: RecordDescription) -> bool:
    """Return whether the extents differ by more than what catalogues count differently."""
    if not one.pages or not other.pages or not one.pages.isdisjoint(other.pages):
        return False
    left, right = max(one.pages), max(other.pages)
    return abs(left - right) > max(_PAGES, _SHARE_OF_PAGES * max(left, right))


def other_duration(one: RecordDescription, other: RecordDescription) -> bool:
    """Return whether both say how long they take, and not the same."""
    left, right = one.minutes, other.minutes
    return bool(left and right) and abs(left - right) > max(2, 0.03 * max(left, right))


def other_publisher(one: RecordDescription, other: RecordDescription) -> bool:
    """Return whether both name publishers, and none is the same."""
    if not one.publishers or not other.publishers or not one.publishers.isdisjoint(other.publishers):
        return False
    if not one.isbns.isdisjoint(other.isbns) and not {*one.years}.isdisjoint(other.years):
        return False  # one catalogue names the imprint and another the house
    return token_set_ratio(" ".join(sorted(one.publishers)), " ".join(sorted(other.publishers))) < 80


def other_isbn(one: RecordDescription, other: RecordDescription) -> bool:
    """Return whether both have ISBNs, and none is the same."""
    return bool(one.isbns and other.isbns) and one.isbns.isdisjoint(other.isbns)


def other_series_number(one: RecordDescription, other: RecordDescription) -> bool:
    """Return whether both have numbers in one series, and these differ."""
    left = {series.title: series.number for series in one.series if series.number}
    return any(left.get(series.title, series.number) != series.number for series in other.series if series.number)
