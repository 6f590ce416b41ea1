"""The values of a property as data extension writes them: entities, texts, numbers and dates.

Reconciliation API 0.2, section 7.5. A value that the data does not describe is written by its IRI: a client could do
nothing else with it here. A resource that only is a part of the entity, such as a number of it, is written by its text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from nbkg.grouping import group_values
from nbkg.identifiers.scheme import IdentifierReading
from nbkg.rdf.label_choice import in_best_language
from nbkg.rdf.solutions import Term, term_order, text
from nbkg.rdf.vocabulary import XSD
from sparql_endpoint.api.reconcile.extension_query import WantedProperty
from sparql_endpoint.services.known_rows import rows_about
from sparql_endpoint.services.labels import Labels

Value = Mapping[str, object]
_DAY = re.compile(r"(-?[0-9]{4,}-[0-9]{2}-[0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})?")
_TIME = re.compile(r"(-?[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?)(Z|[+-][0-9]{2}:[0-9]{2})?")
_INTEGERS = ("integer", "int", "long", "short", "byte", "gYear", "nonNegativeInteger", "positiveInteger", "unsignedInt")
_NUMBERS = ("decimal", "double", "float")


def _integer(value: str) -> Value:
    return {"int": int(value)}


def _number(value: str) -> Value:
    number = float(value)
    return {"float": number} if math.isfinite(number) else {"str": value}


def _date(value: str) -> Value:
    """Return a day or a moment as the API writes it, in UTC where it names no zone."""
    if day := _DAY.fullmatch(value):
        return {"date": f"{day[1]}T00:00:00{day[2] or 'Z'}"}
    moment = _TIME.fullmatch(value)
    return {"date": f"{moment[1]}{moment[2] or 'Z'}"} if moment else {"str": value}


_WRITERS: Mapping[str, Callable[[str], Value]] = {
    **{f"{XSD}{name}": _integer for name in _INTEGERS},
    **{f"{XSD}{name}": _number for name in _NUMBERS},
    **{f"{XSD}{name}": _date for name in ("date", "dateTime", "dateTimeStamp")},
}
"""How literals of a datatype are written; all others are texts."""


@dataclass
class ValueWriter:
    """Writes values for one request; `look_up` reads what all of them need at once."""

    labels: Labels
    has_languages: bool = False
    """Whether texts are written with their languages, as version 1.0 has them."""

    def look_up(self, values: Sequence[Term]) -> None:
        """Read what is known of all IRIs that will be written."""
        nodes = list(dict.fromkeys(one for one in values if isinstance(one, NamedNode)))
        self._described = {row["iri"] for row in rows_about(self.labels.serving, nodes, "described")}
        rows = rows_about(self.labels.serving, nodes, "reconcile/written")
        self._written = group_values((row["iri"], text(row, "text")) for row in rows)
        self.labels.expect(nodes)

    def write(self, values: Sequence[Term], entity: NamedNode, prop: WantedProperty) -> list[Value]:
        """Return the values of a property of an entity, in their order, each once."""
        if prop.texts == "best":
            values = in_best_language(values, self.labels.language)
        written = [self._value(one, entity, prop.content) for one in sorted(values, key=term_order)]
        distinct = [value for number, value in enumerate(written) if value and value not in written[:number]]
        return distinct[: prop.limit] if prop.limit else distinct

    def write_numbers(self, readings: Sequence[IdentifierReading], prop: WantedProperty) -> list[Value]:
        """Return identifiers as numbers, or by their IRIs where these are wanted and the register has them."""
        texts = dict.fromkeys((one.iri or one.number) if prop.content == "id" else one.number for one in readings)
        written: list[Value] = [{"str": one} for one in texts]
        return written[: prop.limit] if prop.limit else written

    def _value(self, term: Term, entity: NamedNode, content: str) -> Value | None:
        if isinstance(term, Literal):
            return self._literal(term)
        return self._resource(term, entity, content) if isinstance(term, NamedNode) else None

    def _literal(self, literal: Literal) -> Value:
        try:
            value = _WRITERS.get(literal.datatype.value, _as_text)(literal.value)
        except ValueError:  # "many"^^xsd:integer, which a store may hold
            value = _as_text(literal.value)
        return {**value, "lang": literal.language} if literal.language and self.has_languages else value

    def _resource(self, node: NamedNode, entity: NamedNode, content: str) -> Value:
        if node.value.startswith(f"{entity.value}#"):
            return {"str": ", ".join(self._written.get(node, [])) or self.labels.of(node).text}
        if node not in self._described or content == "id":
            return {"str": node.value}
        name = self.labels.of(node).text
        return {"id": node.value, "name": name} if content == "entity" else {"str": name}


def _as_text(value: str) -> Value:
    return {"str": value}
