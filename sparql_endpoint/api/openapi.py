"""`/openapi.json`: every address and method of this application.

OpenAPI 3.1, https://spec.openapis.org/oas/v3.1.1. Which addresses there are comes from the application's own routes;
what they are, from `openapi.toml`.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from flask import Blueprint, Flask, Response, current_app, request

from sparql_endpoint.api.prefixes import FORMATS as PREFIXES
from sparql_endpoint.http.formats import CSV, DOCUMENTS, GRAPHS, HTML, LINKSET, RESULTS, TURTLE, Format
from sparql_endpoint.pages.strategy.measures.measures import FORMATS as MEASURES

blueprint = Blueprint("openapi", __name__)
_ARGUMENT = re.compile(r"<(?:[^:<>]+:)?_?([^<>]+)>")
_METHODS = ("GET", "HEAD", "PUT", "POST", "DELETE")
_TEXT = Format("text", "text/plain", ())
_JSON = Format("json", "application/json", ())
_PATCH = Format("patch", "application/rdf-patch", ())
_ACTIVITIES = Format("activities", "application/activity+json", ())
_NOTEBOOK = Format("notebook", "application/x-ipynb+json", ())
_XML = Format("xml", "application/xml", ())
_ANY = Format("any", "*/*", ())
_ANSWERS: Mapping[str, tuple[str, Sequence[Format], Sequence[str]]] = {
    "results": ("The whole answer.", (*RESULTS, *GRAPHS), ("ETag", "Data-Version")),
    "graph": ("The triples of the graph.", GRAPHS, ("ETag", "Data-Version")),
    "document": ("The description.", (*DOCUMENTS, LINKSET), ("ETag", "Data-Version", "Link")),
    "prefixes": ("The prefixes.", PREFIXES, ("ETag", "Data-Version")),
    "measures": ("The measures.", MEASURES, ("ETag", "Data-Version")),
    "network": ("The network.", (HTML, _JSON, CSV), ("ETag", "Data-Version")),
    "compared": ("What the reports tell otherwise.", (HTML, _JSON), ("ETag", "Data-Version")),
    "page": ("The page.", (HTML,), ("ETag", "Data-Version")),
    "found": ("What was found.", (HTML, _JSON), ("ETag", "Data-Version")),
    "xml": ("The document.", (_XML,), ()),
    "json": ("The description.", (_JSON,), ()),
    "difference": ("What changed.", (HTML, _PATCH, _JSON), ("ETag", "Data-Version")),
    "dumps": ("The releases.", (HTML, _JSON, TURTLE), ("ETag",)),
    "turtle": ("The releases.", (TURTLE,), ("ETag",)),
    "activities": ("The collection.", (_ACTIVITIES,), ("ETag",)),
    "text": ("The text.", (_TEXT,), ()),
    "notebook": ("The notebook.", (_NOTEBOOK,), ("ETag", "Data-Version")),
    "file": ("The file.", (_ANY,), ("ETag",)),
    "elsewhere": ("Where it is.", (), ("Location",)),
    "made": ("Done; the graph is new.", (), ("Location", "Data-Version")),
    "done": ("Done.", (), ("Data-Version",)),
}
"""What an answer is, its formats and headers, by the name that `openapi.toml` uses."""
_PROBLEM_HEADERS = {
    "401": ("WWW-Authenticate",),
    "405": ("Allow",),
    "429": ("Retry-After",),
    "503": ("Retry-After",),
}
_PROBLEM: Mapping[str, Any] = {
    "type": "object",
    "description": "RFC 9457",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string"},
        "line": {"type": "integer", "minimum": 1, "description": "Where the text does not parse."},
        "column": {"type": "integer", "minimum": 1, "description": "Counted in characters of that line."},
        "hint": {"type": "string", "description": "What may help."},
        "offered": {"type": "array", "items": {"type": "string"}, "description": "The media types there are."},
    },
}
_TEXTUAL: Mapping[str, Any] = {"schema": {"type": "string"}}

Tree = dict[str, Any]


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The description, as JSON."""
    body = json.dumps(document(current_app, request.script_root), ensure_ascii=False) + "\n"
    return Response(body, content_type="application/json")


@cache
def table() -> Mapping[str, Any]:
    """`openapi.toml`."""
    return tomllib.loads(files("sparql_endpoint").joinpath("openapi.toml").read_text(encoding="utf-8"))


def routes(app: Flask) -> set[tuple[str, str]]:
    """The application's addresses as OpenAPI spells them, each with its methods."""
    return {
        (_ARGUMENT.sub(r"{\1}", rule.rule), method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or ())
        if method in _METHODS
    }


def document(app: Flask, root: str = "") -> Tree:
    """The description of an application that is mounted at `root`."""
    return {
        "openapi": "3.1.1",
        "info": {"title": "SPARQL endpoint", "version": version("nbkg")},
        "servers": [{"url": root or "/"}],
        "paths": _paths(routes(app)),
        "components": _components(),
    }


def _paths(there: set[tuple[str, str]]) -> Tree:
    paths: Tree = {}
    for path, operations in table()["paths"].items():
        for method, told in operations.items():
            route = told.get("served_by", path)
            for name in ("GET", "HEAD") if method == "get" else (method.upper(),):
                if (route, name) in there:
                    paths.setdefault(path, {})[name.lower()] = _operation(path, name, told)
    return paths


def _operation(path: str, method: str, told: Mapping[str, Any]) -> Tree:
    operation: Tree = {
        "operationId": re.sub(r"\W+", "_", f"{method.lower()}{path}").strip("_"),
        "summary": told["summary"],
        "parameters": [{"$ref": f"#/components/parameters/{name}"} for name in told.get("parameters", ())],
        "responses": dict(_responses(method, told)),
    }
    if "description" in told:
        operation["description"] = told["description"]
    if "body" in told:
        operation["requestBody"] = {"$ref": f"#/components/requestBodies/{told['body']}"}
    if "secured" in told:
        operation["security"] = [{"token": []}, *([{}] if told["secured"] == "optionally" else [])]
    return operation


def _responses(method: str, told: Mapping[str, Any]) -> Iterator[tuple[str, Tree]]:
    for status, name in told["answers"].items():
        yield status, _answer(*_ANSWERS[name], empty=method == "HEAD")
        if "ETag" in _ANSWERS[name][2]:
            yield "304", {"description": "It has not changed.", "headers": _headers(("ETag",))}
    for error in (*told.get("errors", ()), 500):
        yield str(error), {"$ref": f"#/components/responses/{error}"}


def _answer(description: str, offered: Sequence[Format], headers: Sequence[str], *, empty: bool) -> Tree:
    answer: Tree = {"description": description}
    if headers:
        answer["headers"] = _headers(headers)
    if offered and not empty:
        answer["content"] = _content(offered)
    return answer


def _headers(names: Sequence[str]) -> Tree:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _content(offered: Sequence[Format]) -> Tree:
    return {form.media_type: {} if form is _JSON else _TEXTUAL for form in offered}


def _components() -> Tree:
    told = table()
    return {
        "parameters": {name: {"name": name, **said} for name, said in told["parameters"].items()},
        "headers": told["headers"],
        "schemas": {"Problem": _PROBLEM},
        "responses": {status: _problem(status, description) for status, description in told["problems"].items()},
        "requestBodies": {"operation": _operation_body(told["parameters"]), "graph": _graph_body()},
        "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": "RFC 6750"}},
    }


def _problem(status: str, description: str) -> Tree:
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    content = {"application/problem+json": problem, HTML.media_type: _TEXTUAL, _TEXT.media_type: _TEXTUAL}
    headers = _headers(_PROBLEM_HEADERS.get(status, ()))
    return {"description": description, "content": content, **({"headers": headers} if headers else {})}


def _operation_body(parameters: Mapping[str, Any]) -> Tree:
    graphs = ("default-graph-uri", "named-graph-uri", "using-graph-uri", "using-named-graph-uri")
    names = {name: parameters[name]["schema"] for name in ("query", *graphs, "format")}
    form = {"type": "object", "properties": {**names, "update": {"type": "string"}}}
    either = {"oneOf": [{"required": ["query"]}, {"required": ["update"]}]}
    return {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {"schema": {**form, **either}},
            "application/sparql-query": _TEXTUAL,
            "application/sparql-update": _TEXTUAL,
        },
    }


def _graph_body() -> Tree:
    return {"required": True, "content": {**_content(GRAPHS), "multipart/form-data": {"schema": {"type": "object"}}}}
