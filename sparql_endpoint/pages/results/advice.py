"""What is said about a query beside its result, in the page's language: terms that the data does not have."""

from __future__ import annotations

from collections.abc import Sequence

from sparql_endpoint.http.languages import say
from sparql_endpoint.services import void_counts
from sparql_endpoint.services.services import serving
from sparql_endpoint.services.unknown_terms import UnknownTerm, unknown_terms


def advice(text: str, language: str) -> Sequence[str]:
    """Return a sentence or two for each term of a query that the data does not have. Raises StoreError."""
    return [_sentences(term, language) for term in unknown_terms(text, serving(), void_counts.contents().counts)]


def _sentences(term: UnknownTerm, language: str) -> str:
    missing = say(f"unknown_{term.kind}", language, term=term.text)
    if not term.suggestions:
        return missing
    suggestions = say("unknown_or", language).join(term.suggestions)
    return f"{missing} {say('unknown_meant', language, suggestions=suggestions)}"
