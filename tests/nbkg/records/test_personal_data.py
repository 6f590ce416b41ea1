"""Numbers of people: what is one, what only looks like one. All numbers are made up, with check digits of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from rdflib import URIRef
from stdnum.no.fodselsnummer import (
    calc_check_digit1,
    calc_check_digit2,
)

from loader.cli import nbkg
from loader.marc.marc_kind import MarcRecords
from loader.marc.reading.deliveries import DamagedRecord
from loader.marc.reading.marc_file import read_marc_stream
from loader.marc.reading.refused_records import refuse_personal_data
from loader.sources.project import ProjectData
from loader.sources.source import Source
from nbkg.records.personal_data import BIRTH_NUMBER, CARD_NUMBER, find_personal_number


def _with_check_digits(nine: str) -> str:
    first = calc_check_digit1(nine + "00")
    number: str = nine + first + calc_check_digit2(nine + first + "0")
    assert len(number) == 11
    return number


BIRTH, D_NUMBER, HELP, SYNTHETIC = (
    _with_check_digits(nine) for nine in ("010170170", "410170170", "014170100", "018170100")
)


@pytest.mark.parametrize(
    "number", [BIRTH, D_NUMBER, HELP, SYNTHETIC, f"{BIRTH[:6]} {BIRTH[6:]}", f"{BIRTH[:6]}-{BIRTH[6:]}"]
)
def test_a_birth_number_is_known_by_its_check_digits(number: str) -> None:
    assert find_personal_number(number) == find_personal_number(f"Låner {number}, Oslo.") == BIRTH_NUMBER


@pytest.mark.parametrize(
    "text", ["Fødselsnr. 010170 12345", "D-nummer: 41017012345", "fnr 01017012345", "Personnummer 010170.12345"]
)
def test_a_birth_number_is_known_by_its_name(text: str) -> None:
    assert find_personal_number(text) == BIRTH_NUMBER


@pytest.mark.parametrize(
    "text",
    ["N001234567", "lånenr. 1234567", "Lånekort: N 001 234 567", "Library card no. 123456", "Kortnummer 0012 3456"],
)
def test_a_card_number_is_known_by_its_form_or_its_name(text: str) -> None:
    assert find_personal_number(text) == CARD_NUMBER


@pytest.mark.parametrize(
    "text",
    [
        "01017012345",
        "9788299990707",
        "n99900101",
        "n2001012345",
        "NO 999 999 999 MVA",
        f"https://urn.nb.no/URN:NBN:no-nb_digibok_{BIRTH}",
        f"1{BIRTH}",
        "Lånetid 28 dager",
        "Kart nummer 12",
        "20210101123456.0",
        "",
    ],
)
def test_other_numbers_are_not_those_of_people(text: str) -> None:
    assert find_personal_number(text) == ""


def _record(key: str, field: str, text: str) -> str:
    data = f'<datafield tag="{field}" ind1=" " ind2=" "><subfield code="a">{text}</subfield></datafield>'
    control = f'<controlfield tag="001">{key}</controlfield>'
    return f"<record><leader>00000nam a2200000 i 4500</leader>{control}{data}</record>"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    records = [
        _record("good", "500", "En bok"),
        _record("p1", "500", f"Lånt av {BIRTH}"),
        _record("p2", "999", "N001234567"),
        _record(BIRTH, "245", f"fødselsnummer {BIRTH}"),
        _record("isbn", "020", SYNTHETIC),
        _record("last", "500", "En bok til"),
    ]
    path = tmp_path_factory.mktemp("personal") / "records.xml"
    path.write_text(
        f'<collection xmlns="http://www.loc.gov/MARC21/slim">{"".join(records)}</collection>', encoding="utf-8"
    )
    return path


def test_a_record_with_such_a_number_is_refused_and_named_by_its_identifier(file: Path) -> None:
    with file.open("rb") as stream:
        deliveries = list(refuse_personal_data(read_marc_stream(stream, file.name)))
    refused = [each for each in deliveries if isinstance(each, DamagedRecord)]
    assert [each.raw for each in refused] == [b"", b"", b""]
    assert [each.reason.partition(":")[0] for each in refused[:2]] == [
        "the record p1 holds a birth number in field 500",
        "the record p2 holds the number of a library card in field 999",
    ]
    assert refused[2].reason.startswith("the record at byte ")
    assert not any(BIRTH in each.reason for each in refused)


def test_an_import_keeps_no_trace_of_such_a_number(file: Path, tmp_path: Path) -> None:
    folder, aside = tmp_path / "records", tmp_path / "aside"
    options = ["--records", str(folder), "--delivered", "2026-03-02", "--quarantine", str(aside)]
    result = CliRunner().invoke(nbkg, ["marc", "import", "prove", str(file), *options])
    assert result.exit_code == 1
    assert "3 new" in result.stderr
    assert "p1" in result.stderr
    kept = b"".join(each.read_bytes() for each in aside.iterdir()) + result.output.encode()
    assert b"p1" in kept
    assert BIRTH.encode() not in kept


def test_a_conversion_keeps_no_trace_of_such_a_number(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    options = ["--out", str(out), "--source", "prove", "--format", "nq", "--jobs", "1"]
    result = CliRunner().invoke(nbkg, ["marc", "convert", str(file), *options])
    assert result.exit_code == 1
    written = b"".join(each.read_bytes() for each in sorted(out.rglob("*")) if each.is_file()) + result.output.encode()
    assert b"En bok til" in written
    assert b"the record p2 holds the number of a library card in field 999" in written
    assert (BIRTH.encode() in written, b"N001234567" in written) == (False, False)


def test_a_build_keeps_no_trace_of_such_a_number(file: Path, project: ProjectData) -> None:
    source = Source(URIRef("urn:s"), "prove", "marc", "file", str(file), described_in="mine.ttl")
    kind = MarcRecords([source], project)
    lines = [str(triple) for stream in kind.graphs() for record in stream.records for triple in record]
    assert any("En bok til" in line for line in lines)
    assert [warning for warning in kind.warnings() if "the record p1 holds a birth number in field 500" in warning]
    assert not [line for line in [*lines, *kind.warnings()] if BIRTH in line or "N001234567" in line]
