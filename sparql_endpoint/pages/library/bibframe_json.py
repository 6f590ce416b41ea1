"""A hub, a work or an instance in the shape of JSON in which BIBFRAME is exchanged (https://bibframe-json.org/v0.1/).

Every property is an array, parts stand where they are referred to, and other things are references.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from nbkg.rdf.vocabulary import XSD
from sparql_endpoint.pages.library.description import BF, PREFIXES, Description
from sparql_endpoint.stores.base import Term

_BARE = frozenset(
    {"descriptionLevel", "electronicLocator", "generationProcess", "hasInstance", "hasItem", "instanceOf", "itemOf"}
)
"""The properties whose references are IRIs alone in that shape."""
_CLASS = "rdf:type"
_MAX_DEPTH = 5
CONTEXT: Mapping[str, object] = {
    "@version": 1.1,
    "@vocab": BF,
    **PREFIXES,
    **{name: {"@id": f"{BF}{name}", "@type": "@id", "@container": "@set"} for name in sorted(_BARE)},
}
"""The context of a document; arrays need no `@set` to be read."""


def document(iri: NamedNode, described: Description, instances: Sequence[NamedNode] = ()) -> Mapping[str, object]:
    """Return a hub, a work or an instance; `instances` are those of a work, or the works of a hub."""
    node = dict(_node(iri, described, 0))
    if instances:
        is_hub = "bf:Hub" in described.kinds(iri)
        node["hasExpression" if is_hub else "hasInstance"] = [
            {"@id": each.value} if is_hub else each.value for each in instances
        ]
    return {"@context": CONTEXT, **node}


def _node(iri: NamedNode, described: Description, depth: int) -> Mapping[str, object]:
    properties = described.statements.get(iri, {})
    document: dict[str, object] = {"@id": iri.value}
    if kinds := sorted(described.kinds(iri)):
        document["@type"] = [kind.removeprefix("bf:") for kind in kinds]
    for prop, values in properties.items():
        name = prop.removeprefix("bf:")
        if prop != _CLASS:
            document[name] = [_value(name, value, described, depth) for value in values]
    return document


def _value(name: str, value: Term, described: Description, depth: int) -> object:
    if isinstance(value, Literal):
        return _text(value)
    if not isinstance(value, NamedNode):
        return str(value)
    if name in _BARE and not ("#" in value.value and value in described.statements):
        return value.value
    if "#" in value.value and value in described.statements and depth < _MAX_DEPTH:
        return _node(value, described, depth + 1)
    return {"@id": value.value}


def _text(literal: Literal) -> object:
    if literal.language:
        return {"@value": literal.value, "@language": literal.language}
    datatype = literal.datatype.value
    return literal.value if datatype == f"{XSD}string" else {"@value": literal.value, "@type": datatype}
