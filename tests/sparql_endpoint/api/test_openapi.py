from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import OpenAPIV31SpecValidator

from sparql_endpoint.api import openapi
from sparql_endpoint.http.formats import GRAPHS, RESULTS

OPTIONAL = {"/data", "/data/{path}", "/readyz", "/metrics"}
"""What not every application has."""


@pytest.fixture
def description(application: Callable[..., Flask], tmp_path: Path) -> dict[str, Any]:
    answer = application(dumps=str(tmp_path)).test_client().get("/openapi.json")
    assert (answer.status_code, answer.content_type) == (200, "application/json")
    document: dict[str, Any] = json.loads(answer.data)
    return document


def test_the_standards_validator_finds_nothing(description: dict[str, Any]) -> None:
    assert [error.message for error in OpenAPIV31SpecValidator(description).iter_errors()] == []


def test_every_route_and_method_is_described(application: Callable[..., Flask], description: dict[str, Any]) -> None:
    described = {(path, method.upper()) for path, operations in description["paths"].items() for method in operations}
    assert openapi.routes(application()) - described == set()


def test_everything_described_is_there(
    application: Callable[..., Flask], description: dict[str, Any], tmp_path: Path
) -> None:
    served = {path for path, _ in openapi.routes(application(dumps=str(tmp_path)))}
    for path, operations in openapi.table()["paths"].items():
        assert all(operation.get("served_by", path) in served | OPTIONAL for operation in operations.values()), path
    assert set(description["paths"]) >= set(openapi.table()["paths"]) - OPTIONAL


def test_a_route_that_is_not_there_is_not_told(application: Callable[..., Flask]) -> None:
    bare = Flask("bare", static_folder=None)
    bare.register_blueprint(openapi.blueprint)
    assert set(openapi.document(bare)["paths"]) == {"/openapi.json"}


def test_parameters_are_those_of_the_path(description: dict[str, Any]) -> None:
    for path, operations in description["paths"].items():
        for operation in operations.values():
            named = {parameter["$ref"].rpartition("/")[2] for parameter in operation["parameters"]}
            in_path = {name for name in named if description["components"]["parameters"][name]["in"] == "path"}
            assert in_path == set(re.findall(r"{(\w+)}", path))


def _references(tree: object) -> Iterator[str]:
    if isinstance(tree, dict):
        for name, value in tree.items():
            if name == "$ref":
                yield value
            yield from _references(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _references(value)


def test_nothing_is_told_that_nobody_uses(description: dict[str, Any]) -> None:
    components = {
        f"#/components/{kind}/{name}"
        for kind, named in description["components"].items()
        for name in named
        if kind != "securitySchemes"
    }
    assert components == set(_references(description))


def test_formats_are_those_offered(description: dict[str, Any]) -> None:
    query = description["paths"]["/sparql"]["get"]["responses"]["200"]["content"]
    assert list(query) == [form.media_type for form in (*RESULTS, *GRAPHS)]
    assert "content" not in description["paths"]["/sparql"]["head"]["responses"]["200"]


def test_each_optional_route_is_described_for_when_it_is_there() -> None:
    assert OPTIONAL.issubset(openapi.table()["paths"])


@pytest.mark.parametrize("address", ["/sparql?query=SELEKT", "/nowhere", "/prefixes?format=docx"])
def test_problems_are_as_their_schema_says(client: FlaskClient, description: dict[str, Any], address: str) -> None:
    schema = description["components"]["schemas"]["Problem"]
    problem = json.loads(client.get(address).data)
    assert set(schema["required"]) <= set(problem) <= set(schema["properties"])


def test_changes_need_a_token() -> None:
    paths = openapi.table()["paths"]
    for path in ("/data", "/data/{path}"):
        assert {name for name, description in paths[path].items() if "secured" in description} == {
            "put",
            "post",
            "delete",
        }
    assert "secured" in paths["/sparql"]["post"]
