"""The rules that the data must keep, in plain language: its shapes, grouped by what kind of demand they make.

https://www.w3.org/TR/shacl/#core-components
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response
from markupsafe import Markup, escape
from pyoxigraph import Literal, NamedNode

from nbkg.rdf.label_choice import in_best_language
from sparql_endpoint.errors import NotFoundError
from sparql_endpoint.http.languages import say
from sparql_endpoint.pages.frame.page import page
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import Label, Labels, request_labels
from sparql_endpoint.stores.base import Row, Term

blueprint = Blueprint("shapes", __name__)
_SH = "http://www.w3.org/ns/shacl#"
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
_WEIGHTS = {f"{_SH}Warning": "rules_recommended", f"{_SH}Info": "rules_notes"}

_Said = Mapping[str, Sequence[Term]]
"""What is said of a shape, by the local name of the property."""


@dataclass(frozen=True)
class Rule:
    """A rule: what it is called, what it applies to, what it demands, and what is told when it is broken."""

    fragment: str
    name: Label
    messages: Sequence[Label]
    applies: Sequence[tuple[str, Label]]
    path: Label | None
    demands: Sequence[str]
    query: str


@blueprint.get("/shapes")
def shapes() -> Response:
    """The page. Raises NotFoundError where the data holds no shapes."""
    labels = request_labels()
    select = labels.serving.store.select
    rows = [*select(query("shapes")), *select(query("shape-members"))]
    if not rows:
        raise NotFoundError("This data holds no shapes.")
    said = _said(rows)
    labels.expect(term for row in rows for term in (row["shape"], row["value"]))
    return page("shapes.html", groups=_groups(said, labels))


def _said(rows: Iterable[Row]) -> dict[NamedNode, dict[str, list[Term]]]:
    found: dict[NamedNode, dict[str, list[Term]]] = {}
    for row in rows:
        shape, prop = row["shape"], row["property"]
        if isinstance(shape, NamedNode) and isinstance(prop, NamedNode):
            found.setdefault(shape, {}).setdefault(prop.value.removeprefix(_SH), []).append(row["value"])
    return found


def _groups(said: Mapping[NamedNode, _Said], labels: Labels) -> list[tuple[str, list[Rule]]]:
    """Each kind of demand with its rules, in an order from the strictest to what is only worth knowing."""
    wholes: dict[Term, list[NamedNode]] = {}
    for shape, of in said.items():
        for part in of.get("property", ()):
            wholes.setdefault(part, []).append(shape)
    groups: dict[str, list[Rule]] = {}
    for shape, of in said.items():
        targets = [said[whole] for whole in wholes.get(shape, ())] + [of]
        if kind := _kind(of, targets):
            groups.setdefault(kind, []).append(_rule(shape, of, targets, labels))
    order = [*(kind for kind, _ in _KINDS), *_WEIGHTS.values(), "rules_parts"]
    return [(kind, groups[kind]) for kind in order if kind in groups]


def _kind(of: _Said, targets: Sequence[_Said]) -> str:
    """The key of the words for the kind; empty for what only gathers other shapes."""
    found = next((kind for kind, names in _KINDS if names & set(of)), "")
    if not found:
        return ""
    if not any(set(_TARGETS) & set(target) for target in targets):
        return "rules_parts"
    weights = (value.value for value in of.get("severity", ()) if isinstance(value, NamedNode))
    return next((_WEIGHTS[weight] for weight in weights if weight in _WEIGHTS), found)


def _rule(shape: NamedNode, of: _Said, targets: Sequence[_Said], labels: Labels) -> Rule:
    applies = [
        (_TARGETS[name], labels.of(term)) for target in targets for name in _TARGETS for term in target.get(name, ())
    ]
    paths = [labels.of(path) for path in of.get("path", ()) if isinstance(path, NamedNode)]
    selects = [text.value for text in of.get("select", ()) if isinstance(text, Literal)]
    return Rule(
        shape.value.replace("#", "/").rpartition("/")[2],
        labels.of(shape),
        [labels.of(text) for text in in_best_language(of.get("message", ()), labels.language)],
        list(dict.fromkeys(applies)),
        paths[0] if paths else None,
        [*_counts(of, labels.language), *_demands(of, labels)],
        "\n".join(selects).strip("\n"),
    )


def _counts(of: _Said, language: str) -> list[str]:
    least, most = _number(of, "minCount"), _number(of, "maxCount")
    if least is None and most is None:
        least, most = _number(of, "qualifiedMinCount"), _number(of, "qualifiedMaxCount")
    if least is not None and least == most:
        return [say("rule_exactly", language, number=least)]
    told = [say("rule_least", language, number=least)] if least else []
    return [*told, say("rule_most", language, number=most)] if most is not None else told


def _number(of: _Said, name: str) -> int | None:
    return next((int(v.value) for v in of.get(name, ()) if isinstance(v, Literal) and v.value.isdigit()), None)


def _demands(of: _Said, labels: Labels) -> list[Markup]:
    told = []
    for name, key in _DEMANDS.items():
        values = [_marked(shown, labels) for term in of.get(name, ()) if (shown := labels.of(term)).blank_node is None]
        if values:
            told.append(escape(say(key, labels.language, value="{value}")).format(value=Markup(", ").join(values)))
    return told


def _marked(shown: Label, labels: Labels) -> Markup:
    """A text within a sentence of ours, with its language where that is another."""
    if shown.language in (None, "", labels.language):
        return escape(shown.text)
    return Markup('<span lang="{}">{}</span>').format(shown.language, shown.text)
