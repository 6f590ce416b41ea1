"""Numbers of what a record describes (010–037, 074, 088): by their classes, with what is said of them.

https://www.loc.gov/marc/bibliographic/bd01x09x.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from loader.marc.fields.minor_number_fields import NUMBERS, MinorNumber
from loader.marc.fields.number_fields import ISSN_CENTER, KINDS, PUBLISHER_KINDS, SCHEMES
from loader.marc.writing.catalogue_graph import GraphNode
from loader.marc.writing.composed_fields import each, make_fields
from loader.marc.writing.composer import Composer, RecordComposing
from loader.marc.writing.heading_parts import Parts
from nbkg.records.record import MarcField

_LINKING = {"IssnL": "l"}
_CODES = {"cancinv": "z", "incorrect": "y"}


class NumberField(NamedTuple):
    """The field of a class of numbers."""

    tag: str
    indicators: str = "  "
    more: Callable[[GraphNode], Parts] = lambda _number: []
    """Returns the subfields that follow the number."""


def _code(number: GraphNode) -> str:
    """Return `a` for a valid number, else `z` (cancelled or wrong) or `y` (wrong ISSN)."""
    status = number.node("status").iri.rpartition("/")[2]
    return _CODES.get(status, "a") if number.is_a("Issn") else "z" if status else "a"


def written_number(number: GraphNode) -> str:
    """Return the number as it was written, which a note beside it has where it is another form."""
    return number.node("note").value("rdf:value") or number.value("rdf:value")


def _terms(number: GraphNode) -> Parts:
    return [*each("q", number.values("qualifier")), *each("c", number.values("acquisitionTerms"))]


def _assigned(number: GraphNode) -> Parts:
    """Return the qualifiers of a number and the agency that gave it ($2)."""
    return [*each("q", number.values("qualifier")), *each("2", number.node("assigner").values("code"))]


def _named_assigner(number: GraphNode) -> Parts:
    agent = number.node("assigner")
    return [*each("b", agent.values("rdfs:label") or agent.values("code")), *each("q", number.values("qualifier"))]


def _center(number: GraphNode) -> Parts:
    """Return the ISSN centre that gave a number ($2)."""
    return each("2", [code.removeprefix(ISSN_CENTER) for code in number.node("assigner").values("code")])


def _scheme(code: str) -> Callable[[GraphNode], Parts]:
    def more(number: GraphNode) -> Parts:
        return [*_terms(number), ("2", number.node("source").value("code") or code)]

    return more


_FIELDS: dict[str, NumberField] = {
    **{kind: NumberField("024", "7 ", _scheme(scheme)) for scheme, kind in SCHEMES.items()},
    **{kind: NumberField("024", f"{first} ", _terms) for first, kind in KINDS.items()},
    **{kind: NumberField("028", f"{first}0", _named_assigner) for first, kind in PUBLISHER_KINDS.items()},
    "PublisherNumber": NumberField("028", "50", _named_assigner),
    "Lccn": NumberField("010"),
    "Nbn": NumberField("015", "  ", _assigned),
    "Isbn": NumberField("020", "  ", _terms),
    "Issn": NumberField("022", "  ", _center),
    "IssnL": NumberField("022"),
    "Coden": NumberField("030"),
    "Strn": NumberField("027"),
}
_WITH_AGENCY = NumberField("016", "7 ", _assigned)
_WITH_SCHEME = NumberField("024", "7 ", _scheme(""))
_PLAIN = NumberField("024", "8 ", _terms)


def compose_numbers(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield a field for each number of the instance; an URN that an address says is 856 only."""
    nodes = composing.nodes
    for number in nodes.instance.nodes("identifiedBy"):
        if not _is_in_address(number, nodes.instance):
            yield from _number_field(number)
    for number in nodes.work.nodes("identifiedBy"):
        if number.is_a("IssnL"):
            yield from make_fields("022", "  ", [("m" if number.nodes("status") else "l", number.value("rdf:value"))])


def compose_terms(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 020 for terms of availability without a number."""
    instance = composing.nodes.instance
    yield from make_fields("020", "  ", each("c", instance.values("acquisitionTerms")))
    for source in instance.nodes("acquisitionSource"):
        if source.values("qualifier"):
            yield from make_fields("020", "  ", _terms(source))


def _is_in_address(number: GraphNode, instance: GraphNode) -> bool:
    if not number.is_a("Urn"):
        return False
    urn = number.value("rdf:value")
    return any(urn in locator.iri for locator in instance.nodes("electronicLocator"))


def _number_field(number: GraphNode) -> list[MarcField]:
    if minor := _minor(number):
        return _minor_field(*minor, number)
    field = _field_of(number)
    return make_fields(field.tag, field.indicators, [(_code(number), written_number(number)), *field.more(number)])


def _field_of(number: GraphNode) -> NumberField:
    named = next((field for kind, field in _FIELDS.items() if number.is_a(kind)), None)
    if named is not None:
        return named
    if number.is_a("Local"):
        return _WITH_AGENCY
    return _WITH_SCHEME if number.nodes("source") else _PLAIN


def _minor(number: GraphNode) -> tuple[str, MinorNumber] | None:
    """Return the field of the table of minor numbers whose class, and source where it has one, the number has."""
    source = number.node("source").value("code")
    for tag, minor in NUMBERS.items():
        if number.is_a(minor.kind) and minor.source in ("", source):
            return tag, minor
    return None


def _minor_field(tag: str, minor: MinorNumber, number: GraphNode) -> list[MarcField]:
    subfields = [
        ("z" if number.nodes("status") else "a", number.value("rdf:value")),
        *_if(minor.assigner, number.node("assigner").values("rdfs:label")),
        *_if(minor.qualifiers[:1], number.values("qualifier")),
        *_if(minor.date, number.values("date")),
        *each("2", [] if minor.source else number.node("source").values("code")),
    ]
    return make_fields(tag, "  ", subfields)


def _if(code: str, texts: list[str]) -> Parts:
    """Return texts as subfields, where a field has a subfield for them."""
    return each(code, texts) if code else []


COMPOSERS = (Composer(compose_numbers), Composer(compose_terms))
