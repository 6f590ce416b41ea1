"""`nbkg marc report`: its figures, counted by hand, and its page, Turtle and JSON."""

from __future__ import annotations

import json
from pathlib import Path

import html5lib
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result
from rdflib import Graph

from loader.cli import nbkg
from loader.identifiers import resource
from loader.marc.fields.reasons import REASONS
from loader.marc.loss_report.loss_page import format_share
from loader.marc.loss_report.loss_words import LANGUAGES, reason_phrase, words
from loader.namespaces import DCTERMS, DQV
from nbkg.records.iso2709_writing import write_record
from nbkg.records.record import MarcField, MarcRecord
from tests.loader.marc.mapped import authority, record

RECORDS = [
    record(
        "001 r1",
        "100 1_ $a Øyen, Åse, $d 1960-",
        "245 10 $a Fjord / $c Åse Øyen. $9 x",
        "300 __ $a 200 s.",
        "852 __ $a Hylla $b 3",
        "949 __ $a lokalt",
    ),
    record("001 r2", "245 10 $a Fjell $a Fjell igjen", "300 __ $a _", "ZZZ __ $a <b>&"),
    record("001 r3", "245 10 $a Borte", leader="00000dam a2200000 i 4500"),
]
"""By hand: the description has 001 and 008 twice each (4), 100 $a $d (2), 245 $a $c $9 $a $a (5) and 300 $a twice (2),
which is 13. Of these 245 $9 (not defined), the second 245 $a of r2 (may stand once) and 300 $a of r2 (empty) stay in
the record: 10 reach the graph. The copies have 852 $a $b, fields of one's own are 949 $a and ZZZ $a, and the deleted
record has 001, 008 and 245 $a."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "poster.mrc"
    empty = write_record(RECORDS[1]).replace(b"\x1fa_\x1e", b"\x1fa \x1e")
    path.write_bytes(write_record(RECORDS[0]) + empty + write_record(RECORDS[2]))
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(nbkg, ["marc", "report", *map(str, arguments), "--profile", "alma"])


def test_the_figures_are_those_counted_by_hand(file: Path) -> None:
    result = run(file, "--json")
    assert result.exit_code == 0, result.output
    described = json.loads(result.output)
    assert described["records"] == 3
    assert described["groups"] == {
        "description": {"total": 13, "reached": 10, "share": 0.7692},
        "authority": {"total": 0, "reached": 0, "share": 1.0},
        "holdings": {"total": 0, "reached": 0, "share": 1.0},
        "local": {"total": 2, "reached": 0, "share": 0.0},
        "item": {"total": 2, "reached": 0, "share": 0.0},
        "other": {"total": 3, "reached": 0, "share": 0.0},
    }
    rows = {(row["group"], row["field"], row["subfield"]): row for row in described["subfields"]}
    assert {key: (row["total"], row["reached"], row["reasons"]) for key, row in rows.items()} == {
        ("description", "001", ""): (2, 2, {}),
        ("description", "008", ""): (2, 2, {}),
        ("description", "100", "a"): (1, 1, {}),
        ("description", "100", "d"): (1, 1, {}),
        ("description", "245", "9"): (1, 0, {"unknown-subfield": 1}),
        ("description", "245", "a"): (3, 2, {"repeated": 1}),
        ("description", "245", "c"): (1, 1, {}),
        ("description", "300", "a"): (2, 1, {"empty": 1}),
        ("local", "949", "a"): (1, 0, {"unknown-field": 1}),
        ("local", "ZZZ", "a"): (1, 0, {"unknown-field": 1}),
        ("item", "852", "a"): (1, 0, {"item-data": 1}),
        ("item", "852", "b"): (1, 0, {"item-data": 1}),
        ("other", "001", ""): (1, 0, {"deleted": 1}),
        ("other", "008", ""): (1, 0, {"deleted": 1}),
        ("other", "245", "a"): (1, 0, {"deleted": 1}),
    }
    assert rows["description", "245", "a"]["examples"] == {"repeated": [{"record": "r2", "value": "Fjell igjen"}]}


def test_a_field_in_another_script_counts_as_the_field_that_it_stands_for(tmp_path: Path) -> None:
    path = tmp_path / "poster.mrc"
    path.write_bytes(write_record(record("245 10 $6 880-01 $a Voina", "880 10 $6 245-01/(N $a Война $q 1")))
    rows = {(row["field"], row["subfield"]): row for row in json.loads(run(path, "--json").output)["subfields"]}
    assert (rows["245", "a"]["total"], rows["245", "a"]["reached"]) == (2, 2)
    assert rows["245", "q"]["reasons"] == {"unknown-subfield": 1}
    assert not [tag for tag, _code in rows if tag == "880"]


@pytest.fixture
def mixed_file(tmp_path: Path) -> Path:
    """Return a file of an authority record and a holdings record; that of a deleted name is not described."""
    path = tmp_path / "blandet.mrc"
    holdings = record(
        "001 h1", "004 r1", "852 8_ $a NO-0030100 $p 15g1", "949 __ $a x", leader="00000ny  a2200000n  4500"
    )
    gone = authority("001 99000002", "100 1_ $a Borte", leader="00000dz  a2200000n  4500")
    records = [authority("100 1_ $a Vik, Tor, $d 1931-", "371 __ $a Storgata 1"), holdings, gone]
    path.write_bytes(b"".join(map(write_record, records)))
    return path


def test_authority_and_holdings_records_are_parts_of_their_own_with_the_names_of_their_fields(mixed_file: Path) -> None:
    described = json.loads(run(mixed_file, "--json").output)
    rows = {
        (row["group"], row["field"], row["subfield"]): (row["total"], row["reached"]) for row in described["subfields"]
    }
    assert rows["authority", "100", "a"] == rows["authority", "100", "d"] == (1, 1)
    assert rows["authority", "371", "a"] == (1, 0)
    assert rows["holdings", "852", "a"] == (1, 1)
    assert rows["item", "852", "p"] == (1, 0)
    assert rows["local", "949", "a"] == (1, 0)
    assert rows["other", "100", "a"][0] == 1
    assert described["groups"]["description"]["total"] == 0
    output = " ".join(run(mixed_file).output.split())
    assert "100 Heading--Personal Name" in output
    assert "852 Location" in output
    assert "Main Entry" not in output


def test_the_page_and_the_turtle_have_the_parts_of_authorities(mixed_file: Path, tmp_path: Path) -> None:
    assert run(mixed_file, "--html", tmp_path / "r.html", "--rdf", tmp_path / "r.ttl").exit_code == 0
    page = BeautifulSoup((tmp_path / "r.html").read_text(encoding="utf-8"), "html.parser")
    heading = page.find(id="authority-100")
    assert heading is not None
    assert heading.get_text() == "100 Heading--Personal Name"
    assert "Autoritetsposter" in page.get_text()
    graph = Graph().parse(tmp_path / "r.ttl")
    on = {
        group: {
            str(value).rpartition("/graph/")[2]
            for value in graph.objects(
                resource("quality-measurement", "marc", "blandet", group, "share"), DQV.computedOn
            )
        }
        for group in ("authority", "holdings", "other")
    }
    assert on == {
        "authority": {"authority/blandet"},
        "holdings": {"catalogue/blandet"},
        "other": {"authority/blandet", "catalogue/blandet"},
    }


def test_the_table_has_shares_reasons_and_examples(file: Path) -> None:
    output = " ".join(run(file).output.split())
    assert "The description │ 13 │ 10 │ 76.9%" in output
    assert "r2: Fjell igjen" in output
    assert "r2: <b>&" in output


def test_damaged_records_are_named_and_end_with_1(tmp_path: Path, file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"00042nam a2200000 i 4500 og mer")
    result = run(file)
    assert result.exit_code == 1
    assert "1 damaged records" in result.output


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_stands_alone_and_is_valid_html(file: Path, tmp_path: Path, language: str) -> None:
    page = tmp_path / "rapport.html"
    assert run(file, "--html", page, "--language", language).exit_code == 0
    text = page.read_text(encoding="utf-8")
    html5lib.HTMLParser(strict=True).parse(text)
    soup = BeautifulSoup(text, "html.parser")
    assert soup.html is not None
    assert soup.html["lang"] == language
    assert not soup.find_all(["script", "link", "img"])
    assert words(language)["title"] in str(soup.h1)
    share = "76.9%" if language == "en" else "76,9\N{NO-BREAK SPACE}%"
    assert share in soup.get_text()
    for table in soup.find_all("table"):
        assert table.caption
        assert all(row.find("th", scope=["row", "col"]) for row in table.find_all("tr"))
    targets = {str(each["id"]) for each in soup.find_all(id=True)}
    assert {str(link["href"])[1:] for link in soup.find_all("a")} <= targets
    assert "<b>&" in soup.get_text()
    assert not soup.find_all("b")


def test_the_turtle_says_the_same_and_is_the_same_each_time(file: Path, tmp_path: Path) -> None:
    for name in ("en.ttl", "to.ttl"):
        assert run(file, "--rdf", tmp_path / name).exit_code == 0
    assert (tmp_path / "en.ttl").read_bytes() == (tmp_path / "to.ttl").read_bytes()
    graph = Graph().parse(tmp_path / "en.ttl")
    node = resource("quality-measurement", "marc", "poster", "description", "245", "a", "stays-repeated")
    assert [str(value) for value in graph.objects(node, DQV.value)] == ["1"]
    assert [str(value) for value in graph.objects(node, DCTERMS.title)] == ["245 $a"]
    shares = {
        str(node).split("/")[-2]: str(graph.value(node, DQV.value))
        for node in graph.subjects(DQV.isMeasurementOf)
        if str(node).endswith("/share")
    }
    assert shares == {"description": "0.7692", "local": "0.0000", "item": "0.0000", "other": "0.0000"}
    assert {str(node) for node in graph.objects(None, DQV.computedOn)} == {
        "https://w3id.org/nbkg/graph/catalogue/poster"
    }


@pytest.mark.parametrize(("share", "text"), [(1.0, "100.0%"), (0.99999, "99.9%"), (0.00001, "0.1%"), (0.0, "0.0%")])
def test_a_share_is_not_rounded_to_all_or_nothing(share: float, text: str) -> None:
    assert format_share(share) == text


def test_all_languages_have_the_same_words() -> None:
    assert set(words("nb")) == set(words("nn")) == set(words("en"))
    assert reason_phrase("nn", "empty") == ("Det er tomt.", "nn")


def test_each_reason_is_said_in_all_languages() -> None:
    texts = {(reason, language): reason_phrase(language, reason) for reason in REASONS for language in LANGUAGES}
    assert [key for key, phrase in texts.items() if not phrase.text or phrase.language != key[1]] == []


UNIMARC = MarcRecord(
    "00000nam0 2200000 i 450 ",
    [MarcField("001", data="u1"), MarcField("200", "1 ", (("a", "x"),)), MarcField("801", " 0", (("a", "IT"),))],
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_share_is_stated_of_unimarc(tmp_path: Path, language: str) -> None:
    file, page = tmp_path / "unimarc.mrc", tmp_path / "page.html"
    file.write_bytes(write_record(UNIMARC))
    result = CliRunner().invoke(nbkg, ["marc", "report", str(file), "--html", str(page), "--language", language])
    assert result.exit_code == 0
    assert "1 records are in UNIMARC" in result.stderr
    text = BeautifulSoup(page.read_bytes(), "html.parser").get_text()
    assert words(language)["nothing"].format(records=1) in text
