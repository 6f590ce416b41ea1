"""Tables for those who know no RDF: a row for each thing, columns that people understand, and their description."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from loader.dumps.data_package import file_names


@pytest.fixture(scope="module")
def folder(made: Path) -> Path:
    return made / "2026-03-02" / "csv"


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_class_is_a_file(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == ["concept.csv", "concept.xlsx", "datapackage.json"]


def test_a_thing_is_a_row_and_things_are_named_beside_their_iris(folder: Path) -> None:
    bergen, norge, oslo = _rows(folder, "concept.csv")
    assert [bergen["id"], norge["id"], oslo["id"]] == [
        f"https://library.example/{key}" for key in ("bergen", "norge", "oslo")
    ]
    assert (oslo["broader"], oslo["broader (IRI)"]) == ("Norge", "https://library.example/norge")
    assert "exactMatch" not in oslo, "nothing names what it leads to"
    assert oslo["exactMatch (IRI)"] == "https://sws.example/3143244"
    assert oslo["inhabitants"] == "717710"


def test_each_language_is_a_column_where_there_are_several(folder: Path) -> None:
    _, norge, oslo = _rows(folder, "concept.csv")
    assert [norge[f"prefLabel ({language})"] for language in ("nb", "nn", "en")] == ["Norge", "Noreg", "Norway"]
    assert oslo["prefLabel (nn)"] == ""
    assert "altLabel" in oslo, "it is only in Norwegian"


def test_several_values_and_line_breaks(folder: Path) -> None:
    bergen, _, oslo = _rows(folder, "concept.csv")
    assert oslo["altLabel"] == "Kristiania | Tigerstaden \\| «by»"
    assert bergen["comment"] == 'en linje\nog en "til"'


def test_spreadsheets_see_that_it_is_utf_8(folder: Path) -> None:
    assert (folder / "concept.csv").read_bytes().startswith(b"\xef\xbb\xbfid,")


def test_the_description_tells_each_column(folder: Path) -> None:
    told = json.loads((folder / "datapackage.json").read_bytes())
    (concept,) = told["resources"]
    fields = {field["name"]: field for field in concept["schema"]["fields"]}
    with (folder / concept["path"]).open(encoding="utf-8-sig", newline="") as stream:
        assert list(fields) == next(csv.reader(stream))
    assert fields["inhabitants"]["type"] == "integer"
    assert "|" in fields["altLabel"]["description"]
    assert (fields["altLabel"]["language"], "language" in fields["notation"]) == ("nb", False)
    assert fields["prefLabel (en)"]["rdfType"] == "http://www.w3.org/2004/02/skos/core#prefLabel"
    assert concept["bytes"] == (folder / concept["path"]).stat().st_size


def test_files_are_named_apart() -> None:
    names = file_names(
        [
            "http://www.w3.org/ns/dcat#Dataset",
            "http://rdfs.org/ns/void#Dataset",
            "https://a.example/StatusReport",
            "https://a.example/x/Æ",
            "https://b.example/Same",
            "https://c.example/Same",
        ]
    )
    assert names["http://www.w3.org/ns/dcat#Dataset"] == "dcat-dataset"
    assert names["https://a.example/StatusReport"] == "status-report"
    assert len(set(names.values())) == 6
