"""Opening MARC files: form and compression are seen in the content, errors name the file."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from loader.marc.reading.marc_file import STANDARD_INPUT, read_marc_file
from nbkg.errors import DataError, UsageError
from nbkg.records import marc_in_json, marcxml
from nbkg.records.form import Form
from nbkg.records.iso2709_writing import write_record
from nbkg.records.record import DeliveredRecord, MarcRecord
from tests.marc_oracle import simple

CONTENTS = {
    Form.ISO2709: write_record(simple()),
    Form.MARCXML: marcxml.write_record(simple()),
    Form.MARC_JSON: marc_in_json.write_record(simple()),
}
COMPRESSIONS: dict[str, Callable[[bytes], bytes]] = {
    "plain": lambda content: content,
    "gzip": gzip.compress,
    "zstd": lambda content: zstandard.ZstdCompressor().compress(content),
    "bzip2": bz2.compress,
    "xz": lzma.compress,
}


@pytest.mark.parametrize("way", ["file", "standard input"])
@pytest.mark.parametrize("compression", COMPRESSIONS)
@pytest.mark.parametrize("form", Form)
def test_form_and_compression_are_seen_in_the_content(
    form: Form, compression: str, way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = COMPRESSIONS[compression](CONTENTS[form])
    file = tmp_path / "uten-endelse"
    file.write_bytes(content)
    if way == "standard input":
        file = STANDARD_INPUT
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    read: list[int] = []
    [one] = read_marc_file(file, read.append)
    assert isinstance(one, DeliveredRecord)
    assert (one.form, one.record.fields) == (form, simple().fields)
    assert sum(read) == len(content)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "iso-8859-1", "windows-1252"])
def test_xml_in_another_encoding_is_read_as_it_declares(encoding: str, tmp_path: Path) -> None:
    record = MarcRecord(simple().leader, [*simple().fields[:2], *simple(title="Blåbær på Ås").fields[3:]])
    text = f'<?xml version="1.0" encoding="{encoding}"?>' + marcxml.write_record(record).decode()
    file = tmp_path / "post.xml"
    file.write_bytes(text.encode(encoding))
    [one] = read_marc_file(file)
    assert isinstance(one, DeliveredRecord)
    assert one.record == record


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "it is empty"),
        (b"  \n", "it is empty"),
        (b"Hei og hopp", "not a MARC file: it begins with b'Hei og hopp'"),
        (b"%PDF-1.7 \x00\x01", "not a MARC file"),
        (gzip.compress(CONTENTS[Form.ISO2709] * 50, mtime=0)[:-20], "cut short"),
        (b"<?xml version='1.0' encoding='klingon'?><a/>", "encoding"),
        (b"<a><b></a>", r"fil:1: it is not well-formed XML: mismatched tag"),
    ],
)
def test_a_file_that_cannot_be_read_is_an_error_that_names_it(content: bytes, message: str, tmp_path: Path) -> None:
    file = tmp_path / "fil"
    file.write_bytes(content)
    with pytest.raises(DataError, match=message) as caught:
        list(read_marc_file(file))
    assert str(caught.value).startswith(str(file))


def test_a_file_that_is_not_there_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be opened"):
        list(read_marc_file(tmp_path / "nei"))
