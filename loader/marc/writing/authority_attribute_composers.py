"""What authority records say of an agent or a concept (043, 046, 370–386), notes and sources (667–680), read backwards.

https://www.loc.gov/marc/authority/ad1xx3xx.html, https://www.loc.gov/marc/authority/ad66768x.html
"""

from __future__ import annotations

from collections.abc import Iterator

from loader.marc.writing.authority_subfields import authority_numbers, vocabulary_of
from loader.marc.writing.catalogue_graph import GraphNode, codes_of
from loader.marc.writing.composed_fields import each, make_fields
from loader.marc.writing.composer import Composer, RecordComposing
from loader.marc.writing.heading_parts import Parts
from nbkg.records.record import MarcField

_COUNTRY = "/concept/country/"
_AREA = 7
"""How many signs a code of an area has, with hyphens at the end."""
_PLACES = {
    "a": "mads:birthPlace",
    "b": "mads:deathPlace",
    "c": "mads:associatedLocale",
    "e": "schema:homeLocation",
    "g": "originPlace",
}
"""The subfields of 370, and the properties that they became."""
_TERMS = {"372": "mads:fieldOfActivity", "374": "mads:occupation"}
_NATIONALITIES = {"nob": "Nasjonalitet/regional gruppe", "nno": "Nasjonalitet/regional gruppe"}
"""What 386 $m calls nationalities, by the language of description."""
_NATIONALITY = "Nationality/regional group"
_NOTES = {"678": "skos:historyNote", "680": "skos:note", "677": "skos:definition", "681": "skos:example"}


def compose_areas(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 043: areas of the Library of Congress ($a) and countries of ISO 3166 ($c)."""
    localities = [
        node for name in ("mads:associatedLocale", "dcterms:spatial") for node in composing.nodes.instance.nodes(name)
    ]
    areas = [code.ljust(_AREA, "-") for code in codes_of(localities, "geographicAreas")]
    countries = [locality.value("code") for locality in localities if _COUNTRY in locality.iri]
    yield from make_fields("043", "  ", [*each("a", areas), *each("c", countries)])


def compose_dates(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 046: dates of birth and death that are more exact than a year, which the heading has."""
    described = composing.nodes.instance
    dates = [
        (code, date.replace("-", ""))
        for code, name in (("f", "schema:birthDate"), ("g", "schema:deathDate"))
        for date in described.values(name)
        if date.count("-") == 2 and date.replace("-", "").isdigit()
    ]
    yield from make_fields("046", "  ", dates)


def compose_places(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 370: a field for each vocabulary, with the places of birth, death, residence and others."""
    fields: dict[str, Parts] = {}
    for code, name in _PLACES.items():
        for locality in composing.nodes.instance.nodes(name):
            for label in locality.texts("rdfs:label")[:1]:
                fields.setdefault(vocabulary_of(locality), []).append((code, label))
    for vocabulary, parts in fields.items():
        yield from make_fields("370", "  ", [*parts, *each("2", [composing.forms.source(vocabulary)])])


def compose_terms(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 372, 374: each field of activity and each occupation, with its number and vocabulary."""
    for tag, name in _TERMS.items():
        for term in composing.nodes.instance.nodes(name):
            yield from make_fields(tag, "  ", _term_parts(term, composing))


def _term_parts(term: GraphNode, composing: RecordComposing) -> Parts:
    numbers = authority_numbers(term, composing.forms)
    vocabulary = composing.forms.source(vocabulary_of(term))
    return [*each("a", term.texts("rdfs:label")[:1]), *numbers, *each("2", [vocabulary])]


def compose_groups(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 373: groups that a person or body was affiliated with, and when."""
    for node in composing.nodes.instance.nodes("mads:hasAffiliation"):
        times = [*each("s", node.values("mads:affiliationStart")), *each("t", node.values("mads:affiliationEnd"))]
        yield from make_fields("373", "  ", [*each("a", node.texts("mads:organization")), *times])


def compose_person(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 375, 377, 378 and 386: gender, languages, fuller name and nationality."""
    described, record = composing.nodes.instance, composing.nodes.record
    for gender in described.texts("mads:gender"):
        yield from make_fields("375", "  ", [("a", gender)])
    languages = [*described.nodes("mads:associatedLanguage"), *described.nodes("language")]
    yield from make_fields("377", "  ", each("a", codes_of(languages, "languages")))
    for name in described.nodes("mads:fullerName"):
        yield from make_fields("378", "  ", each("q", name.texts("rdfs:label")))
    language = next(iter(codes_of(record.nodes("descriptionLanguage"), "languages")), "")
    for node in described.nodes("schema:nationality"):
        group = _NATIONALITIES.get(language, _NATIONALITY)
        label, *rest = _term_parts(node, composing)
        yield from make_fields("386", "  ", [label, ("m", group), *rest])


def compose_notes(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 667 (notes about the record), and 677–681 (notes about the thing)."""
    for text in composing.nodes.record.texts("skos:editorialNote"):
        yield from make_fields("667", "  ", [("a", text)])
    for tag, name in _NOTES.items():
        for text in composing.nodes.instance.texts(name):
            yield from make_fields(tag, "  ", [("a", text)])


def compose_sources(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 670 and 675: sources, what was found in them, and where they are."""
    for node in composing.nodes.instance.nodes("mads:hasSource"):
        if "not found" in node.values("mads:citationStatus"):
            yield from make_fields("675", "  ", each("a", node.texts("mads:citationSource")))
            continue
        links = [link.iri for link in node.nodes("rdfs:seeAlso")]
        citation = [*each("a", node.texts("mads:citationSource")), *each("b", node.texts("mads:citationNote"))]
        yield from make_fields("670", "  ", [*citation, *each("u", links)])


ATTRIBUTES = tuple(
    map(
        Composer,
        (
            compose_areas,
            compose_dates,
            compose_places,
            compose_terms,
            compose_groups,
            compose_person,
            compose_notes,
            compose_sources,
        ),
    )
)
"""The composers of what is said beside the heading."""
