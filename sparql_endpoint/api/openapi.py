"""`/openapi.json`: every address and method of this application.

OpenAPI 3.1, https://spec.openapis.org/oas/v3.1.1. Which addresses there are comes from the application's own routes;
what they are, from the tables `openapi.toml` of the rooms that serve them.
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

from sparql_endpoint.api import prefixes
from sparql_endpoint.http.formats import DOCUMENTS, GRAPHS, HTML, LINKSET, RESULTS, Format

blueprint = Blueprint("openapi", __name__)
_ARGUMENT = re.compile(r"<(?:[^:<>]+:)?_?([^<>]+)>")
_METHODS = ("GET", "HEAD", "PUT", "POST", "DELETE")
_REFUSING = "refuse_"
"""What the names of views begin with that only say which method an address does not take."""
_TABLES = ("api", "api/oai_pmh", "api/reconcile", "api/sru", "pages")
"""The rooms with a table `openapi.toml`; a name stands in one of them only."""
_GROUPS: Mapping[str, Sequence[Format]] = {
    "results": RESULTS,
    "graphs": GRAPHS,
    "documents": (*DOCUMENTS, LINKSET),
    "prefixes": prefixes.FORMATS,
}
"""Names that tables give to several formats."""
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
    """Answer the description, as JSON."""
    body = json.dumps(document(current_app, request.script_root), ensure_ascii=False) + "\n"
    return Response(body, content_type="application/json")


@cache
def table() -> Mapping[str, Mapping[str, Any]]:
    """Return the tables of all rooms, merged section by section. Raises ValueError for a name that two of them have."""
    merged: dict[str, dict[str, Any]] = {}
    for room in _TABLES:
        text = files("sparql_endpoint").joinpath(room, "openapi.toml").read_text(encoding="utf-8")
        for section, entries in tomllib.loads(text).items():
            if twice := merged.setdefault(section, {}).keys() & entries.keys():
                raise ValueError(f"{room}/openapi.toml: {', '.join(sorted(twice))} stand in another table already")
            merged[section] |= entries
    return merged


def routes(app: Flask) -> set[tuple[str, str]]:
    """Return the application's addresses as OpenAPI spells them, each with its methods."""
    return {
        (_ARGUMENT.sub(r"{\1}", rule.rule), method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or ())
        if method in _METHODS and not rule.endpoint.rpartition(".")[2].startswith(_REFUSING)
    }


def document(app: Flask, root: str = "") -> Tree:
    """Return the description of an application that is mounted at `root`."""
    return {
        "openapi": "3.1.1",
        "info": {"title": "SPARQL endpoint", "version": version("nbkg")},
        "servers": [{"url": root or "/"}],
        "paths": _paths(routes(app)),
        "components": _components(),
    }


def _paths(served: set[tuple[str, str]]) -> Tree:
    paths: Tree = {}
    for path, operations in table()["paths"].items():
        for method, entry in operations.items():
            route = entry.get("served_by", path)
            for name in ("GET", "HEAD") if method == "get" else (method.upper(),):
                if (route, name) in served:
                    paths.setdefault(path, {})[name.lower()] = _operation(path, name, entry)
    return paths


def _operation(path: str, method: str, entry: Mapping[str, Any]) -> Tree:
    operation: Tree = {
        "operationId": re.sub(r"\W+", "_", f"{method.lower()}{path}").strip("_"),
        "summary": entry["summary"],
        "parameters": [{"$ref": f"#/components/parameters/{name}"} for name in entry.get("parameters", ())],
        "responses": dict(_responses(method, entry)),
    }
    if "description" in entry:
        operation["description"] = entry["description"]
    if "body" in entry:
        operation["requestBody"] = {"$ref": f"#/components/requestBodies/{entry['body']}"}
    if "secured" in entry:
        operation["security"] = [{"token": []}, *([{}] if entry["secured"] == "optionally" else [])]
    return operation


def _responses(method: str, entry: Mapping[str, Any]) -> Iterator[tuple[str, Tree]]:
    for status, name in entry["answers"].items():
        response = table()["responses"][name]
        yield status, _response(response, empty=method == "HEAD")
        if "ETag" in response["headers"]:
            yield "304", {"description": "It has not changed.", "headers": _headers(("ETag",))}
    for error in (*entry.get("errors", ()), 500):
        yield str(error), {"$ref": f"#/components/responses/{error}"}


def _response(entry: Mapping[str, Any], *, empty: bool) -> Tree:
    response: Tree = {"description": entry["description"]}
    if entry["headers"]:
        response["headers"] = _headers(entry["headers"])
    if entry["formats"] and not empty:
        response["content"] = _content(entry["formats"])
    return response


def _headers(names: Sequence[str]) -> Tree:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _content(names: Sequence[str]) -> Tree:
    """Return what is said of each media type; names are media types or those of groups."""
    groups = ([form.media_type for form in _GROUPS[name]] if name in _GROUPS else [name] for name in names)
    return {kind: {} if kind == "application/json" else _TEXTUAL for group in groups for kind in group}


def _components() -> Tree:
    merged = table()
    return {
        "parameters": {name: {"name": name, **entry} for name, entry in merged["parameters"].items()},
        "headers": merged["headers"],
        "schemas": {"Problem": _PROBLEM},
        "responses": {status: _problem(status, description) for status, description in merged["problems"].items()},
        "requestBodies": {
            "operation": _operation_body(merged["parameters"]),
            "graph": _graph_body(),
            **merged["bodies"],
        },
        "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": "RFC 6750"}},
    }


def _problem(status: str, description: str) -> Tree:
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    content = {"application/problem+json": problem, HTML.media_type: _TEXTUAL, "text/plain": _TEXTUAL}
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
    return {
        "required": True,
        "content": {**_content(["graphs"]), "multipart/form-data": {"schema": {"type": "object"}}},
    }
