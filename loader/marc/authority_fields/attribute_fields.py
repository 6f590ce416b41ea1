"""Attributes of a person, a family, a body or a work beside its name (043, 368–378, 380–388).

Each attribute is a concept of its own, by number or by its words within the source.
https://www.loc.gov/marc/authority/ad1xx3xx.html
"""

from __future__ import annotations

import re
from collections.abc import Callable

from loader.marc.authority_fields.coded_nodes import write_code
from loader.marc.authority_fields.left_fields import omit_codes
from loader.marc.fields.concept_nodes import write_concept
from loader.marc.fields.field_rule import Heading
from loader.marc.fields.music_fields import DESIGNATIONS
from loader.marc.fields.name_headings import numbers_of
from loader.marc.fields.number_fields import write_number
from loader.marc.fields.projection import Projection, part
from loader.marc.fields.terms import BF, DCTERMS, LABEL, LOC, MADS, SCHEMA, A
from loader.marc.values.heading_keys import hashed
from loader.marc.values.isbd import without_parentheses
from loader.marc.values.language_codes import BY_TWO_LETTERS, current_language
from loader.marc.values.literals import literal

_CODES = {"a": re.compile(r"[a-z][a-z-]{6}"), "c": re.compile(r"[A-Za-z]{2}(?:-[A-Za-z0-9]{1,3})?")}
"""What codes look like in 043: areas by the list of the Library of Congress, countries by ISO 3166."""
_TWO_LETTER_LISTS = {"iso639-1", "rfc5646"}
_NATIONALITY = re.compile(r"^(?:nasjonalitet|nationality)\b", re.IGNORECASE)
_PLACES = {
    "a": f"{MADS}birthPlace>",
    "b": f"{MADS}deathPlace>",
    "c": f"{MADS}associatedLocale>",
    "e": f"{SCHEMA}homeLocation>",
    "f": f"{MADS}associatedLocale>",
    "g": f"{BF}originPlace>",
}
_LITERALS = {
    "368": {"a": "entityDescriptor", "b": "entityDescriptor", "c": "entityDescriptor", "d": "honoraryTitle"},
    "375": {"a": "gender"},
    "376": {"a": "entityDescriptor", "b": "prominentFamilyMember", "c": "honoraryTitle"},
}
"""By tag and subfield, the properties of MADS/RDF whose values are texts."""
_CONCEPTS = {
    "372": (f"{MADS}fieldOfActivity>", "Topic"),
    "374": (f"{MADS}occupation>", "Topic"),
    "380": (f"{BF}genreForm>", "GenreForm"),
    "381": (f"{MADS}hasChararacteristic>", "Topic"),
    "382": (f"{BF}mediumOfPerformance>", "MediumOfPerformance"),
    "385": (f"{BF}intendedAudience>", "IntendedAudience"),
}
"""By tag, the property and the class of its values; the name of one of them is misspelt in MADS/RDF."""


def write_areas(heading: Heading, into: Projection) -> None:
    """Write 043: areas by the list of the Library of Congress ($a), or countries by ISO 3166 ($c)."""
    name = f"{MADS}associatedLocale>" if into.described.kind == "agent" else f"{DCTERMS}spatial>"
    link = f"{into.identity.instance} {name}"
    for code, value in heading.subfields:
        if not _CODES[code].fullmatch(value):
            into.omit("043", code, "country-code", value)
        elif code == "a":
            into.triples.append(f"{link} {LOC}geographicAreas/{value.rstrip('-')}>")
        else:
            write_code(link, "Place", ("country", value.lower()), into)


def _write_terms(heading: Heading, codes: str, write: Callable[[str, str], None], into: Projection) -> None:
    """Write each term of a field by a function of its code and node; numbers are used where there is one term only."""
    terms = [(code, value) for code, value in heading.subfields if code in codes]
    numbers = numbers_of(heading, into)
    if len(terms) != 1:
        omit_codes(heading, "01", "several-terms", into)
        numbers = []
    scheme = heading.first("2").lower()
    scheme = into.profile.schemes.get(scheme, scheme)
    kind = "Place" if heading.tag == "370" else _CONCEPTS.get(heading.tag, ("", "Topic"))[1]
    for code, value in terms:
        write(code, write_concept(kind, value, scheme, numbers, into))


def write_places(heading: Heading, into: Projection) -> None:
    """Write 370: places of birth, death, residence and others."""
    subject = into.identity.instance

    def write(code: str, node: str) -> None:
        into.triples.append(f"{subject} {_PLACES[code]} {node}")

    _write_terms(heading, "abcefg", write, into)


def write_attribute(heading: Heading, into: Projection) -> None:
    """Write 372, 374, 380–382, 385: a field of activity, an occupation, a form and the like."""
    subject, name = into.identity.instance, _CONCEPTS[heading.tag][0]

    def write(_code: str, node: str) -> None:
        into.triples.append(f"{subject} {name} {node}")
        if heading.tag == "374":
            into.triples.append(f"{node} {A} {MADS}Occupation>")

    _write_terms(heading, "a", write, into)


def write_words(heading: Heading, into: Projection) -> None:
    """Write 368, 375, 376: what MADS/RDF has as texts."""
    for code, value in heading.subfields:
        if name := _LITERALS[heading.tag].get(code):
            into.triples.append(f"{into.identity.instance} {MADS}{name}> {into.text(value)}")


def write_groups(heading: Heading, into: Projection) -> None:
    """Write 373: groups that the person or body is or was affiliated with, by their names; $s and $t are its time."""
    subject, add = into.identity.instance, into.triples.append
    for value in heading.all("a"):
        node = part(subject, f"affiliation-{hashed(value)}")
        add(f"{subject} {MADS}hasAffiliation> {node}")
        add(f"{node} {A} {MADS}Affiliation>")
        add(f"{node} {MADS}organization> {into.text(value)}")
        for code, name in (("s", "affiliationStart"), ("t", "affiliationEnd")):
            if date := heading.first(code):
                add(f"{node} {MADS}{name}> {literal(date)}")


def write_languages(heading: Heading, into: Projection) -> None:
    """Write 377: the languages that a person or body uses, or of a work."""
    name = f"{MADS}associatedLanguage>" if into.described.kind == "agent" else f"{BF}language>"
    for value in heading.all("a"):
        if language := _language(value, heading.first("2")):
            into.triples.append(f"{into.identity.instance} {name} {LOC}languages/{language}>")
        else:
            into.omit("377", "a", "language-code", value)


def _language(code: str, source: str) -> str:
    return BY_TWO_LETTERS.get(code.lower(), "") if source in _TWO_LETTER_LISTS else current_language(code)


def write_fuller_form(heading: Heading, into: Projection) -> None:
    """Write 378: a fuller form of the name of a person."""
    subject, add = into.identity.instance, into.triples.append
    for value in heading.all("q"):
        node = part(subject, f"fuller-{hashed(value)}")
        add(f"{subject} {MADS}fullerName> {node}")
        add(f"{node} {A} {MADS}PersonalName>")
        add(f"{node} {LABEL} {into.text(without_parentheses(value))}")


def write_characteristics(heading: Heading, into: Projection) -> None:
    """Write 386: the nationality of a person where $m says so, else a descriptor with the group that $m names."""
    subject, group = into.identity.instance, heading.first("m")
    if into.described.kind == "agent" and _NATIONALITY.match(group):

        def write(_code: str, node: str) -> None:
            into.triples.append(f"{subject} {SCHEMA}nationality> {node}")

        _write_terms(heading, "a", write, into)
        return
    for value in heading.all("a"):
        text = f"{group}: {value}" if group else value
        into.triples.append(f"{subject} {MADS}entityDescriptor> {into.text(text)}")
    omit_codes(heading, "012", "no-subfield-rule", into)


def write_designations(heading: Heading, into: Projection) -> None:
    """Write 383: the numbers of a musical work."""
    for code, value in heading.subfields:
        write_number(into.identity.instance, DESIGNATIONS[code], value, "", into)


def write_key(heading: Heading, into: Projection) -> None:
    """Write 384: the key of a musical work."""
    value = heading.first("a")
    node = into.scoped("concept/key", hashed(value.lower()))
    into.triples += (
        f"{into.identity.instance} {BF}keyMode> {node}",
        f"{node} {A} {BF}KeyMode>",
        f"{node} {LABEL} {into.text(value)}",
    )


def write_period(heading: Heading, into: Projection) -> None:
    """Write 388: the time in which a work was made."""
    for value in heading.all("a"):
        node = write_concept("Temporal", value, heading.first("2").lower(), (), into)
        into.triples.append(f"{into.identity.instance} {DCTERMS}temporal> {node}")
