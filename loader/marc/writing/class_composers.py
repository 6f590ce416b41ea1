"""Class numbers (050–086) by their classes, and codes of places, languages and countries (041, 043, 044).

https://www.loc.gov/marc/bibliographic/bd082.html
"""

from __future__ import annotations

from collections.abc import Iterator

from loader.marc.fields.classification_fields import ADDITIONAL, KINDS
from loader.marc.fields.language_fields import PARTS
from loader.marc.profiles.marc_profile import MarcProfile
from loader.marc.writing.catalogue_graph import GraphNode, codes_of
from loader.marc.writing.composed_fields import each, make_fields
from loader.marc.writing.composer import Composer, RecordComposing
from loader.marc.writing.local_composers import own_parts_of_heading
from nbkg.records.record import MarcField

_TAGS = {kind: tag for tag, kind in reversed(KINDS.items()) if tag not in {"055", "086"}}
"""By class the tag; a number of no class of its own is in 084, whose $2 names the scheme."""
_OWN_AGENCIES = {"050": ("DLC", "00"), "060": ("DNLM", "00"), "070": ("DNAL", "0 "), "082": ("DLC", "00")}
"""The agency whose own number an indicator marks, and these indicators."""
_OTHERS = {"050": " 4", "060": " 4", "070": "1 ", "082": "04", "083": "0 "}


def compose_classes(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield a field for each class number of the work."""
    for number in composing.nodes.work.nodes("classification"):
        yield from _class_field(number, composing.nodes.profile)


def _class_field(number: GraphNode, profile: MarcProfile) -> list[MarcField]:
    tag = _tag(number)
    agency, indicators = _OWN_AGENCIES.get(tag, ("", "  "))
    assigners = number.node("assigner").values("code")
    is_own = agency in assigners
    subfields = [
        *each("z", number.values("table")),
        *each("a", number.values("classificationPortion")),
        *each("c", number.values("spanEnd")),
        *each("y", number.values("tableSeq")),
        *each("b", number.values("itemPortion")),
        *each("q", [] if is_own else assigners),
        *each("2", [*number.values("edition"), *number.node("source").values("code")]),
        *own_parts_of_heading(tag, number, profile),
    ]
    return make_fields(tag, indicators if is_own else _indicators(tag, number), subfields)


def _tag(number: GraphNode) -> str:
    if ADDITIONAL in number.values("qualifier"):
        return "083"
    return next((tag for kind, tag in _TAGS.items() if number.is_a(kind)), "084")


def _indicators(tag: str, number: GraphNode) -> str:
    """Return the indicators of a number that another agency assigned; `7` is an edition of Dewey with a name."""
    is_other_edition = tag in {"082", "083"} and "/" in number.value("edition")
    return f"7{_OTHERS[tag][1]}" if is_other_edition else _OTHERS.get(tag, "  ")


def compose_languages(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 041: the languages of the text, and of its parts and originals."""
    nodes = composing.nodes.work.nodes("language")
    texts = codes_of(nodes, "languages")
    parts = [(code, language) for node in nodes for code, language in _part_languages(node)]
    is_coded = len(texts) < 2 and (not parts or composing.nodes.profile.practice.has_coded_language_only)
    is_translation = any(code in "hkmn" for code, _language in parts)
    subfields = [*each("a", [] if is_coded else texts), *parts]
    yield from make_fields("041", f"{int(is_translation)} ", subfields)


def _part_languages(node: GraphNode) -> list[tuple[str, str]]:
    names = node.values("part")
    codes = [code for code, name in PARTS.items() if name in names]
    return [(code, language) for code in codes for language in codes_of(node.nodes("rdf:value"), "languages")]


def compose_areas(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 043: the areas that the work is about, by codes of seven signs."""
    areas = codes_of(composing.nodes.work.nodes("geographicCoverage"), "geographicAreas")
    yield from make_fields("043", "  ", each("a", [area.ljust(7, "-") for area in areas]))


def compose_countries(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 044: the countries of publication by ISO 3166, and by the list of MARC where 008 does not hold all."""
    places = [each for node in composing.nodes.instance.nodes("provisionActivity") for each in node.nodes("place")]
    iso = [node.value("code") for node in dict.fromkeys(places) if "/concept/country/" in node.iri]
    listed = list(dict.fromkeys(codes_of(places, "countries")))
    yield from make_fields("044", "  ", [*each("a", listed if len(listed) > 1 else []), *each("c", iso)])


COMPOSERS = tuple(map(Composer, (compose_classes, compose_languages, compose_areas, compose_countries)))
