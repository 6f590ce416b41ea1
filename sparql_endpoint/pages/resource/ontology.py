"""The page of an ontology: all its terms, each with its meaning, its relations to others, and uses in the data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import render_template
from pyoxigraph import Literal, NamedNode

from nbkg.grouping import group_values
from nbkg.rdf.label_choice import LANGUAGES, in_best_language, language_rank
from nbkg.rdf.solutions import is_true
from nbkg.rdf.vocabulary import DCTERMS, OWL, RDF, RDFS, SKOS
from sparql_endpoint.http.formats import GRAPHS
from sparql_endpoint.pages.resource.statements import Properties, by_blank_node, by_property
from sparql_endpoint.pages.resource.view import ResourceView
from sparql_endpoint.queries import query
from sparql_endpoint.services.known_rows import remember, rows_about
from sparql_endpoint.services.labels import Label, Labels
from sparql_endpoint.services.resource_description import Statement
from sparql_endpoint.stores.base import Row, Term

_STATUS = "http://www.w3.org/2003/06/sw-vocab-status/ns#term_status"
_STATUSES = {status: f"term_{status}" for status in ("testing", "stable", "unstable", "archaic")}
_CLASSES = {f"{OWL}Class", f"{RDFS}Class"}
_PROPERTIES = {
    f"{RDF}Property",
    *(f"{OWL}{kind}Property" for kind in ("Object", "Datatype", "Annotation", "Functional", "Transitive")),
}
_MOST_KNOWN = 5_000
"""Terms of which a few uses are known to later requests; where there are more, all are forgotten."""
_GROUPS = (("ontology_classes", _CLASSES), ("ontology_properties", _PROPERTIES))
_LABEL, _DEFINITION = f"{RDFS}label", (f"{SKOS}definition", f"{RDFS}comment", f"{SKOS}scopeNote")
_WRITTEN_APART = {
    _LABEL,
    f"{RDF}type",
    f"{RDFS}isDefinedBy",
    _STATUS,
    f"{OWL}deprecated",
    f"{SKOS}example",
    *_DEFINITION,
}
"""Properties that the template writes in its own way; all others are listed."""
_BACKWARDS = {
    f"{RDFS}subClassOf": "narrower_terms",
    f"{RDFS}subPropertyOf": "narrower_terms",
    f"{RDFS}domain": "properties_of",
    f"{RDFS}range": "values_of",
    f"{DCTERMS}isReplacedBy": "replaces",
}
"""Property between terms → the key of the word for its other direction."""


@dataclass(frozen=True)
class OntologyTerm:
    """A term of the ontology as the page shows it."""

    fragment: str
    """What identifies it on the page."""
    iri: str
    name: Label
    names: Sequence[Label]
    """In all languages."""
    definitions: Sequence[Label]
    other_definitions: Sequence[Label]
    properties: Properties
    backwards: Mapping[str, Sequence[Label]]
    """Terms that point at it, by the key of the word for that."""
    status: str
    deprecated: bool
    examples: Sequence[tuple[Label, Label | None]]
    shapes: Sequence[Label]
    page: str

    @property
    def other_names(self) -> Sequence[Label]:
        """The names in other languages than that of `name`."""
        return [label for label in self.names if label.language != self.name.language]


def render(view: ResourceView) -> str:
    """Return the page."""
    return render_template("ontology.html", **_context(view))


def _context(view: ResourceView) -> Mapping[str, object]:
    labels, iri = view.labels, view.iri
    statements = _by_term(view.statements, iri)
    neighbours = _neighbours(statements, labels)
    terms = {term: _term(term, of_term, neighbours[term], labels) for term, of_term in statements.items()}
    kinds = {term: _types(of_term) for term, of_term in statements.items()}
    return {
        "iri": iri.value,
        "name": labels.of(iri),
        "about": by_property((s for s in view.own if s.property.value != f"{DCTERMS}description"), labels),
        "descriptions": _best_texts(view.own, (f"{DCTERMS}description",), labels),
        "groups": [
            (key, [terms[term] for term in sorted(terms, key=str) if kinds[term] & classes]) for key, classes in _GROUPS
        ],
        "unsorted": [terms[term] for term in sorted(terms, key=str) if not kinds[term] & (_CLASSES | _PROPERTIES)],
        "schemes": _schemes(iri, labels),
        "nodes": by_blank_node(view.statements, labels),
        "formats": GRAPHS,
    }


def _by_term(statements: Iterable[Statement], ontology: NamedNode) -> Mapping[NamedNode, Sequence[Statement]]:
    own = ((one.subject, one) for one in statements if one.subject != ontology)
    return group_values((term, one) for term, one in own if isinstance(term, NamedNode))


def _types(statements: Iterable[Statement]) -> set[str]:
    values = (statement.value for statement in statements if statement.property.value == f"{RDF}type")
    return {value.value for value in values if isinstance(value, NamedNode)}


@dataclass(frozen=True)
class _Neighbours:
    """The surroundings of a term: what other terms state about it, the rules for it, and uses of it."""

    backwards: Mapping[str, Sequence[Label]]
    shapes: Sequence[Label]
    uses: Sequence[Row]


def _neighbours(statements: Mapping[NamedNode, Sequence[Statement]], labels: Labels) -> Mapping[NamedNode, _Neighbours]:
    backwards, shapes = _backwards(statements, labels), _shapes(statements, labels)
    neighbours = {
        term: _Neighbours(backwards.get(term, {}), shapes.get(term, ()), _uses(term, of_term, labels))
        for term, of_term in statements.items()
    }
    labels.prefer_own_pages(row["subject"] for one in neighbours.values() for row in one.uses)
    return neighbours


def _uses(term: NamedNode, statements: Sequence[Statement], labels: Labels) -> Sequence[Row]:
    """Return a few instances of a class, or a few statements with a property; each is read once for each version."""
    known = labels.serving.per_version(__name__, dict[NamedNode, Sequence[Row]])
    if (rows := known.get(term)) is None:
        name = "instances" if _types(statements) & _CLASSES else "property-examples"
        rows = labels.serving.store.select(query(name), {"iri": term})
        remember(known, {term: rows}, _MOST_KNOWN)
    return rows


def _term(term: NamedNode, statements: Sequence[Statement], neighbours: _Neighbours, labels: Labels) -> OntologyTerm:
    values = {statement.property.value: statement.value for statement in statements}
    status, deprecated = values.get(_STATUS), values.get(f"{OWL}deprecated")
    definitions = _best_texts(statements, _DEFINITION, labels)
    return OntologyTerm(
        term.value.partition("#")[2] or term.value,
        term.value,
        labels.of(term),
        _texts(statements, (_LABEL,), labels),
        definitions,
        [text for text in _texts(statements, _DEFINITION, labels) if text not in definitions],
        by_property((s for s in statements if s.property.value not in _WRITTEN_APART), labels),
        neighbours.backwards,
        _STATUSES.get(status.value, "") if isinstance(status, Literal) else "",
        is_true(deprecated),
        [(labels.of(row["subject"]), labels.of(row["value"]) if "value" in row else None) for row in neighbours.uses],
        neighbours.shapes,
        labels.addresses.own_page(term.value),
    )


def _best_texts(statements: Iterable[Statement], properties: Sequence[str], labels: Labels) -> Sequence[Label]:
    """Return the texts in the language that suits best."""
    values = (statement.value for statement in statements if statement.property.value in properties)
    return [labels.of(text) for text in in_best_language(values, labels.language)]


def _texts(statements: Iterable[Statement], properties: Sequence[str], labels: Labels) -> Sequence[Label]:
    """Return the texts in every language, those of the pages' languages first."""
    values = (statement.value for statement in statements if statement.property.value in properties)
    texts = [value for value in values if isinstance(value, Literal)]
    return [labels.of(text) for text in sorted(texts, key=lambda text: language_rank(text.language, LANGUAGES[0]))]


def _backwards(
    statements: Mapping[NamedNode, Sequence[Statement]], labels: Labels
) -> Mapping[Term, Mapping[str, Sequence[Label]]]:
    """Return for each term the terms that point at it, by the key of the word for that."""
    groups: dict[Term, dict[str, list[Label]]] = {}
    for term, of_term in statements.items():
        for statement in of_term:
            if word := _BACKWARDS.get(statement.property.value):
                groups.setdefault(statement.value, {}).setdefault(word, []).append(labels.of(term))
    return groups


def _shapes(terms: Iterable[NamedNode], labels: Labels) -> Mapping[Term, Sequence[Label]]:
    """Return the shapes that are about each term."""
    rows = rows_about(labels.serving, list(terms), "term-shapes", "term")
    return group_values((row["term"], labels.of(row["shape"])) for row in rows)


def _schemes(ontology: NamedNode, labels: Labels) -> Sequence[tuple[Label, Sequence[Label]]]:
    """Return the concept schemes of an ontology, each with its concepts."""
    groups: dict[Term, list[Term]] = {}
    for row in labels.serving.store.select(query("schemes"), {"iri": ontology}):
        groups.setdefault(row["scheme"], []).extend([row["concept"]] if "concept" in row else [])
    return [(labels.of(scheme), [labels.of(concept) for concept in concepts]) for scheme, concepts in groups.items()]
