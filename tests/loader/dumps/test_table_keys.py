"""Rows name what they belong to, no two tables hold the same, and workbooks hold what their tables hold."""

from __future__ import annotations

import csv
import hashlib
import json
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from loader.dumps.dump import DumpRequest, make_release
from loader.dumps.workbooks import CELL_LENGTH, cell_value, write_workbook, zip_tables
from loader.store.load import load
from loader.verify.table_check import table_findings

DATA = """
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix x: <https://w3id.org/nbkg/id/> .
@prefix graph: <https://w3id.org/nbkg/graph/> . @prefix n: <https://w3id.org/nbkg/ns#> .
@prefix o: <http://o.example/> . @prefix oa: <http://www.w3.org/ns/oa#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
graph:meta { graph:curated dcterms:modified "2026-03-02"^^xsd:date . }
graph:ontology {
  n:observes n:keyOfParts true . o:identifier n:keyOfValue true . n:shortTitle rdfs:subPropertyOf rdfs:label .
  n:Observation rdfs:label "observasjon"@nb . n:Organisation rdfs:label "organisasjon"@nb .
  n:when n:wordsInRow true . oa:exact rdfs:label "ordrett"@nb .
}
graph:report {
  <https://w3id.org/nbkg/id/observation/1> n:quote x:date , x:verb .
  <https://w3id.org/nbkg/id/observation/1/milestone/1> n:quote x:date , x:verb .
  x:date n:supports n:when ; oa:hasSelector x:date-exact , x:date-position . x:date-exact oa:exact "i mars\\n2026" .
  x:verb n:supports n:outcome ; oa:hasSelector x:verb-exact . x:verb-exact oa:exact "ble lansert" .
}
graph:curated {
  x:measure a n:Measure ; n:shortTitle "Tiltaket"@nb .
  <https://w3id.org/nbkg/id/observation/1> a n:Observation ; n:observes x:measure .
  <https://w3id.org/nbkg/id/observation/1/milestone/1> a n:Milestone ; o:day "2026-03-02"^^xsd:date ; o:words "=1+1" .
  <https://w3id.org/nbkg/id/observation/1/milestone/1/quote/1> a n:Quote ; o:words "a" .
  x:org a n:Organisation , o:Agent ; o:identifier x:number .
  x:number a n:Identifier ; o:words "910568183" .
  x:law a n:Law , o:Resource , n:Service . x:service a n:Service .
}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release."""
    place = tmp_path_factory.mktemp("keys")
    (place / "data.trig").write_text(DATA, encoding="utf-8")
    load(place / "store", [place / "data.trig"])
    return make_release(DumpRequest(place / "store", place / "dumps")).folder


def _row(folder: Path, name: str) -> dict[str, str]:
    with (folder / "csv" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return next(csv.DictReader(stream))


def test_a_part_names_its_whole_and_what_that_is_about(folder: Path) -> None:
    for name in ("milestone", "quote"):
        row = _row(folder, name)
        assert row["observasjon (IRI)"] == "https://w3id.org/nbkg/id/observation/1"
        assert (row["observes (IRI)"], row["observes"]) == ("https://w3id.org/nbkg/id/measure", "Tiltaket")
    assert _row(folder, "quote")["Milestone (IRI)"] == "https://w3id.org/nbkg/id/observation/1/milestone/1"


def test_words_that_support_a_marked_property_are_in_the_innermost_row(folder: Path) -> None:
    """The observation has the milestone's quotes too."""
    assert _row(folder, "milestone")["ordrett"] == "i mars\n2026"
    assert "ordrett" not in _row(folder, "observation")


def test_a_value_names_its_subject(folder: Path) -> None:
    assert _row(folder, "identifier")["organisasjon (IRI)"] == "https://w3id.org/nbkg/id/org"


def test_what_a_row_says_itself_is_not_said_twice(folder: Path) -> None:
    assert _row(folder, "observation") == {
        "id": "https://w3id.org/nbkg/id/observation/1",
        "observes": "Tiltaket",
        "observes (IRI)": "https://w3id.org/nbkg/id/measure",
        "quote (IRI)": "https://w3id.org/nbkg/id/date | https://w3id.org/nbkg/id/verb",
    }


def test_no_table_holds_only_rows_of_another(folder: Path) -> None:
    """What is an agent is an organisation here, and laws are services; the classes stand in a column."""
    names = {path.stem for path in (folder / "csv").glob("*.csv")}
    assert names == {"identifier", "measure", "milestone", "observation", "organisation", "quote", "service"}
    assert "o.example/Agent" in _row(folder, "organisation")["type (IRI)"]
    assert "type (IRI)" not in _row(folder, "milestone")


def test_a_workbook_has_real_days_a_frozen_header_and_a_sheet_about_its_columns(folder: Path) -> None:
    book = load_workbook(folder / "csv" / "milestone.xlsx")
    data, about = book["Data"], book["Kolonner"]
    header, row = ([cell.value for cell in cells] for cells in data.iter_rows())
    values = dict(zip(header, row, strict=True))
    assert values["day"] == datetime(2026, 3, 2)  # workbooks have no time zones
    assert values["words"] == "=1+1"
    assert data.freeze_panes == "A2"
    assert [row[0].value for row in about.iter_rows()][1:] == header


def test_the_zip_holds_all_tables_and_workbooks(folder: Path) -> None:
    with zipfile.ZipFile(folder / "tables.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            path.name: path.read_bytes() for path in (folder / "csv").iterdir()
        }


def test_workbooks_and_zips_are_the_same_bytes_each_time(folder: Path, tmp_path: Path) -> None:
    fields = json.loads((folder / "csv/datapackage.json").read_bytes())["resources"]
    (milestone,) = [one["schema"]["fields"] for one in fields if one["name"] == "milestone"]
    write_workbook(folder / "csv/milestone.csv", milestone, tmp_path / "milestone.xlsx")
    zip_tables(folder / "csv", tmp_path / "tables.zip")
    for name, path in (("milestone.xlsx", "csv/milestone.xlsx"), ("tables.zip", "tables.zip")):
        assert _digest(tmp_path / name) == _digest(folder / path)


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_verify_finds_a_changed_workbook_and_zip(folder: Path) -> None:
    assert [*table_findings(folder)] == []
    milestone, zipped = folder / "csv/milestone.xlsx", folder / "tables.zip"
    before = milestone.read_bytes(), zipped.read_bytes()
    try:
        milestone.write_bytes((folder / "csv/quote.xlsx").read_bytes())
        assert {finding.subject for finding in table_findings(folder)} == {"csv/milestone.xlsx", "tables.zip"}
        milestone.write_bytes(b"PK")
        zipped.write_bytes(b"")
        assert {finding.problem.split(":")[0] for finding in table_findings(folder)} == {
            "is not a workbook",
            "is not a zip",
        }
    finally:
        milestone.write_bytes(before[0])
        zipped.write_bytes(before[1])


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("", "string", None),
        ("910568183", "string", "910568183"),
        ("42", "integer", 42),
        ("2026", "year", 2026),
        ("0.75", "number", 0.75),
        ("true", "boolean", True),
        ("2026-03-02", "date", date(2026, 3, 2)),
        ("2026-21", "date", "2026-21"),
        ("a\x08b", "string", "a\ufffdb"),
        ("x" * 40_000, "string", "x" * (CELL_LENGTH - 1) + "…"),
    ],
)
def test_values(text: str, kind: str, value: object) -> None:
    assert cell_value(text, kind) == value
