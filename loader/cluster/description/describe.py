"""Describes a record for clustering."""

from __future__ import annotations

from collections.abc import Iterator

from loader.cluster.description import coded_reading, title_reading
from loader.cluster.description.person_reading import read_persons
from loader.cluster.description.record_description import RecordDescription, Series
from loader.cluster.description.title_reading import Fields, title_key
from loader.cluster.values import fold_words
from loader.marc.values.standard_numbers import read_isbns
from nbkg.grouping import group_values
from nbkg.records.record import MarcRecord


def describe_record(record: MarcRecord, key: str) -> RecordDescription:
    """Return what a record says that matters for clustering; `key` is what it is known by."""
    fields = group_values((field.tag, field) for field in record.fields)
    titles, volume = title_reading.read_titles(fields), title_reading.read_volume(fields)
    persons = read_persons(fields)
    edition, edition_words = coded_reading.read_edition(fields)
    return RecordDescription(
        key=key,
        content=coded_reading.read_content(record),
        carrier=coded_reading.read_carrier(record, fields),
        form=coded_reading.read_form(fields),
        extent=coded_reading.read_extent(record),
        is_abridged=coded_reading.is_abridged(fields),
        languages=coded_reading.read_languages(fields),
        years=coded_reading.read_years(fields),
        first_years=coded_reading.read_first_years(fields),
        titles=titles,
        volume=volume,
        numbers=title_reading.read_title_numbers(titles, volume),
        creators=persons.creators,
        contributors=persons.contributors,
        translators=persons.translators,
        isbns=_isbns(fields),
        identifiers=frozenset(_identifiers(fields)),
        edition=edition,
        edition_words=edition_words,
        publishers=coded_reading.read_publishers(fields),
        pages=coded_reading.read_pages(fields, coded_reading.read_extent(record)),
        series=tuple(_series(fields)),
        contents=title_reading.read_contents(fields),
        host=_host(fields),
        minutes=coded_reading.read_minutes(fields),
    )


def _isbns(fields: Fields) -> frozenset[str]:
    texts = [value for field in fields.get("020", ()) for value in field.values("a")]
    return frozenset(number.number for text in texts for number in read_isbns(text).numbers if number.is_valid)


def _identifiers(fields: Fields) -> Iterator[str]:
    """Yield numbers of 024 and 010 that name one thing, such as URN and DOI."""
    for field in fields.get("024", ()):
        yield from ("".join(value.lower().split()) for value in field.values("a"))
    for field in fields.get("010", ()):
        yield from ("lccn" + "".join(value.split()) for value in field.values("a"))


def _series(fields: Fields) -> Iterator[Series]:
    for field in (*fields.get("490", ()), *fields.get("830", ())):
        title = title_key(" ".join(field.values("a")))
        numbers = ["".join(word for word in fold_words(value) if word.isdecimal()) for value in field.values("v")]
        yield Series(title, "".join(numbers))


def _host(fields: Fields) -> frozenset[int]:
    """Return the numbers of 773 $g and $q, which say in which issue a part is."""
    words = [word for field in fields.get("773", ()) for word in fold_words(" ".join(field.values("gq")))]
    return frozenset(int(word) for word in words if word.isdecimal())
