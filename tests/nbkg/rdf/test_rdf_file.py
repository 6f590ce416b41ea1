"""Files as others save them: with a byte order mark, in other encodings, compressed, with relative IRIs."""

from __future__ import annotations

import bz2
import gzip
import lzma
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
import zstandard

from loader.store.load import load
from loader.validate.read import read
from nbkg.errors import RdfFileError, UsageError
from nbkg.rdf.decoding import decode
from nbkg.rdf.formats import find_format
from nbkg.rdf.nquads import read_canonical_lines
from nbkg.rdf.rdf_file import open_rdf_file, parse_document
from nbkg.rdf.statements import inspect_file, read_statements
from nbkg.rdf.turtle import read_files
from nbkg.storage.layout import version_folder

VALUE = "blåbær – ćø"
LATIN = "blåbær"
DOCUMENTS = {
    "ttl": '<http://a.example/s> <http://a.example/p> "{}" .',
    "nt": '<http://a.example/s> <http://a.example/p> "{}" .\n',
    "nq": '<http://a.example/s> <http://a.example/p> "{}" .\n',
    "trig": '<http://a.example/s> <http://a.example/p> "{}" .',
    "n3": '<http://a.example/s> <http://a.example/p> "{}" .',
    "jsonld": '{{"@id": "http://a.example/s", "http://a.example/p": "{}"}}',
    "rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
    'rdf:about="http://a.example/s"><p xmlns="http://a.example/">{}</p></rdf:Description></rdf:RDF>',
}
PACKED: dict[str, Callable[[bytes], bytes]] = {
    "": lambda data: data,
    ".gz": gzip.compress,
    ".zst": zstandard.ZstdCompressor().compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".GZ": gzip.compress,
}


def _loaded(file: Path, base: str = "") -> set[str]:
    store = file.parent / "store"
    number = load(store, [file], base=base).number
    quads = ox.Store.read_only(str(version_folder(store, number))).quads_for_pattern(None, None, None)
    return {quad.object.value for quad in quads if quad.predicate.value == "http://a.example/p"}  # type: ignore[union-attr]


def _pushed(file: Path, base: str = "") -> set[str]:
    found = read_statements(inspect_file(file, None, base), lambda _: None)
    return {triple.object.value for triple, _ in found}  # type: ignore[union-attr]


def _validated(file: Path, base: str = "") -> set[str]:
    return {str(value) for value in read([file], base).objects()}


def _parsed(file: Path, base: str = "") -> set[str]:
    with open_rdf_file(file) as stream:
        return {quad.object.value for quad in parse_document(stream, find_format(file).syntax, base)}  # type: ignore[union-attr]


READERS = [_loaded, _pushed, _validated, _parsed]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le with mark", "utf-16-be with mark"])
@pytest.mark.parametrize("suffix", DOCUMENTS)
def test_a_byte_order_mark_tells_the_encoding(
    tmp_path: Path, suffix: str, encoding: str, reader: Callable[[Path], set[str]]
) -> None:
    mark = "\ufeff" if encoding.endswith("mark") else ""
    file = tmp_path / f"file.{suffix}"
    file.write_bytes((mark + DOCUMENTS[suffix].format(VALUE)).encode(encoding.partition(" ")[0]))
    assert reader(file) == {VALUE}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("ISO-8859-1", "iso-8859-1"),
        ("iso-8859-15", "iso-8859-15"),
        ("windows-1252", "cp1252"),
        ("UTF-16", "utf-16"),
        ("UTF-16", "utf-16-le"),
        ("utf-16", "utf-16-be"),
        ("UTF-8", "utf-8-sig"),
        ("utf8", "utf-8"),
    ],
)
def test_xml_declares_its_encoding(
    tmp_path: Path, declared: str, encoding: str, reader: Callable[[Path], set[str]]
) -> None:
    file = tmp_path / "file.rdf"
    declaration = f"<?xml version='1.0' encoding='{declared}' standalone='yes'?>\n"
    file.write_bytes((declaration + DOCUMENTS["rdf"].format(LATIN)).encode(encoding))
    assert reader(file) == {LATIN}


@pytest.mark.parametrize(
    ("declared", "encoding", "problem"),
    [
        ("x-klingon", "utf-8", "unknown encoding"),
        ("us-ascii", "utf-8", "ascii"),
        ("rot13", "utf-8", "not a text encoding"),
    ],
)
def test_an_encoding_that_is_not_known_or_not_true_is_named(
    tmp_path: Path, declared: str, encoding: str, problem: str
) -> None:
    file = tmp_path / "file.rdf"
    file.write_bytes((f'<?xml version="1.0" encoding="{declared}"?>' + DOCUMENTS["rdf"].format(LATIN)).encode(encoding))
    for reader in READERS:
        with pytest.raises(RdfFileError, match=problem):
            reader(file)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("packed", PACKED)
@pytest.mark.parametrize("suffix", ["ttl", "nt", "rdf"])
def test_every_reader_unpacks(tmp_path: Path, suffix: str, packed: str, reader: Callable[[Path], set[str]]) -> None:
    file = tmp_path / f"file.{suffix}{packed}"
    file.write_bytes(PACKED[packed](("\ufeff" + DOCUMENTS[suffix].format(VALUE)).encode()))
    assert reader(file) == {VALUE}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(("suffix", "like"), [("owl", "rdf"), ("xml", "rdf"), ("json", "jsonld"), ("turtle", "ttl")])
def test_every_reader_knows_the_suffixes_of_others(
    tmp_path: Path, suffix: str, like: str, reader: Callable[[Path], set[str]]
) -> None:
    file = tmp_path / f"file.{suffix}"
    file.write_text(DOCUMENTS[like].format(VALUE), encoding="utf-8")
    assert reader(file) == {VALUE}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        ("ttl", "<http://a.example/s> <http://a.example/p> <x/y> ."),
        ("trig", "<http://a.example/s> <http://a.example/p> <x/y> ."),
        ("jsonld", '{"@id": "http://a.example/s", "http://a.example/p": {"@id": "x/y"}}'),
        ("rdf", DOCUMENTS["rdf"].replace(">{}</p>", ' rdf:resource="x/y"/>')),
    ],
)
def test_relative_iris_are_relative_to_the_base(
    tmp_path: Path, suffix: str, text: str, reader: Callable[[Path, str], set[str]]
) -> None:
    file = tmp_path / f"file.{suffix}"
    file.write_text(text)
    assert reader(file, "http://b.example/doc/file.ttl") == {"http://b.example/doc/x/y"}


@pytest.mark.parametrize("reader", [_loaded, _pushed])
@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        ("ttl", "<http://a.example/s> <http://a.example/p> <x/y> ."),
        ("trig", "<http://a.example/s> <http://a.example/p> <x/y> ."),
        ("jsonld", '{"@id": "http://a.example/s", "http://a.example/p": {"@id": "x/y"}}'),
        ("jsonld", '{"@id": "s", "http://a.example/p": "x"}'),
        ("jsonld", '{"@id": "http://a.example/s", "@type": "Thing", "http://a.example/p": "x"}'),
        ("jsonld", '{"@context": {"@vocab": "#"}, "@id": "http://a.example/s", "p": "x"}'),
        ("json", '[{"@id": "http://a.example/s", "http://a.example/p": "x"}, {"@id": "", "http://a.example/p": "x"}]'),
        ("rdf", DOCUMENTS["rdf"].replace(">{}</p>", ' rdf:resource="x/y"/>')),
    ],
)
def test_relative_iris_without_a_base_are_refused_with_advice(
    tmp_path: Path, suffix: str, text: str, reader: Callable[[Path], set[str]]
) -> None:
    file = tmp_path / f"file.{suffix}"
    file.write_text(text)
    with pytest.raises(RdfFileError, match="--base"):
        reader(file)


@pytest.mark.parametrize("reader", READERS)
def test_a_document_may_have_a_base_of_its_own(tmp_path: Path, reader: Callable[[Path], set[str]]) -> None:
    file = tmp_path / "file.jsonld"
    file.write_text('{"@context": {"@base": "http://b.example/"}, "@id": "s", "http://a.example/p": {"@id": "x"}}')
    assert "http://b.example/x" in reader(file)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    ("name", "content", "advice"),
    [
        ("file.nt", b"<s> <http://a.example/p> <o> .\n", "N-Triples has no relative IRIs: write them in full"),
        ("file.nq", b"<s> <http://a.example/p> <o> .\n", "N-Quads has no relative IRIs: write them in full"),
        ("file.ttl", DOCUMENTS["ttl"].format(LATIN).encode("latin-1"), "not in UTF-8: save it in UTF-8$"),
        ("file.jsonld", DOCUMENTS["jsonld"].format(LATIN).encode("latin-1"), "not in UTF-8: save it in UTF-8$"),
        ("file.rdf", DOCUMENTS["rdf"].format(LATIN).encode("latin-1"), "or name its encoding in the XML declaration$"),
        ("file.ttl", gzip.compress(DOCUMENTS["ttl"].encode(), mtime=0), "compressed by gzip"),
        ("file.rdf", zstandard.ZstdCompressor().compress(DOCUMENTS["rdf"].encode()), "compressed by zstd"),
        ("file.nt", lzma.compress(DOCUMENTS["nt"].encode()), "compressed by xz"),
        ("file.jsonld", bz2.compress(DOCUMENTS["jsonld"].encode()), "compressed by bzip2"),
        ("file.ttl", b"<!DOCTYPE html>\n<html><title>404</title></html>", "a page in HTML"),
        ("file.nt.gz", gzip.compress(b"\n<html><title>404</title></html>", mtime=0), "a page in HTML"),
        ("file.jsonld", b'{"@context": "https://schema.org/", "name": "x"}', "write what the context holds into"),
        ("file.json", b'{"@context": ["https://a.example/c"], "name": "x"}', "write what the context holds into"),
    ],
)
def test_what_does_not_parse_is_told_with_what_to_do(
    tmp_path: Path, name: str, content: bytes, advice: str, reader: Callable[[Path], set[str]]
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(RdfFileError, match=advice) as error:
        reader(file)
    assert "--base" not in str(error.value)


def test_the_data_set_is_described_below_the_folder_of_the_base(tmp_path: Path) -> None:
    file = tmp_path / "file.ttl"
    file.write_text("<> <http://a.example/p> <x> .")
    number = load(tmp_path / "store", [file], "http://b.example/g", "http://b.example/doc.ttl").number
    store = ox.Store.read_only(str(version_folder(tmp_path / "store", number)))
    names = {graph.value for graph in store.named_graphs()}
    assert names == {"http://b.example/g", "http://b.example/graph/void"}


def test_curated_turtle_and_sorted_lines_may_begin_with_a_mark(tmp_path: Path) -> None:
    (tmp_path / "file.ttl").write_bytes(("\ufeff" + DOCUMENTS["ttl"].format(VALUE)).encode())
    assert {str(value) for value in read_files([tmp_path / "file.ttl"]).objects()} == {VALUE}
    (tmp_path / "file.nq").write_bytes(("\ufeff" + DOCUMENTS["nq"].format(VALUE)).encode())
    assert [*read_canonical_lines(tmp_path / "file.nq")] == [DOCUMENTS["nq"].format(VALUE).encode()]


def test_blank_nodes_of_turtle_have_the_same_names_at_each_reading_and_others_in_each_file(tmp_path: Path) -> None:
    (tmp_path / "file.ttl").write_text("_:b1 <urn:p> [ <urn:q> [] ] , _:b0 . _:b0 <urn:q> _:b1 .", encoding="utf-8")
    (tmp_path / "other.ttl").write_text("_:b1 <urn:r> _:b0 .", encoding="utf-8")
    files = [tmp_path / "file.ttl", tmp_path / "other.ttl"]
    graph = read_files(files)
    assert set(graph) == set(read_files(files))
    assert len(graph.all_nodes()) == 6


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_loses_its_mark(encoding: str) -> None:
    assert decode(VALUE.encode(encoding)) == VALUE


def test_an_unknown_kind_of_file_is_told_with_those_that_are_known(tmp_path: Path) -> None:
    (tmp_path / "file.docx").write_text("x")
    for reader in READERS:
        with pytest.raises(UsageError, match=r"\.ttl.*\.gz"):
            reader(tmp_path / "file.docx")
