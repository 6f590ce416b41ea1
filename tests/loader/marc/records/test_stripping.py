"""What an import takes out of records by the profile of the source, and what it knows of their numbers."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from loader.cli import nbkg
from loader.marc.profiles.profile_choice import choose_profile
from loader.marc.records.record_import import record_names
from nbkg.records.codecs import read_record, write_record
from nbkg.records.form import Form
from nbkg.records.record import MarcField
from nbkg.records.store.record_store import open_records
from tests.marc_oracle import simple

PROFILE = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix nbkg: <https://w3id.org/nbkg/ns#> .
@prefix profile: <https://w3id.org/nbkg/id/marc-profile/> .
profile:min a nbkg:MarcProfile ; dcterms:identifier "min" ; dcterms:title "Min"@nb , "Min"@nn , "Mine"@en ;
    nbkg:extendsProfile profile:default ; nbkg:controlNumberAssigner "NO-1234567" ; nbkg:itemField "949" .
"""


def _import(tmp_path: Path, *options: object) -> Result:
    record = simple()
    record.fields.extend([MarcField("949", "  ", [("b", "utlånt")])] * 2)
    (tmp_path / "inn.mrc").write_bytes(write_record(Form.ISO2709, record) + write_record(Form.ISO2709, simple(2)))
    (tmp_path / "min.ttl").write_text(PROFILE, encoding="utf-8")
    arguments = [
        "marc",
        "import",
        "min",
        tmp_path / "inn.mrc",
        "--records",
        tmp_path / "r",
        "--delivered",
        "2026-01-02",
    ]
    return CliRunner().invoke(nbkg, [str(each) for each in [*arguments, *options]])


def test_fields_about_copies_are_not_stored_and_the_answer_names_them(tmp_path: Path) -> None:
    result = _import(tmp_path, "--profile", tmp_path / "min.ttl")
    assert result.exit_code == 0, result.output
    assert "stripped before storing, out of 1 records: 949 (2)" in result.output
    with open_records(tmp_path / "r", "min") as store:
        stored = [read_record(each.form, each.raw) for each in store.iter_records()]
        assert b"utl" not in b"".join(each.raw for each in store.iter_records())
    assert [record.fields for record in stored] == [simple().fields, simple(2).fields]


def test_a_profile_that_names_none_leaves_the_records_as_they_are(tmp_path: Path) -> None:
    result = _import(tmp_path)
    assert "stripped" not in result.output
    with open_records(tmp_path / "r", "min") as store:
        assert b"".join(each.raw for each in store.iter_records()) == (tmp_path / "inn.mrc").read_bytes()


def test_a_number_without_003_is_that_of_the_profile(tmp_path: Path) -> None:
    _import(tmp_path, "--profile", tmp_path / "min.ttl")
    result = CliRunner().invoke(
        nbkg, ["marc", "history", "min", "(NO-1234567)rec00001", "--records", str(tmp_path / "r")]
    )
    assert result.exit_code == 0, result.output
    assigner = choose_profile(str(tmp_path / "min.ttl")).assigner
    record = simple()
    assert record_names(record, assigner=assigner).agency == "NO-1234567"
    record.fields.insert(1, MarcField("003", data="NO-7654321"))
    assert record_names(record, assigner=assigner).agency == "NO-7654321"
