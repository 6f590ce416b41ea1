"""`/prefixes`: the prefixes that the data declares, in the forms that programs and queries want them in.

RDF of them follows https://www.w3.org/TR/shacl/#sparql-prefixes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from flask import Blueprint, Response, render_template
from pyoxigraph import BlankNode, Literal, NamedNode

from nbkg.rdf.vocabulary import SH, XSD
from sparql_endpoint.http.formats import HTML, JSON_LD, TURTLE, Format
from sparql_endpoint.services.requested_format import requested_format
from sparql_endpoint.services.resource_description import Statement, serialise
from sparql_endpoint.services.services import serving

blueprint = Blueprint("prefixes", __name__)
_JSON = Format("json", "application/json", ("json",), ("text/json",))
_SPARQL = Format("sparql", "application/sparql-query", ("rq",))
_TEXT = Format("text", "text/plain", ("txt",))
FORMATS = (_JSON, JSON_LD, TURTLE, _SPARQL, _TEXT, HTML)
_ANY_URI = NamedNode(f"{XSD}anyURI")
_DELIMITERS = ":/?#[]@"


@blueprint.get("/prefixes")
@blueprint.get("/prefixes.<suffix>")
def prefixes(suffix: str = "") -> Response:
    """Answer the prefixes."""
    form = requested_format(FORMATS, suffix)
    response = Response(_body(form, serving().prefixes()), content_type=form.content_type)
    response.vary.update(["Accept", "Accept-Language"] if form is HTML else ["Accept"])
    return response


def _body(form: Format, declared: Mapping[str, str]) -> bytes | str:
    if form is HTML:
        return render_template("prefixes.html", prefixes=declared, formats=FORMATS[:-1])
    if form is TURTLE:
        statements = _statements(NamedNode(f"{serving().settings.base}prefixes"), declared)
        return serialise(statements, TURTLE, {**declared, "sh": SH})
    if form is JSON_LD:
        return _json({"@context": {prefix: _term(namespace) for prefix, namespace in declared.items()}})
    if form is _JSON:
        return _json(declared)
    return "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in declared.items())


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _term(namespace: str) -> object:
    """Return a term that is a prefix, even where it does not end as one (https://www.w3.org/TR/json-ld11/#compact-iris)."""
    return namespace if namespace[-1] in _DELIMITERS else {"@id": namespace, "@prefix": True}


def _statements(document: NamedNode, declared: Mapping[str, str]) -> Iterator[Statement]:
    for number, (prefix, namespace) in enumerate(declared.items()):
        node = BlankNode(f"prefix{number}")
        yield Statement(document, _sh("declare"), node, None)
        yield Statement(node, _sh("prefix"), Literal(prefix), None)
        yield Statement(node, _sh("namespace"), Literal(namespace, datatype=_ANY_URI), None)


def _sh(term: str) -> NamedNode:
    return NamedNode(SH + term)
