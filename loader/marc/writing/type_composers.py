"""Content, media and carrier (336–338) by their terms, and the coded physical description (007) that they make.

https://www.loc.gov/marc/bibliographic/bd3xx.html
"""

from __future__ import annotations

from collections.abc import Iterator

from loader.marc.fields.coded_form_fields import CARRIERS
from loader.marc.fields.physical_fields import TYPES
from loader.marc.writing.catalogue_graph import GraphNode, codes_of, expand
from loader.marc.writing.composed_fields import control_fields, each, make_fields
from loader.marc.writing.composer import Composer, RecordComposing
from loader.marc.writing.worded_composers import is_part
from nbkg.records.record import MarcField

_LENGTHS = {"c": 14, "g": 9, "h": 13, "m": 23, "s": 14, "v": 9}
"""How many positions 007 has for a category of material (https://www.loc.gov/marc/bibliographic/bd007.html)."""
_PLAIN = {"Print": "ta", "Tactile": "tc"}


def compose_types(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 336–338 for each term that a record names; what was inferred from its codes is in these only."""
    nodes = composing.nodes
    for tag, (name, _kind, folder, scheme) in TYPES.items():
        subject = nodes.work if tag == "336" else nodes.instance
        for term in [] if _is_inferred(name, composing) else subject.nodes(name):
            yield from _type_field(tag, term, folder, scheme)


def _is_inferred(name: str, composing: RecordComposing) -> bool:
    return expand(name) in [node.iri for node in composing.nodes.record.nodes("nbkg:inferred")]


def _type_field(tag: str, term: GraphNode, folder: str, scheme: str) -> list[MarcField]:
    labels, codes = term.values("rdfs:label")[:1], codes_of([term], folder)
    sources = [source.value("code") for source in term.nodes("source")] or ([scheme] if codes else [])
    iris = [term.iri] if term.iri and not is_part(term) and not codes else []
    subfields = [*each("a", labels), *each("b", codes), *each("0", iris), *each("2", sources)]
    return make_fields(tag, "  ", subfields)


def compose_forms(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 007: the category and the carrier; what else it could say is not coded (`|`)."""
    instance = composing.nodes.instance
    yield from control_fields(
        "007", *_forms_of(instance, [] if _is_inferred("media", composing) else _categories(instance))
    )
    for node in instance.nodes("hasReproduction"):
        yield from control_fields("007", *_forms_of(node, _categories(node)))


def _forms_of(instance: GraphNode, categories: list[str]) -> Iterator[str]:
    yield from (form for kind, form in _PLAIN.items() if instance.is_a(kind))
    yield from (code.ljust(_LENGTHS[code[0]], "|") for code in categories)


def _categories(instance: GraphNode) -> list[str]:
    """Return the category and carrier of each carrier, and the category of media without one."""
    carriers = list(filter(_is_coded, codes_of(instance.nodes("carrier"), "carriers")))
    known = {code[0] for code in carriers}
    media = codes_of(instance.nodes("media"), "mediaTypes")
    return [*carriers, *(f"{code}|" for code in media if code in _LENGTHS and code not in known)]


def _is_coded(carrier: str) -> bool:
    return carrier[:1] in CARRIERS and carrier[1:2] in CARRIERS[carrier[:1]]


COMPOSERS = (Composer(compose_types), Composer(compose_forms))
