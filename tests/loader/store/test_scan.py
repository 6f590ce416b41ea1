"""What a load counts and indexes is the same in every format, and however the file writes its values."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from loader.namespaces import BASE
from loader.store.load import load
from nbkg.storage.served_directory import locate
from nbkg.text_index import Index
from nbkg.void.claims import ask_store
from nbkg.void.stored import read_counts


@pytest.mark.parametrize("suffix", ["nt", "ttl", "rdf", "jsonld", "trig", "nq"])
def test_every_format_is_counted_alike(tmp_path: Path, suffix: str) -> None:
    triples = [
        ox.Triple(ox.NamedNode("urn:a:s"), ox.NamedNode("http://e.example/p"), ox.Literal("x", language="nb")),
        ox.Triple(ox.NamedNode("urn:a:s"), ox.NamedNode("http://e.example/p"), ox.BlankNode("b")),
        ox.Triple(ox.BlankNode("b"), ox.NamedNode("http://e.example/q"), ox.NamedNode("http://e.example/o")),
    ]
    form = ox.RdfFormat.from_extension(suffix)
    assert form
    file = tmp_path / f"data.{suffix}"
    file.write_bytes(ox.serialize(triples, format=form) or b"")
    assert load(tmp_path / "store", [file]).quads == 3
    counts = read_counts(ask_store(ox.Store.read_only(str(locate(tmp_path / "store").folder)), BASE), BASE)
    assert counts
    assert (counts.triples, counts.subjects, counts.named, counts.objects) == (3, 2, 1, 3)
    assert [(link.space, link.triples) for link in counts.links] == [("http://e.example/", 1)]


def test_values_that_n_triples_escape_are_loaded_and_indexed(tmp_path: Path) -> None:
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    file = tmp_path / "escaped.nt"
    file.write_text(rf'<https://example.org/1> {label} "bl\u00E5b\U000000e6r \u0001 it\'s \"so\"" .' + "\n")
    assert load(tmp_path / "store", [file]).quads == 1
    index = Index.open(tmp_path / "store" / "versions" / "1.words")
    assert index
    assert list(index.find("blåbær", 9)) == ["https://example.org/1"]
