"""Flyouts: a few lines of HTML about an entity, a type or a property that is suggested.

Reconciliation API 0.2, section 6.5. Clients write the HTML into their own pages, so it holds no script and no style.
"""

from __future__ import annotations

from collections.abc import Iterable

from flask import render_template

from sparql_endpoint.api.reconcile.entity_card import make_card
from sparql_endpoint.api.reconcile.entity_ids import find_entities
from sparql_endpoint.api.reconcile.schema_terms import SchemaTerm, read_schema
from sparql_endpoint.api.reconcile.term_ids import property_ids, type_ids
from sparql_endpoint.errors import NotFoundError
from sparql_endpoint.http import languages


def flyout(kind: str, name: str) -> dict[str, str]:
    """Return the flyout of what has an id. Raises NotFoundError where nothing has it, StoreError."""
    html = _of_entity(name) if kind == "entity" else _of_term(_terms(kind, name))
    if html is None:
        raise NotFoundError(f"id: there is no {kind} “{name[:200]}”")
    return {"id": name, "html": html}


def _of_entity(name: str) -> str | None:
    node = find_entities([name]).get(name)
    card = make_card(node) if node else None
    return render_template("reconcile/flyout.html", card=card) if card else None


def _terms(kind: str, name: str) -> Iterable[SchemaTerm]:
    schema = read_schema()
    ids, terms = (type_ids(), schema.types) if kind == "type" else (property_ids(), schema.properties)
    return (terms[iri] for iri in ids.find(name) if iri in terms)


def _of_term(terms: Iterable[SchemaTerm]) -> str | None:
    term, language = next(iter(terms), None), languages.negotiate()
    if term is None:
        return None
    return render_template("reconcile/flyout.html", term=term, name=term.name(language), note=term.note(language))
