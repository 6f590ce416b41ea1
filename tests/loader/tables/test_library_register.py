"""A register of libraries as people keep it: which rows become libraries, and what is reported."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import URIRef

from loader.namespaces import BASE
from loader.sources.project import ProjectData
from loader.sources.source import Source
from loader.tables.table_kind import TableSources
from nbkg.errors import DataError

HEAD = "library_number,name,sru,system\n"
GOOD = "2020000,Akershus fylkesbibliotek,http://www.akershus.test/sru,bibliofil\n"
LIBRARY = f"{BASE}id/organisation/register/2020000"
ISIL = f"{BASE}id/identifier/organisation/register/2020000/isil"


def _read(folder: Path, project: ProjectData, text: str | bytes) -> tuple[set[str], Sequence[str]]:
    """Return the statements as short texts, and the warnings without the name of the file."""
    file = folder / "libraries.csv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    profile = URIRef(f"{BASE}id/table-profile/library-register")
    source = Source(URIRef(f"{BASE}id/source/register"), "register", "table", "file", str(file), profile)
    kind = TableSources([source], project)
    statements = {str(triple) for stream in kind.graphs() for record in stream.records for triple in record}
    return statements, [warning.partition("libraries.csv:")[2] for warning in kind.warnings()]


def _statement(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> str:
    return str(ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), value))


def test_a_library_has_its_name_its_isil_and_the_address_of_its_catalogue(tmp_path: Path, project: ProjectData) -> None:
    statements, warnings = _read(tmp_path, project, HEAD + GOOD)
    service = f"{BASE}id/service/register/2020000"
    assert {
        _statement(LIBRARY, "https://schema.org/name", ox.Literal("Akershus fylkesbibliotek")),
        _statement(LIBRARY, "http://www.w3.org/ns/adms#identifier", ox.NamedNode(ISIL)),
        _statement(ISIL, "http://www.w3.org/2004/02/skos/core#notation", ox.Literal("NO-2020000")),
        _statement(service, "http://www.w3.org/ns/dcat#endpointURL", ox.NamedNode("http://www.akershus.test/sru")),
    } <= statements
    assert warnings == []


FAULTS = {
    "a key of two rows": (GOOD.replace("Akershus", "Bø"), "2: “2020000” is the key of 2 rows"),
    "HTML entities": ("2100000,B&oslash; bibliotek,,\n", "3: name has HTML entities; it was read as “Bø bibliotek”"),
    "a key that is no library number": ("KOHA001,Vik,,\n", "3: “KOHA001” is not written as number is"),
    "no name": ("2100000,,,\n", "3: name is missing"),
    "an address with a blank": ("2100000,Vik,http://a b/,\n", "3: <http://a b/> is no address"),
    "an e-mail address": ("2100000,Vik,post@vik.test,\n", "3: sru_address holds an e-mail address"),
    "a birth number": ("2100000,Vik 01017010170,,\n", "3: it holds a number of a person"),
    "a card number": ("2100000,Vik,,N001234567\n", "3: it holds a number of a person"),
    "a row after one of two lines": ('2100000,"Vik\nbibliotek",,\n2100001,,,\n', "5: name is missing"),
}


@pytest.mark.parametrize(("row", "warning"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_reported_with_its_line(tmp_path: Path, project: ProjectData, row: str, warning: str) -> None:
    statements, warnings = _read(tmp_path, project, HEAD + GOOD + row)
    assert any(each.startswith(warning) for each in warnings), warnings
    assert not [each for each in statements if "@" in each.partition("schema.org")[2]]
    assert not [each for each in [*statements, *warnings] if "01017010170" in each or "N001234567" in each]


def test_the_good_rows_beside_two_with_one_key_are_kept(tmp_path: Path, project: ProjectData) -> None:
    statements, _ = _read(tmp_path, project, HEAD + GOOD + "2121900,Bømlo,,\n2121900,Bø,,\n")
    assert {
        each.split("/")[-1] for line in statements if "schema.org/name" in line for each in [line.split(">")[0]]
    } == {"2020000"}


def test_columns_of_persons_are_left_out_and_named(tmp_path: Path, project: ProjectData) -> None:
    text = "library_number,name,kontaktperson,epost\n2020000,Akershus,Kari Nordmann,kari@vik.test\n"
    statements, warnings = _read(tmp_path, project, text)
    assert warnings == [
        "1: the column “kontaktperson” is not described and was left out",
        "1: the column “epost” is not described and was left out",
    ]
    assert not any("Nordmann" in each or "kari" in each for each in statements)


def test_a_library_without_a_catalogue_has_no_service(tmp_path: Path, project: ProjectData) -> None:
    statements, _ = _read(tmp_path, project, HEAD + "2020000,Akershus,,\n")
    assert statements
    assert not any("/id/service/" in each for each in statements)


def test_an_organisation_number_is_an_identifier(tmp_path: Path, project: ProjectData) -> None:
    statements, _ = _read(tmp_path, project, "bibnr,navn,orgnr\n2020000,Akershus,976029100\n")
    assert any('"976029100"' in each for each in statements)


@pytest.mark.parametrize(
    ("text", "problem"), [("name,sru\nVik,\n", "no column"), ("", "no column"), (b"\xe5", "UTF-8")]
)
def test_a_table_that_cannot_be_read_is_refused(
    tmp_path: Path, project: ProjectData, text: str | bytes, problem: str
) -> None:
    with pytest.raises(DataError, match=problem):
        _read(tmp_path, project, text)
