"""A version of the data: sorted, canonical, hashed as RDFC-1.0 has it."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import pyoxigraph as ox
import pytest
import zstandard

from nbkg.errors import RdfFileError, UsageError
from nbkg.rdf import dataset
from nbkg.rdf import nquads as lines
from tests.datasets import MakeDataset


def _rdfc(text: str) -> str:
    whole = ox.Dataset(ox.parse(text, ox.RdfFormat.N_QUADS))
    whole.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return hashlib.sha256(b"".join(sorted(lines.serialize_quads(whole)))).hexdigest()


def test_the_hash_is_that_of_rdfc(built: Path, tmp_path: Path) -> None:
    """Held against the engine's canonicalisation of everything at once, on real data with blank nodes."""
    file = built / "nbkg.nq"
    assert dataset.read_dataset(file, tmp_path).canonical_hash() == _rdfc(file.read_text())


def test_order_and_spelling_of_the_file_do_not_matter(data: MakeDataset) -> None:
    tidy = '<urn:a> <urn:p> "x\\ty" .\n<urn:b> <urn:p> "æ" .\n'
    odd = '# a comment\n<urn:b>   <urn:p> "\\u00E6" .\n<urn:a> <urn:p> "x\ty" .\n<urn:a> <urn:p> "x\ty" .\n'
    assert list(data(odd)) == list(data(tidy))
    assert data(odd).canonical_hash() == data(tidy).canonical_hash()


def test_a_file_that_is_sorted_is_read_where_it_is(tmp_path: Path) -> None:
    file = tmp_path / "data.nq"
    file.write_text('<urn:a> <urn:p> "1" .\n<urn:b> <urn:p> "1" .\n')
    assert len(list(dataset.read_dataset(file, tmp_path / "scratch"))) == 2
    assert not (tmp_path / "scratch").exists()


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_compressed_files(suffix: str, tmp_path: Path) -> None:
    content = b"<urn:a> <urn:p> <urn:b> <urn:g> .\n"
    file = tmp_path / f"data.nq{suffix}"
    file.write_bytes(gzip.compress(content) if suffix == ".gz" else zstandard.compress(content))
    assert list(dataset.read_dataset(file, tmp_path)) == [content]
    file.write_bytes(file.read_bytes()[:-4])
    with pytest.raises(RdfFileError, match="to its end"):
        list(dataset.read_dataset(file, tmp_path))


def test_as_a_store_gives_it_back(data: MakeDataset, tmp_path: Path) -> None:
    """Numbers and dates lose how they were written; held against what a store really gives back."""
    xsd = "http://www.w3.org/2001/XMLSchema#"
    written = [("2", "nonNegativeInteger"), ("1.50", "decimal"), ("+1", "integer"), ("x", "date"), ("1", "boolean")]
    values = [f'"{value}"^^<{xsd}{kind}>' for value, kind in written]
    text = "".join(f"<urn:s> <urn:p> {value} <urn:g> .\n_:b <urn:p> {value} <urn:g> .\n" for value in values)
    store = ox.Store()
    store.bulk_load(text.encode(), ox.RdfFormat.N_QUADS)
    assert list(data(text).normalized()) == list(dataset.read_store(store, tmp_path / "s", default=False))
    assert data(text).normalized().canonical_hash() != data(text).canonical_hash()


def test_parts_of_a_line() -> None:
    for value in (b"<urn:o>", b"_:b", b'"a <b> _:c"', b'"a"@nb', b'"1 <"^^<urn:d>', b'"\\" <urn:x>"'):
        for graph in (b"", b"<urn:g>", b"_:g"):
            line = b" ".join(part for part in (b"<urn:s>", b"<urn:p>", value, graph, b".\n") if part)
            assert lines.terms(line) == lines.Terms(b"<urn:s>", b"<urn:p>", value, graph), line


def test_wrong_files(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        dataset.read_dataset(tmp_path / "none.nq", tmp_path)
    file = tmp_path / "bad.nq"
    file.write_text("<urn:a> oops\n")
    with pytest.raises(RdfFileError, match=r"bad\.nq"):
        dataset.read_dataset(file, tmp_path)
