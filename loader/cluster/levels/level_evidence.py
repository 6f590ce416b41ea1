"""What says that two records describe one thing. Each is a function of both records that returns 0 or 1, or between."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rapidfuzz.distance import OSA

from loader.cluster.description.record_description import PersonKey, RecordDescription, Titles
from loader.cluster.levels.person_agreement import agree

Evidence = Callable[[RecordDescription, RecordDescription], float]

_SHORTEST, _LONG = 8, 20
"""Letters of a title from which on one may differ, and two."""


def same_title(one: RecordDescription, other: RecordDescription) -> float:
    """Return 1 where titles with subtitles are the same, or an original title of one is a title of the other."""
    left, right = one.titles, other.titles
    if left.main and left.full == right.full:
        return 1.0
    return float(not _named(left).isdisjoint(right.originals) or not _named(right).isdisjoint(left.originals))


def _named(titles: Titles) -> frozenset[str]:
    """Return the titles by which another record may mean this one."""
    return frozenset((titles.full, titles.main, *titles.others, *titles.originals)) - {""}


def same_main_title(one: RecordDescription, other: RecordDescription) -> float:
    """Return 1 where the main titles are the same, or one is the other with its subtitle."""
    left, right = one.titles, other.titles
    if not left.main or not right.main:
        return 0.0
    return float(left.main in (right.main, right.full) or left.full == right.main)


def similar_title(one: RecordDescription, other: RecordDescription) -> float:
    """Return 1 where the titles differ by an error or an ending."""
    left, right = (one.titles.full, *one.titles.originals), (other.titles.full, *other.titles.originals)
    return float(any(_is_similar(title, each) for title in left for each in right))


def _is_similar(one: str, other: str) -> bool:
    """Return whether one letter differs, or two in a long title; digits must not."""
    shortest = min(len(one), len(other))
    most = 2 if shortest >= _LONG else 1
    return (
        shortest >= _SHORTEST and OSA.distance(one, other, score_cutoff=most) <= most and _digits(one) == _digits(other)
    )


def _digits(text: str) -> list[str]:
    return [sign for sign in text if sign.isdecimal()]


def other_title_agrees(one: RecordDescription, other: RecordDescription) -> float:
    """Return 1 where a title that one has beside its main title is the main title of the other."""
    left, right = one.titles, other.titles
    is_main = any(title in left.others for title in (right.full, right.main) if title)
    return float(is_main or any(title in right.others for title in (left.full, left.main) if title))


def same_creator(one: RecordDescription, other: RecordDescription) -> float:
    """Return 1 where one of those who made it is the same."""
    return float(agree(one.creators, other.creators))


def same_person(one: RecordDescription, other: RecordDescription) -> float:
    """Return 1 where somebody who made one had a part in the other."""
    return float(agree(one.creators, _everybody(other)) or agree(other.creators, _everybody(one)))


def _everybody(record: RecordDescription) -> tuple[PersonKey, ...]:
    return (*record.creators, *record.contributors, *record.translators)


def same_publication(one: RecordDescription, other: RecordDescription) -> float:
    """Return 1 where neither names anybody, and year and publisher are the same."""
    is_nameless = not one.creators and not other.creators
    return float(is_nameless and bool(same_year(one, other) and same_publisher(one, other)))


def same_isbn(one: RecordDescription, other: RecordDescription) -> float:
    """Return 1 where an ISBN is the same: it is evidence and no proof, for publishers use one twice."""
    return float(not one.isbns.isdisjoint(other.isbns))


def same_identifier(one: RecordDescription, other: RecordDescription) -> float:
    """Return 1 where another number is the same."""
    return float(not one.identifiers.isdisjoint(other.identifiers))


def same_year(one: RecordDescription, other: RecordDescription) -> float:
    """Return 1 where a year of publication is the same."""
    return float(not {*one.years[:2]}.isdisjoint(other.years[:2]))


def same_publisher(one: RecordDescription, other: RecordDescription) -> float:
    """Return 1 where a publisher is the same."""
    return float(not one.publishers.isdisjoint(other.publishers))


def same_pages(one: RecordDescription, other: RecordDescription) -> float:
    """Return 1 where an extent is the same."""
    return float(not one.pages.isdisjoint(other.pages))


def same_translator(one: RecordDescription, other: RecordDescription) -> float:
    """Return 1 where a translator is the same."""
    return float(agree(one.translators, other.translators))


def same_host(one: RecordDescription, other: RecordDescription) -> float:
    """Return 1 where both are parts of one issue."""
    return float(bool(one.host and other.host) and (one.host <= other.host or other.host <= one.host))


def same_article(one: RecordDescription, other: RecordDescription) -> float:
    """Return 1 where both are a part on the same pages of one issue."""
    return float(one.extent == other.extent == "part" and bool(same_host(one, other) and same_pages(one, other)))


EVIDENCE: Mapping[str, Evidence] = {
    "same-title": same_title,
    "same-main-title": same_main_title,
    "similar-title": similar_title,
    "other-title-agrees": other_title_agrees,
    "same-creator": same_creator,
    "same-person": same_person,
    "same-publication": same_publication,
    "same-isbn": same_isbn,
    "same-identifier": same_identifier,
    "same-year": same_year,
    "same-publisher": same_publisher,
    "same-pages": same_pages,
    "same-translator": same_translator,
    "same-host": same_host,
    "same-article": same_article,
}
"""The evidence by the names that settings call it by."""
