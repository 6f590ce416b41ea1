"""`nbkg validate`: exit codes, what is printed, what is written, and what is said of files that cannot be read."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result
from rdflib import Graph

from loader.commands.validate_command import validate_files
from loader.namespaces import RDF, SH
from nbkg.errors import DataError, UsageError

SHAPES = Path(__file__).parents[2] / "shapes"
GOOD = SHAPES / "conforming.ttl"
WARNED = "<https://example.org/1> <https://w3id.org/nbkg/ns#shortTitle> 'Brønnen'@nb .\n"
BAD = "<https://example.org/1> <https://w3id.org/nbkg/ns#number> 0 .\n"


def _file(folder: Path, name: str, text: str | bytes) -> str:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(validate_files, [*arguments])


def test_a_graph_that_keeps_the_rules_exits_0() -> None:
    run = _run(str(GOOD), "--lang", "en")
    assert (run.exit_code, run.output) == (0, "The graph follows the rules. Nothing to report.\n")


def test_a_warning_is_shown_and_exits_0(tmp_path: Path) -> None:
    run = _run(_file(tmp_path, "warned.ttl", WARNED))
    assert run.exit_code == 0
    assert "Advarsel" in run.output
    assert "Grafen følger reglene." in run.output


@pytest.mark.parametrize(
    ("language", "word"), [("nb", "bryter reglene"), ("nn", "bryt reglane"), ("en", "breaks the rules")]
)
def test_a_violation_is_shown_and_exits_1(tmp_path: Path, language: str, word: str) -> None:
    run = _run(_file(tmp_path, "bad.ttl", BAD), "--lang", language)
    assert run.exit_code == 1
    assert word in run.output
    assert "nbkg:number" in run.output


def test_out_holds_the_report_three_times(tmp_path: Path) -> None:
    bad, out = _file(tmp_path, "bad.ttl", BAD), tmp_path / "new" / "out"
    assert _run(bad, "--out", str(out)).exit_code == 1
    assert sorted(path.name for path in out.iterdir()) == ["report.html", "report.json", "report.ttl"]
    assert json.loads((out / "report.json").read_text())["counts"] == {"Violation": 1, "Warning": 0, "Info": 0}
    assert len(list(Graph().parse(out / "report.ttl").subjects(RDF.type, SH.ValidationResult))) == 1
    assert len(BeautifulSoup((out / "report.html").read_text(), "html.parser").select("tbody tr")) == 1


def test_out_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    cases = sorted(str(path) for path in (SHAPES / "cases").glob("*.ttl"))
    outs = [tmp_path / "one", tmp_path / "two"]
    for seed, out in enumerate(outs):
        call = [sys.executable, "-m", "loader.cli", "validate", *cases, "--out", str(out)]
        run = subprocess.run(call, env={"PYTHONHASHSEED": str(seed)}, capture_output=True, check=False)
        assert (run.returncode, run.stderr) == (1, b"")
    for name in ("report.ttl", "report.html", "report.json"):
        assert (outs[0] / name).read_bytes() == (outs[1] / name).read_bytes()


@pytest.mark.parametrize("form", ["json", "html", "turtle"])
def test_format_prints_the_report_alone(tmp_path: Path, form: str) -> None:
    run = _run(_file(tmp_path, "bad.ttl", BAD), "--format", form)
    assert run.exit_code == 1
    assert run.output.startswith({"json": "{", "html": "<!DOCTYPE html>", "turtle": "@prefix"}[form])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.trig", f"<https://example.org/g> {{ {BAD} }}"),
        ("a.nt", BAD.replace(" 0 ", ' "0"^^<http://www.w3.org/2001/XMLSchema#integer> ')),
        ("a.nq", BAD.replace(" 0 .", ' "0"^^<http://www.w3.org/2001/XMLSchema#integer> <https://example.org/g> .')),
        ("a.jsonld", '{"@id": "https://example.org/1", "https://w3id.org/nbkg/ns#number": 0}'),
        (
            "a.rdf",
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:n="https://w3id.org/nbkg/ns#">'
            '<rdf:Description rdf:about="https://example.org/1"><n:number rdf:datatype='
            '"http://www.w3.org/2001/XMLSchema#integer">0</n:number></rdf:Description></rdf:RDF>',
        ),
    ],
)
def test_every_syntax_is_read_and_named_graphs_are_merged(tmp_path: Path, name: str, text: str) -> None:
    found = json.loads(_run(_file(tmp_path, name, text), "--format", "json").output)["results"]
    assert [result["shape"].rsplit("/", 1)[-1] for result in found] == ["range-number"]


def test_several_files_are_one_graph(tmp_path: Path) -> None:
    names = [
        f"<https://example.org/1> <http://www.w3.org/2004/02/skos/core#prefLabel> 'x'@{lang} ."
        for lang in ("nb", "nn", "en")
    ]
    kind = "<https://example.org/1> a <https://w3id.org/nbkg/ns#Service> ."
    files = [_file(tmp_path, f"{n}.ttl", text) for n, text in enumerate([*names, kind])]
    assert _run(*files).exit_code == 0
    assert _run(*files[1:]).exit_code == 1


def test_own_shapes_take_the_place_of_ours(tmp_path: Path) -> None:
    shapes = _file(
        tmp_path,
        "own.ttl",
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <https://example.org/> ."
        "e:s a sh:NodeShape ; sh:targetNode e:1 ; sh:property [ sh:path [ sh:inversePath e:p ] ; sh:minCount 1 ] .",
    )
    run = _run(_file(tmp_path, "bad.ttl", BAD), "--shapes", shapes, "--format", "json")
    (result,) = json.loads(run.output)["results"]
    assert (run.exit_code, result["path"]) == (1, "^<https://example.org/p>")
    assert result["messages"]


@pytest.mark.parametrize(
    ("name", "text", "line", "said"),
    [
        ("broken.ttl", "# one\n<https://example.org/1> a ;\n", 2, "does not parse as Turtle"),
        ("binary.ttl", bytes(range(256)), 1, "does not parse as Turtle"),
        ("latin-1.ttl", "<https://example.org/1> <https://example.org/p> 'blåbær' .".encode("latin-1"), None, "UTF-8"),
        ("empty.ttl", "", None, "no statement"),
        ("broken.jsonld", "{", None, "does not parse as JSON-LD"),
        ("broken.rdf", "<rdf", None, "does not parse as RDF/XML"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    tmp_path: Path, name: str, text: str | bytes, line: int | None, said: str
) -> None:
    run = _run(_file(tmp_path, name, text))
    assert isinstance(run.exception, DataError)
    assert run.exception.exit_code == 1
    assert str(run.exception).startswith(str(tmp_path / name))
    assert said in str(run.exception)
    assert str(run.exception).isprintable()
    assert line is None or run.exception.line == line


def test_a_broken_file_leaves_the_old_report_whole(tmp_path: Path) -> None:
    out = tmp_path / "out"
    _run(str(GOOD), "--out", str(out))
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    assert isinstance(_run(_file(tmp_path, "broken.ttl", "a"), "--out", str(out)).exception, DataError)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


@pytest.mark.parametrize("name", ["not-there.ttl", "unknown.suffix", "folder.ttl"])
def test_a_wrong_call_exits_2(tmp_path: Path, name: str) -> None:
    _file(tmp_path, "unknown.suffix", BAD)
    (tmp_path / "folder.ttl").mkdir()
    run = _run(str(tmp_path / name))
    assert isinstance(run.exception, UsageError)
    assert run.exception.exit_code == 2
    assert name in str(run.exception)


@pytest.mark.parametrize("option", [["--engine", "none"], ["--lang", "de"], ["--format", "pdf"]])
def test_a_wrong_option_exits_2(option: list[str]) -> None:
    assert _run(str(GOOD), *option).exit_code == 2


@pytest.mark.parametrize(
    "shapes",
    [
        "e:s sh:targetNode e:1 ; sh:property [ sh:minCount 1 ] .",
        "e:s a sh:NodeShape ; sh:targetNode e:1 ; sh:sparql [ sh:select 'SELECT $this WHERE { FOO }' ] .",
        "e:s a sh:NodeShape ; sh:targetNode e:1 ; sh:sparql [ sh:select 'SELECT $this WHERE { VALUES ?x { 1 } }' ] .",
        "e:s a sh:NodeShape ; sh:targetNode e:1 ; sh:sparql [ sh:message 'x' ] .",
    ],
)
def test_shapes_that_cannot_be_used_are_told(tmp_path: Path, shapes: str) -> None:
    prefixes = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <https://example.org/> .\n"
    run = _run(str(GOOD), "--shapes", _file(tmp_path, "own.ttl", prefixes + shapes))
    assert isinstance(run.exception, DataError)
    assert "the shapes cannot be used" in str(run.exception)


def test_an_ill_typed_date_is_a_result_not_a_log_line(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    date = '"2025-13-45"^^<http://www.w3.org/2001/XMLSchema#date>'
    text = f"<https://example.org/1> <https://w3id.org/nbkg/ns#latest> {date} ."
    assert _run(_file(tmp_path, "bad.ttl", text)).exit_code == 1
    assert caplog.records == []
