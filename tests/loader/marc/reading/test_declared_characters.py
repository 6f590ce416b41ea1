"""Records in a character set that neither is UTF-8 nor MARC-8, which a profile declares."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from loader.errors import CuratedError
from loader.marc.loss_report.tallied_files import tally_files
from loader.marc.profiles.profile_file import read_profile
from loader.marc.reading.declared_characters import in_declared_set
from loader.marc.reading.deliveries import DamagedRecord
from loader.marc.reading.marc_file import read_marc_file
from loader.marc.records.record_import import RecordImport, import_records
from nbkg.records.form import Form
from nbkg.records.iso2709_writing import write_record
from nbkg.records.record import DeliveredRecord, MarcField, MarcRecord
from nbkg.records.store.edited_record import edited_bytes
from nbkg.records.store.record_store import open_records

DATA = Path(os.environ.get("NBKG_SHARED", "/nowhere")) / "data"
TITLES = ("Война и мир", "Мёртвые души")


def _file(folder: Path, titles: tuple[str, ...], codec: str) -> Path:
    """Return a file of records whose fields have the bytes of a codec, with lengths counted in them."""
    file = folder / "poster.mrc"
    raw = b""
    for number, title in enumerate(titles):
        text = title.encode(codec).decode("latin-1")
        leader = "00000nam  2200000 i 4500"
        fields = [MarcField("001", data=f"r{number}"), MarcField("245", "10", (("a", "@" * len(text)),))]
        raw += write_record(MarcRecord(leader, fields)).replace(b"@" * len(text), text.encode("latin-1"))
    file.write_bytes(raw)
    return file


def _titles(file: Path, character_set: str) -> list[str]:
    deliveries = in_declared_set(read_marc_file(file), character_set)
    return [
        each.record.fields[1].subfields[0][1] if isinstance(each, DeliveredRecord) else type(each).__name__
        for each in deliveries
    ]


def test_text_that_is_not_utf8_is_in_the_declared_set(tmp_path: Path) -> None:
    file = _file(tmp_path, TITLES, "cp1251")
    assert _titles(file, "cp1251") == list(TITLES)
    assert _titles(file, "") != list(TITLES)


def test_text_in_utf8_stays_what_it_is(tmp_path: Path) -> None:
    assert _titles(_file(tmp_path, TITLES, "utf-8"), "cp1251") == list(TITLES)


def test_the_set_is_reported_and_bytes_that_it_has_not_stay_damaged(tmp_path: Path) -> None:
    file = _file(tmp_path, TITLES, "cp1251")
    [first, _second] = in_declared_set(read_marc_file(file), "cp1251")
    assert isinstance(first, DeliveredRecord)
    assert [oddity.code for oddity in first.record.oddities] == ["character-set"]
    assert first.raw == file.read_bytes()[: len(first.raw)]
    assert _titles(file, "ascii") == _titles(file, "")


def test_a_profile_with_a_set_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "min.ttl"
    file.write_text(
        "@prefix nbkg: <https://w3id.org/nbkg/ns#> . @prefix dcterms: <http://purl.org/dc/terms/> ."
        "<https://w3id.org/nbkg/id/marc-profile/min> a nbkg:MarcProfile ;"
        "dcterms:identifier 'min' ; dcterms:title 'Min'@nb ;"
        "nbkg:extendsProfile <https://w3id.org/nbkg/id/marc-profile/default> ; nbkg:characterSet 'klingon-1' .",
        encoding="utf-8",
    )
    with pytest.raises(CuratedError, match="klingon-1"):
        read_profile("min", file)


@pytest.mark.skipif(not DATA.is_dir(), reason="the MARC files are not here (NBKG_SHARED)")
@pytest.mark.parametrize(
    ("name", "profile", "records", "word"),
    [
        ("intl_faults_pymarc/test__1251.dat", "rkp", 6, "учеб"),
        ("intl_same_works/mrc__chronopolis.libris.mrc", "libris", 1, "medialisering"),
    ],
)
def test_real_files_read_right(name: str, profile: str, records: int, word: str) -> None:
    chosen = read_profile(profile)
    tally = tally_files([DATA / name], "test", chosen)
    assert (tally.records, tally.damaged) == (records, 0)
    deliveries = list(in_declared_set(read_marc_file(DATA / name), chosen.character_set))
    assert [each for each in deliveries if isinstance(each, DamagedRecord)] == []
    assert word in str(deliveries).casefold()


def test_the_store_of_records_keeps_the_bytes_and_reads_them_in_the_declared_set(tmp_path: Path) -> None:
    file, store = _file(tmp_path, TITLES, "cp1251"), tmp_path / "records"
    profile = replace(read_profile("default"), character_set="cp1251")
    report = import_records(RecordImport(store, "rkp", (file,), "2026-01-02", profile=profile))
    assert report.damaged == []
    with open_records(store, "rkp") as records:
        stored = list(records.iter_records())
        assert b"".join(each.raw for each in stored) == file.read_bytes()
        assert [each.parse().fields[1].subfields[0][1] for each in stored] == list(TITLES)
        as_xml = b"".join(edited_bytes(each, [], Form.MARCXML) for each in stored).decode()
    assert all(title in as_xml for title in TITLES)
