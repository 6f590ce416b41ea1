"""What says that two records do not describe one thing, whatever else agrees. Each is a function of both records."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rapidfuzz.fuzz import ratio

from loader.cluster.description.catalogue_words import read_catalogue_words
from loader.cluster.description.record_description import PersonKey, RecordDescription
from loader.cluster.levels import instance_vetoes
from loader.cluster.levels.person_agreement import agree

Veto = Callable[[RecordDescription, RecordDescription], bool]

_READ = frozenset({"text", "spoken"})
_OCCASIONS = frozenset({"review", "programme"})
_FEW_PAGES = 60
"""Pages of a book that is no longer than one story for children."""
_MINUTES = 3.0
"""Minutes in which a page can be read aloud at most."""
_NORMS = frozenset({"nob", "nno"})
_LEAST_CONTENTS, _LEAST_SUBTITLE = 0.6, 75.0


def other_volume(one: RecordDescription, other: RecordDescription) -> bool:
    """Return whether the numbers of the volumes differ, or only one is a volume."""
    return one.volume != other.volume


def other_numbers(one: RecordDescription, other: RecordDescription) -> bool:
    """Return whether the numbers in both titles differ: “Lov per 1. juli 2014”, “Lov per 1. januar 2015”."""
    return bool(one.numbers and other.numbers) and one.numbers != other.numbers


def other_content(one: RecordDescription, other: RecordDescription) -> bool:
    """Return whether one is a text, read or printed, and the other is not."""
    return one.content != other.content and not (one.content in _READ and other.content in _READ)


def read_aloud(one: RecordDescription, other: RecordDescription) -> bool:
    """Return whether only one is read aloud."""
    return (one.content == "spoken" or one.carrier == "audio") != (
        other.content == "spoken" or other.carrier == "audio"
    )


def other_form(one: RecordDescription, other: RecordDescription) -> bool:
    """Return whether something else was made of the work: a play, a comic, a review."""
    return one.form != other.form


def other_extent(one: RecordDescription, other: RecordDescription) -> bool:
    """Return whether one is a part or a serial, and the other is not."""
    return one.extent != other.extent


def other_host(one: RecordDescription, other: RecordDescription) -> bool:
    """Return whether both are parts of issues with other numbers."""
    return bool(one.host and other.host) and not (one.host <= other.host or other.host <= one.host)


def other_creators(one: RecordDescription, other: RecordDescription) -> bool:
    """Return whether both name who made it, and nobody is the same."""
    if not one.creators or not other.creators:
        return False
    return not (agree(one.creators, _all_persons(other)) or agree(other.creators, one.contributors))


def _all_persons(record: RecordDescription) -> tuple[PersonKey, ...]:
    return (*record.creators, *record.contributors)


def other_subtitle(one: RecordDescription, other: RecordDescription) -> bool:
    """Return whether one main title has two subtitles that are not alike, and no original title is the same."""
    left, right = one.titles.subtitle, other.titles.subtitle
    if not left or not right or left == right or one.titles.main != other.titles.main:
        return False
    if one.languages.isdisjoint(other.languages) or not {*one.titles.originals}.isdisjoint(other.titles.originals):
        return False
    return left not in right and right not in left and ratio(left, right) < _LEAST_SUBTITLE


def other_contents(one: RecordDescription, other: RecordDescription) -> bool:
    """Return whether they hold other works, or only one holds several."""
    if "review" in (one.form, other.form):
        return False  # whose titles are those of the books
    if not one.contents or not other.contents:
        return bool(one.contents or other.contents) and not (_is_reissue(one, other) or _is_translated(one, other))
    if one.languages.isdisjoint(other.languages):
        return False  # titles in two languages cannot be compared
    common = sum(any(_alike(work, each) for each in other.contents) for work in one.contents)
    return common < _LEAST_CONTENTS * max(len(one.contents), len(other.contents))


def _is_reissue(one: RecordDescription, other: RecordDescription) -> bool:
    """Return whether one says that it came out first in the year of the other, as which it is read or printed."""
    is_noted = not one.first_years.isdisjoint(other.years) or not other.first_years.isdisjoint(one.years)
    return is_noted and one.content == other.content == "spoken"


def _is_translated(one: RecordDescription, other: RecordDescription) -> bool:
    """Return whether one is a translation of just what the other is as a whole."""
    is_named = one.titles.full in other.titles.originals or other.titles.full in one.titles.originals
    return is_named and one.languages.isdisjoint(other.languages)


def _alike(one: str, other: str) -> bool:
    return one == other or ratio(one, other) >= 85


def generic_title(one: RecordDescription, other: RecordDescription) -> bool:
    """Return whether the title is one that many things have, and neither number, year nor publisher says it is one."""
    generic = read_catalogue_words().generic
    if one.titles.full not in generic and other.titles.full not in generic:
        return False
    if not one.isbns.isdisjoint(other.isbns):
        return False
    is_one = {*one.years[:1]} == {*other.years[:1]} and not one.publishers.isdisjoint(other.publishers)
    return not (is_one and one.creators and other.creators)


def other_original(one: RecordDescription, other: RecordDescription) -> bool:
    """Return whether both name original titles and none agrees, while their own titles are not the same either."""
    left, right = one.titles, other.titles
    if not left.originals or not right.originals or left.full == right.full:
        return False
    return not any(_alike(title, each) for title in left.originals for each in right.originals)


def other_length(one: RecordDescription, other: RecordDescription) -> bool:
    """Return whether one is read aloud for much longer than the pages of the other can take."""
    return _reads_too_long(one, other) or _reads_too_long(other, one)


def _reads_too_long(one: RecordDescription, other: RecordDescription) -> bool:
    pages = max(other.pages, default=0)
    return 0 < pages <= _FEW_PAGES and not other.minutes and one.minutes > _MINUTES * pages


def other_occasion(one: RecordDescription, other: RecordDescription) -> bool:
    """Return whether they are reviews or programmes that do not say that they are of one year or issue."""
    if one.form not in _OCCASIONS or other.form not in _OCCASIONS:
        return False
    return {*one.years[:1]}.isdisjoint(other.years[:1]) or other_host(one, other)


def other_language(one: RecordDescription, other: RecordDescription) -> bool:
    """Return whether the languages of the text differ; Norwegian without a norm may be either."""
    left, right = one.languages, other.languages
    if not left or not right:
        return one.titles.main not in (other.titles.main, other.titles.full)
    if not left.isdisjoint(right):
        return (
            not left.isdisjoint(_NORMS) and not right.isdisjoint(_NORMS) and (left & _NORMS).isdisjoint(right & _NORMS)
        )
    return not ("nor" in left | right and not (left | right).isdisjoint(_NORMS))


def other_translator(one: RecordDescription, other: RecordDescription) -> bool:
    """Return whether both name translators, and none is the same."""
    return bool(one.translators and other.translators) and not agree(one.translators, other.translators)


def abridged(one: RecordDescription, other: RecordDescription) -> bool:
    """Return whether only one was shortened."""
    return one.is_abridged != other.is_abridged


VETOES: Mapping[str, Veto] = {
    "other-volume": other_volume,
    "other-numbers": other_numbers,
    "other-content": other_content,
    "read-aloud": read_aloud,
    "other-form": other_form,
    "other-extent": other_extent,
    "other-host": other_host,
    "other-creators": other_creators,
    "other-subtitle": other_subtitle,
    "other-contents": other_contents,
    "generic-title": generic_title,
    "other-original": other_original,
    "other-length": other_length,
    "other-occasion": other_occasion,
    "other-language": other_language,
    "other-translator": other_translator,
    "abridged": abridged,
    "other-carrier": instance_vetoes.other_carrier,
    "other-edition": instance_vetoes.other_edition,
    "other-year": instance_vetoes.other_year,
    "other-pages": instance_vetoes.other_pages,
    "other-duration": instance_vetoes.other_duration,
    "other-publisher": instance_vetoes.other_publisher,
    "other-isbn": instance_vetoes.other_isbn,
    "other-series-number": instance_vetoes.other_series_number,
}
"""The vetoes by the names that settings call them by."""
