"""Notebooks are valid, and their code asks what they say."""

from __future__ import annotations

import json
from typing import Any

import nbformat
import pytest
from flask.testing import FlaskClient
from rdflib import Graph

from sparql_endpoint.pages.query_ui.notebook import NotebookQuery, notebook
from sparql_endpoint.sparql.form import Form
from tests.sparql_endpoint.serving import Server


def _made(query: str, form: Form = Form.SELECT, endpoint: str = "http://localhost/sparql") -> dict[str, Any]:
    made: dict[str, Any] = json.loads(
        notebook(NotebookQuery(endpoint, query, form, "How *many*?", "http://localhost/query"))
    )
    nbformat.validate(made)
    return made


def _run(made: dict[str, Any]) -> Any:
    """What the code cells, run one after the other, leave in `result`."""
    names: dict[str, Any] = {}
    for cell in made["cells"]:
        if cell["cell_type"] == "code":
            exec(cell["source"], names)  # noqa: S102  # the code of our own notebook
    return names["result"]


def test_the_heading_is_text_only() -> None:
    assert _made("ASK {}")["cells"][0]["source"].startswith("# How \\*many\\*?\n")


@pytest.mark.parametrize(
    "query",
    [
        "ASK {}",
        'ASK { ?s ?p """a\\nb""" }',
        "ASK {}\n# \\N{DIGIT ONE}",
        'ASK { FILTER("\u2028" = "\'") }',
        'ASK {} #"',
        "ASK {}\r\n\x00",
    ],
)
def test_the_query_is_kept(query: str) -> None:
    names: dict[str, Any] = {}
    exec(_made(query, Form.ASK)["cells"][1]["source"], names)  # noqa: S102  # the code of our own notebook
    assert names["QUERY"].strip() == query.strip()


def test_its_code_asks_this_endpoint(site: Server) -> None:
    select = "SELECT ?measure WHERE { ?measure a <https://w3id.org/nbkg/ns#Measure> }"
    table = _run(_made(select, endpoint=f"{site.address}/sparql"))
    assert len(table["measure"]) == 32
    assert _run(_made("ASK {}", Form.ASK, f"{site.address}/sparql")) is True
    graph = _run(_made("DESCRIBE <https://w3id.org/nbkg/id/unit/tk>", Form.DESCRIBE, f"{site.address}/sparql"))
    assert isinstance(graph, Graph)
    assert len(graph) > 3


def test_every_example_has_one(site: Server) -> None:
    answer, body = site.ask("GET", "/query/notebook.ipynb?example=workload-per-unit&lang=en")
    assert answer.status == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="workload-per-unit.ipynb"'
    made = json.loads(body)
    nbformat.validate(made)
    assert site.address in made["cells"][1]["source"]
    assert list(_run(made).columns) == ["unit", "measures", "notClosed"]


def test_it_asks_the_graphs_that_were_named(site: Server) -> None:
    graph = "https%3A%2F%2Fw3id.org%2Fnbkg%2Fgraph%2Fnone"
    query = "SELECT+%2A+WHERE+%7B+%3Fs+%3Fp+%3Fo+%7D"
    _, body = site.ask("GET", f"/query/notebook.ipynb?query={query}&default-graph-uri={graph}")
    assert len(_run(json.loads(body))) == 0


def test_it_takes_a_query(strategy: FlaskClient) -> None:
    assert strategy.get("/query/notebook.ipynb").status_code == 400
    assert strategy.get("/query/notebook.ipynb?query=nonsense").status_code == 400
    assert strategy.get("/query/notebook.ipynb?example=none").status_code == 404
