"""The rules that the data must obey, in plain language: its shapes, grouped by what kind of demand they make.

https://www.w3.org/TR/shacl/#core-components
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response
from markupsafe import Markup, escape
from pyoxigraph import Literal, NamedNode

from nbkg.grouping import group_values
from nbkg.rdf.compact_iri import local_name
from nbkg.rdf.label_choice import in_best_language
from nbkg.rdf.solutions import term_order, text
from nbkg.rdf.vocabulary import SH
from sparql_endpoint.errors import NotFoundError
from sparql_endpoint.http.languages import say
from sparql_endpoint.pages.frame.page import page
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import Label, Labels, request_labels
from sparql_endpoint.stores.base import Row, Term

blueprint = Blueprint("shapes", __name__)
_TARGETS = {
    "targetClass": "rule_class",
    "targetSubjectsOf": "rule_subjects",
    "targetObjectsOf": "rule_objects",
    "targetNode": "rule_node",
}
_DEMANDS = {
    name: f"rule_{name}"
    for name in (
        "datatype", "nodeKind", "pattern", "minLength", "maxLength", "minInclusive", "maxInclusive",
        "minExclusive", "maxExclusive", "languageIn", "uniqueLang", "in", "hasValue", "or", "lessThan",
        "lessThanOrEquals", "equals", "disjoint", "qualifiedValueShape",
    )
} | {"class": "rule_of_class", "node": "rule_keeps"}  # fmt: skip
"""Constraint → the key of the words for it."""
_KINDS = (
    ("rules_counts", {"minCount", "maxCount", "qualifiedMinCount", "qualifiedMaxCount"}),
    ("rules_vocabularies", {"in", "hasValue", "node"}),
    ("rules_values", set(_DEMANDS) | {"xone", "and", "not"}),
    ("rules_together", {"sparql", "select"}),
)
"""Kind of demand → the constraints that make a rule one of it; the first that fits."""
_WEIGHTS = {f"{SH}Warning": "rules_recommended", f"{SH}Info": "rules_notes"}

_Properties = Mapping[str, Sequence[Term]]
"""The values of a shape by the local name of the property."""


@dataclass(frozen=True)
class Demand:
    """A constraint and its values; `word` is the key of the sentence about them."""

    word: str
    values: Sequence[Label]
    language: str

    @property
    def sentence(self) -> Markup:
        """The sentence with the values in it."""
        values = Markup(", ").join(_in_sentence(value, self.language) for value in self.values)
        return escape(say(self.word, self.language, value="{value}")).format(value=values)


@dataclass(frozen=True)
class Rule:
    """A shape: its name, what it applies to, what it demands, and the messages for whoever breaks it."""

    fragment: str
    name: Label
    messages: Sequence[Label]
    applies: Sequence[tuple[str, Label]]
    path: Label | None
    counts: Sequence[str]
    demands: Sequence[Demand]
    query: str


@blueprint.get("/shapes")
def shapes() -> Response:
    """Answer the page. Raises NotFoundError where the data holds no shapes."""
    labels = request_labels()
    select = labels.serving.store.select
    rows = [*select(query("shapes")), *select(query("shape-members"))]
    if not rows:
        raise NotFoundError("This data holds no shapes.")
    return page("shapes.html", groups=_groups(_by_shape(rows), labels))


def _by_shape(rows: Iterable[Row]) -> Mapping[NamedNode, _Properties]:
    by_shape = group_values((row["shape"], (text(row, "property").removeprefix(SH), row["value"])) for row in rows)
    return {
        shape: {name: _distinct(values) for name, values in group_values(by_shape[shape]).items()}
        for shape in sorted(by_shape, key=term_order)
        if isinstance(shape, NamedNode)
    }


def _distinct(terms: Sequence[Term]) -> Sequence[Term]:
    """Return each of some terms once, in order."""
    return sorted({*terms}, key=term_order) if len(terms) > 1 else terms


def _groups(by_shape: Mapping[NamedNode, _Properties], labels: Labels) -> list[tuple[str, list[Rule]]]:
    """Return each kind of demand with its rules, from the strictest to what is only worth knowing."""
    parents = group_values(
        (child, shape) for shape, of_shape in by_shape.items() for child in of_shape.get("property", ())
    )
    groups: dict[str, list[Rule]] = {}
    for shape, of_shape in by_shape.items():
        targets = [by_shape[parent] for parent in parents.get(shape, ())] + [of_shape]
        if kind := _kind(of_shape, targets):
            groups.setdefault(kind, []).append(_rule(shape, of_shape, targets, labels))
    order = [*(kind for kind, _ in _KINDS), *_WEIGHTS.values(), "rules_parts"]
    return [(kind, groups[kind]) for kind in order if kind in groups]


def _kind(properties: _Properties, targets: Sequence[_Properties]) -> str:
    """Return the key of the words for the kind of a shape; an empty text for a shape that only groups others."""
    kind = next((kind for kind, names in _KINDS if names & set(properties)), "")
    if not kind:
        return ""
    if not any(set(_TARGETS) & set(target) for target in targets):
        return "rules_parts"
    weights = (value.value for value in properties.get("severity", ()) if isinstance(value, NamedNode))
    return next((_WEIGHTS[weight] for weight in weights if weight in _WEIGHTS), kind)


def _rule(shape: NamedNode, properties: _Properties, targets: Sequence[_Properties], labels: Labels) -> Rule:
    applies = [
        (_TARGETS[name], labels.of(term)) for target in targets for name in _TARGETS for term in target.get(name, ())
    ]
    paths = [labels.of(path) for path in properties.get("path", ()) if isinstance(path, NamedNode)]
    selects = [text.value for text in properties.get("select", ()) if isinstance(text, Literal)]
    return Rule(
        local_name(shape.value),
        labels.of(shape),
        [labels.of(text) for text in in_best_language(properties.get("message", ()), labels.language)],
        list(dict.fromkeys(applies)),
        paths[0] if paths else None,
        _counts(properties, labels.language),
        list(_demands(properties, labels)),
        "\n".join(selects).strip("\n"),
    )


def _counts(properties: _Properties, language: str) -> list[str]:
    """Return what a shape demands of the number of values, as sentences."""
    least, most = _number(properties, "minCount"), _number(properties, "maxCount")
    if least is None and most is None:
        least, most = _number(properties, "qualifiedMinCount"), _number(properties, "qualifiedMaxCount")
    if least is not None and least == most:
        return [say("rule_exactly", language, number=least)]
    sentences = [say("rule_least", language, number=least)] if least else []
    return [*sentences, say("rule_most", language, number=most)] if most is not None else sentences


def _number(properties: _Properties, name: str) -> int | None:
    values = properties.get(name, ())
    return next((int(v.value) for v in values if isinstance(v, Literal) and v.value.isdigit()), None)


def _demands(properties: _Properties, labels: Labels) -> Iterator[Demand]:
    for name, word in _DEMANDS.items():
        values = [label for term in properties.get(name, ()) if (label := labels.of(term)).blank_node is None]
        if values:
            yield Demand(word, values, labels.language)


def _in_sentence(label: Label, language: str) -> Markup:
    """Return a text within a sentence, marked with its language where that is another."""
    if label.language in (None, "", language):
        return escape(label.text)
    return Markup('<span lang="{}">{}</span>').format(label.language, label.text)
