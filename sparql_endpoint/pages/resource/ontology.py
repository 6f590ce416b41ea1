"""The page of an ontology: all its terms, each with what it means, how it hangs together, and how the data uses it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import render_template
from pyoxigraph import Literal, NamedNode

from nbkg.rdf.label_choice import in_best_language, language_rank
from sparql_endpoint.http.formats import GRAPHS
from sparql_endpoint.pages.resource import statements as document
from sparql_endpoint.pages.resource.view import Thing
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import Label, Labels
from sparql_endpoint.services.resource_description import Statement
from sparql_endpoint.stores.base import Row, Term
from sparql_endpoint.stores.rows import among

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_DCTERMS = "http://purl.org/dc/terms/"
_STATUS = "http://www.w3.org/2003/06/sw-vocab-status/ns#term_status"
_STATUSES = {status: f"term_{status}" for status in ("testing", "stable", "unstable", "archaic")}
_CLASSES = {f"{_OWL}Class", f"{_RDFS}Class"}
_PROPERTIES = {
    f"{_RDF}Property",
    *(f"{_OWL}{kind}Property" for kind in ("Object", "Datatype", "Annotation", "Functional", "Transitive")),
}
_GROUPS = (("ontology_classes", _CLASSES), ("ontology_properties", _PROPERTIES))
_LABEL, _DEFINITION = f"{_RDFS}label", (f"{_SKOS}definition", f"{_RDFS}comment", f"{_SKOS}scopeNote")
_OWN_PLACE = {
    _LABEL,
    f"{_RDF}type",
    f"{_RDFS}isDefinedBy",
    _STATUS,
    f"{_OWL}deprecated",
    f"{_SKOS}example",
    *_DEFINITION,
}
"""What is shown in a place of its own; all else is shown as it stands."""
_BACKWARDS = {
    f"{_RDFS}subClassOf": "narrower_terms",
    f"{_RDFS}subPropertyOf": "narrower_terms",
    f"{_RDFS}domain": "properties_of",
    f"{_RDFS}range": "values_of",
    f"{_DCTERMS}isReplacedBy": "replaces",
}
"""Property between terms → the key of the word for its other direction."""


@dataclass(frozen=True)
class Entry:
    """A term: its anchor, what it is called and means, and what is told of it."""

    fragment: str
    iri: str
    name: Label
    other_names: Sequence[Label]
    definitions: Sequence[Label]
    other_definitions: Sequence[Label]
    properties: document.Properties
    backwards: Mapping[str, Sequence[Label]]
    status: str
    deprecated: bool
    examples: Sequence[tuple[Label, Label | None]]
    shapes: Sequence[Label]
    page: str


def html(thing: Thing) -> str:
    """The page."""
    return render_template("ontology.html", **_told(thing))


def _told(thing: Thing) -> Mapping[str, object]:
    labels, iri = thing.labels, thing.iri
    select = labels.serving.store.select
    by_term = _by_term(thing.statements, iri)
    shapes = select(among(query("term-shapes"), "term", by_term)) if by_term else ()
    uses = {term: _uses(term, said, labels) for term, said in by_term.items()}
    schemes = select(query("schemes"), {"iri": iri})
    labels.prefer_own_pages(row["subject"] for rows in uses.values() for row in rows)
    labels.expect(_all(thing.statements, shapes, schemes, *uses.values()))
    backwards, rules = _backwards(by_term, labels), _by_term_of(shapes)
    told = {
        term: _Around(backwards.get(term, {}), [labels.of(shape) for shape in rules.get(term, ())], uses[term])
        for term in by_term
    }
    entries = {term: _entry(term, said, told[term], labels) for term, said in by_term.items()}
    kinds = {term: _types(said) for term, said in by_term.items()}
    own = [statement for statement in thing.statements if statement.subject == iri]
    return {
        "iri": iri.value,
        "name": labels.of(iri),
        "about": document.properties((s for s in own if s.property.value != f"{_DCTERMS}description"), labels),
        "descriptions": _texts(own, (f"{_DCTERMS}description",), labels),
        "groups": [
            (key, [entries[t] for t in sorted(entries, key=str) if kinds[t] & wanted]) for key, wanted in _GROUPS
        ],
        "unsorted": [e for t, e in sorted(entries.items(), key=str) if not kinds[t] & (_CLASSES | _PROPERTIES)],
        "schemes": _schemes(schemes, labels),
        "nodes": document.nodes(thing.statements, labels),
        "formats": GRAPHS,
    }


def _by_term(statements: Iterable[Statement], iri: NamedNode) -> dict[NamedNode, list[Statement]]:
    found: dict[NamedNode, list[Statement]] = {}
    for statement in statements:
        if isinstance(statement.subject, NamedNode) and statement.subject != iri:
            found.setdefault(statement.subject, []).append(statement)
    return found


def _all(statements: Iterable[Statement], *rows: Iterable[Row]) -> Iterable[Term]:
    yield from (term for s in statements for term in (s.subject, s.property, s.value))
    yield from (term for found in rows for row in found for term in row.values())


def _types(said: Iterable[Statement]) -> set[str]:
    return {s.value.value for s in said if s.property.value == f"{_RDF}type" and isinstance(s.value, NamedNode)}


def _uses(term: NamedNode, said: Sequence[Statement], labels: Labels) -> Sequence[Row]:
    """A few instances of a class, a few statements with a property."""
    name = "instances" if _types(said) & _CLASSES else "uses"
    return labels.serving.store.select(query(name), {"iri": term})[:3]


@dataclass(frozen=True)
class _Around:
    """What is not said of a term itself: what other terms say of it, the rules for it, and uses of it."""

    backwards: Mapping[str, Sequence[Label]]
    shapes: Sequence[Label]
    uses: Sequence[Row]


def _entry(term: NamedNode, said: Sequence[Statement], around: _Around, labels: Labels) -> Entry:
    values = {s.property.value: s.value for s in said}
    status, ended = values.get(_STATUS), values.get(f"{_OWL}deprecated")
    shown, definitions = labels.of(term), _texts(said, _DEFINITION, labels)
    return Entry(
        term.value.partition("#")[2] or term.value,
        term.value,
        shown,
        [label for label in _every(said, (_LABEL,), labels) if label.language != shown.language],
        definitions,
        [text for text in _every(said, _DEFINITION, labels) if text not in definitions],
        document.properties((s for s in said if s.property.value not in _OWN_PLACE), labels),
        around.backwards,
        _STATUSES.get(status.value, "") if isinstance(status, Literal) else "",
        isinstance(ended, Literal) and ended.value in ("true", "1"),
        [(labels.of(row["subject"]), labels.of(row["value"]) if "value" in row else None) for row in around.uses],
        around.shapes,
        labels.addresses.own_page(term.value),
    )


def _texts(said: Iterable[Statement], properties: Sequence[str], labels: Labels) -> list[Label]:
    """The texts in the language that suits best."""
    texts = (s.value for s in said if s.property.value in properties)
    return [labels.of(text) for text in in_best_language(texts, labels.language)]


def _every(said: Iterable[Statement], properties: Sequence[str], labels: Labels) -> list[Label]:
    """The texts in every language, those of the pages' languages first."""
    texts = [s.value for s in said if s.property.value in properties and isinstance(s.value, Literal)]
    return [labels.of(text) for text in sorted(texts, key=lambda text: language_rank(text.language, "nb"))]


def _backwards(
    by_term: Mapping[NamedNode, Sequence[Statement]], labels: Labels
) -> Mapping[Term, Mapping[str, Sequence[Label]]]:
    """What terms say of others, by the other."""
    found: dict[Term, dict[str, list[Label]]] = {}
    for term, said in by_term.items():
        for statement in said:
            if word := _BACKWARDS.get(statement.property.value):
                found.setdefault(statement.value, {}).setdefault(word, []).append(labels.of(term))
    return found


def _by_term_of(rows: Sequence[Row]) -> Mapping[Term, Sequence[Term]]:
    found: dict[Term, list[Term]] = {}
    for row in rows:
        found.setdefault(row["term"], []).append(row["shape"])
    return found


def _schemes(rows: Sequence[Row], labels: Labels) -> Sequence[tuple[Label, Sequence[Label]]]:
    found: dict[Term, list[Term]] = {}
    for row in rows:
        found.setdefault(row["scheme"], []).extend([row["concept"]] if "concept" in row else [])
    return [(labels.of(scheme), [labels.of(concept) for concept in of]) for scheme, of in found.items()]
