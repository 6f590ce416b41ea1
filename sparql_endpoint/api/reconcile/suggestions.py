"""Suggestions while somebody types: entities, types and properties whose names begin so.

Reconciliation API 0.2, section 6, "Suggest Services"; 1.0-draft calls the cursor offset, and adds a limit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from sparql_endpoint.api.reconcile import entity_descriptions
from sparql_endpoint.api.reconcile.candidate_search import complete
from sparql_endpoint.api.reconcile.identifier_registers import registers
from sparql_endpoint.api.reconcile.json_text import clean, excerpt
from sparql_endpoint.api.reconcile.property_proposals import describe, of_types
from sparql_endpoint.api.reconcile.reconciliation_query import LONGEST_NAME
from sparql_endpoint.api.reconcile.schema_terms import Schema, SchemaTerm, read_schema
from sparql_endpoint.api.reconcile.term_ids import TermIds, property_ids, type_ids
from sparql_endpoint.errors import RequestError

_DEFAULT_LIMIT = 10
_MOST = 50
"""Suggestions of one answer."""
_LAST = 1_000
"""The suggestions that can be reached by skipping those before them."""


@dataclass(frozen=True)
class SuggestionRequest:
    """What was typed, and which of the suggestions are wanted."""

    prefix: str
    type: str
    start: int
    limit: int

    @property
    def end(self) -> int:
        """The number of suggestions up to the last one that is wanted."""
        return self.start + self.limit

    def types(self) -> Sequence[str]:
        """Return the IRIs of the type that entities should have; none where any will do."""
        return type_ids().find(self.type) if self.type else ()


def read_request(fields: Mapping[str, str]) -> SuggestionRequest:
    """Return what a request asks for. Raises RequestError."""
    prefix = clean(fields.get("prefix", ""))
    if len(prefix) > LONGEST_NAME:
        raise RequestError(f"prefix: the text has {len(prefix)} characters; {LONGEST_NAME} are looked up at most")
    start = _number(fields, ("cursor", "offset"), 0, _LAST)
    limit = _number(fields, ("limit",), _DEFAULT_LIMIT, _MOST)
    return SuggestionRequest(prefix, fields.get("type", ""), start, limit)


def _number(fields: Mapping[str, str], names: Sequence[str], default: int, most: int) -> int:
    name, text = next(((name, fields[name]) for name in names if fields.get(name)), ("", ""))
    if not text:
        return default
    if not text.isascii() or not text.isdigit():
        raise RequestError(f"{name}: expected a whole number, not {excerpt(text)}")
    return min(int(text[:9]), most)


def suggest_entities(sought: SuggestionRequest) -> list[dict[str, object]]:
    """Return entities of which a name begins so, or that the text identifies. Raises StoreError."""
    if not sought.prefix:
        return []
    candidates = complete(sought.prefix, [sought.type] if sought.type else [], sought.end)[sought.start :]
    descriptions = entity_descriptions.describe(NamedNode(one.iri) for one in candidates)
    return [{**descriptions.fields(NamedNode(one.iri)), "notable": descriptions.types(one.types)} for one in candidates]


def suggest_types(sought: SuggestionRequest, language: str) -> list[dict[str, object]]:
    """Return types whose names begin so, the most used first. Raises StoreError."""
    schema = read_schema()
    matching = _beginning(schema.main_types(), type_ids(), sought)
    return [_describe_type(term, schema, language) for term in matching]


def suggest_properties(sought: SuggestionRequest, language: str) -> list[dict[str, str]]:
    """Return properties whose names begin so, those of the type first, then the most used. Raises StoreError."""
    schema = read_schema()
    preferred = of_types(schema, sought.types())
    terms = {term.iri: term for term in (*preferred, *schema.properties.values(), *registers().values())}
    matching = _beginning(terms.values(), property_ids(), sought)
    return [describe(term, language) for term in matching]


def _beginning(terms: Iterable[SchemaTerm], ids: TermIds, sought: SuggestionRequest) -> list[SchemaTerm]:
    """Return the terms of which a name, a word of a name, or the id begins so, or that the text names."""
    plain, named = sought.prefix.casefold(), {*ids.find(sought.prefix)}
    matching = [term for term in terms if term.iri in named or _begins(term, ids.id_of(term.iri), plain)]
    return sorted(matching, key=lambda term: term.iri not in named)[sought.start : sought.end]


def _begins(term: SchemaTerm, term_id: str, plain: str) -> bool:
    texts = [label.value.casefold() for label in term.labels]
    texts += [word for text in texts for word in text.split()] + [
        term_id.casefold(),
        term_id.partition(":")[2].casefold(),
    ]
    return any(text.startswith(plain) for text in texts)


def _describe_type(term: SchemaTerm, schema: Schema, language: str) -> dict[str, object]:
    described: dict[str, object] = {**entity_descriptions.describe_type(term.iri, schema, language)}
    if note := term.note(language):
        described["description"] = note
    if wider := list(filter(schema.is_named, term.wider)):
        described["broader"] = [entity_descriptions.describe_type(iri, schema, language) for iri in wider]
    return described
