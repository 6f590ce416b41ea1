"""The details of a result stand in every form of the report, however deep they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from rdflib import Graph, URIRef

from loader.commands.validate_command import validate_files
from loader.namespaces import SH

SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <https://example.org/> .
e:Person a sh:NodeShape ; sh:targetClass e:P ; sh:property [ sh:path e:address ; %s ] .
e:Address a sh:NodeShape ; sh:property [ sh:path e:zip ; sh:minCount 1 ; sh:message "Uten nummer"@nb, "No zip"@en ] ,
  [ sh:path ( e:city e:part ) ; sh:node e:City ] .
e:City a sh:NodeShape ; sh:property [ sh:path [ sh:inversePath e:mayor ] ; sh:minCount 1 ; sh:message "No mayor"@en ] .
"""
DATA = "@prefix e: <https://example.org/> . e:p a e:P ; e:address e:a . e:a e:city [ e:part e:c ] . e:c e:x 1 ."


def _run(folder: Path, form: str, constraint: str = "sh:node e:Address") -> str:
    (folder / "shapes.ttl").write_text(SHAPES % constraint)
    (folder / "data.ttl").write_text(DATA)
    arguments = [str(folder / "data.ttl"), "--shapes", str(folder / "shapes.ttl"), "--format", form, "--lang", "en"]
    run = CliRunner().invoke(validate_files, arguments, env={"COLUMNS": "250"})
    assert run.exit_code == 1, run.output
    return run.output


def test_the_table_shows_the_details_below_their_result(tmp_path: Path) -> None:
    lines = [line for line in _run(tmp_path, "table").splitlines() if "│" in line]
    text = "\n".join(lines)
    assert text.index("https://example.org/p ·") < text.index("No zip") < text.index("No mayor")
    assert "↳ https://example.org/a" in text
    assert "  ↳ https://example.org/c" in text


def test_json_holds_the_details(tmp_path: Path) -> None:
    (result,) = json.loads(_run(tmp_path, "json"))["results"]
    zipcode, city = sorted(result["details"], key=lambda detail: detail["value"] or "")
    assert (zipcode["focus"], zipcode["messages"]["en"], zipcode["details"]) == ("https://example.org/a", "No zip", [])
    assert city["details"][0]["messages"] == {"en": "No mayor"}
    assert city["details"][0]["path"].startswith("^")


def test_the_page_lists_the_details(tmp_path: Path) -> None:
    page = BeautifulSoup(_run(tmp_path, "html"), "html.parser")
    (inner,) = page.select("td > ul > li > ul > li")
    assert inner.get_text(" ", strip=True).endswith("No mayor")
    assert len(page.select("td > ul > li")) == 2
    assert len(page.select("tbody > tr")) == 1


def test_rdf_holds_the_details(tmp_path: Path) -> None:
    text = _run(tmp_path, "turtle")
    report = Graph().parse(data=text, format="turtle", publicID="https://report.example/")
    assert len([*report.subject_objects(SH.result)]) == 1
    assert len([*report.subject_objects(SH.detail)]) == 3
    inner = [*report.objects(None, SH.detail)]
    assert all(isinstance(node, URIRef) and (node, SH.focusNode, None) in report for node in inner)
    assert _run(tmp_path, "turtle") == text


@pytest.mark.parametrize(
    "constraint",
    [
        "sh:node e:Address",
        "sh:and ( e:Address )",
        "sh:or ( e:Address e:City )",
        "sh:xone ( e:Address e:City )",
        "sh:qualifiedValueShape e:Address ; sh:qualifiedMinCount 1",
    ],
)
def test_no_form_fails_for_other_constraints_that_name_shapes(tmp_path: Path, constraint: str) -> None:
    for form in ("table", "json", "html", "turtle"):
        assert _run(tmp_path, form, constraint)
