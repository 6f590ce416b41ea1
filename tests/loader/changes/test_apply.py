"""A patch made from two versions brings the one to the other, in a file and in a store, or does nothing."""

from __future__ import annotations

import gzip
import re
import tempfile
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loader.changes.activities import ActivityAddresses
from loader.changes.apply import apply_to_file, apply_to_store
from loader.changes.data_versions import DESCRIPTION
from loader.changes.summary import Step
from loader.changes.write import VersionPair, write
from loader.status_report.report_kind import ReportSeries
from loader.store.load import load
from nbkg.errors import DataError, RdfFileError, UsageError
from nbkg.rdf import dataset
from nbkg.rdf import rdf_patch as patch
from nbkg.rdf.dataset import Dataset
from nbkg.rdf.diff import DiffKind
from nbkg.storage.layout import release_names, version_folder
from nbkg.storage.served_directory import locate
from tests.datasets import MakeDataset

_OLD = (
    '<urn:a> <urn:p> "1" <urn:g> .\n<urn:a> <urn:p> "1" <urn:h> .\n<urn:b> <urn:p> _:x <urn:g> .\n'
    '_:x <urn:q> "2"^^<http://www.w3.org/2001/XMLSchema#int> <urn:g> .\n'
)
_NEW = (
    '<urn:a> <urn:p> "1" <urn:h> .\n<urn:b> <urn:p> _:y <urn:g> .\n_:y <urn:q> "3" <urn:g> .\n'
    '<urn:c> <urn:p> "4" <urn:g> .\n'
)


def _patch(old: Dataset, new: Dataset, folder: Path) -> Path:
    addresses = ActivityAddresses(
        "http://localhost/dumps/b/changes/a/", "http://localhost/dumps/activities.jsonld", "2026-03-02"
    )
    write(VersionPair(old, new, Step("2025-10-14", "2026-03-02", "2026-03-02"), addresses), folder)
    return folder / "patch.rdfp.gz"


@pytest.fixture
def made(data: MakeDataset, tmp_path: Path) -> Path:
    return _patch(data(_OLD), data(_NEW), tmp_path / "changes")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    file = tmp_path / "old.nq"
    file.write_text(_OLD)
    load(tmp_path / "store", [file], release="2025-10-14")
    return tmp_path / "store"


def test_the_patch_is_rdf_patch(made: Path) -> None:
    text = gzip.decompress(made.read_bytes()).decode()
    heads = [line.split(" ")[1] for line in text.splitlines() if line.startswith("H ")]
    assert heads == ["id", "prev", "stored", "stored-prev", "version", "previous"]
    body = text.partition("TX .\n")[2]
    assert body.startswith('D <urn:a> <urn:p> "1" <urn:g> .\n')
    assert body.endswith("TC .\n")
    marks = [line[:2] for line in body.splitlines()[:-1]]
    assert (marks.count("D "), marks.count("A ")) == (3, 3)


def test_a_file_becomes_the_new_version(data: MakeDataset, made: Path, tmp_path: Path) -> None:
    (tmp_path / "old.nq").write_text(_OLD)
    out = tmp_path / "new.nq.gz"
    assert apply_to_file(made, tmp_path / "old.nq", out).fresh
    assert list(dataset.read_dataset(out, tmp_path / "x")) == list(data(_NEW))
    again = out.read_bytes()
    assert not apply_to_file(made, out, out).fresh
    assert out.read_bytes() == again


def test_a_store_becomes_the_new_version(data: MakeDataset, made: Path, store: Path, tmp_path: Path) -> None:
    assert apply_to_store(made, store).fresh
    assert str((store / "current").readlink()) == "versions/2"
    opened = ox.Store.read_only(str(locate(store).folder))
    assert list(dataset.read_store(opened, tmp_path / "x", DESCRIPTION, default=False)) == list(data(_NEW).normalized())
    merge = {str(quad.triple) for quad in opened.quads_for_pattern(None, None, None, ox.DefaultGraph())}
    assert merge == {str(quad.triple) for quad in opened if quad.graph_name != ox.DefaultGraph()}
    assert release_names(store) == ["2025-10-14", "2026-03-02"]
    assert not apply_to_store(made, store).fresh


def test_an_applied_store_is_as_one_that_was_loaded(
    built: Path, built_twice: tuple[Path, ReportSeries], tmp_path: Path
) -> None:
    """Its default graph and its description too."""
    files = [graphs / "nbkg.nq" for graphs in (built, built_twice[0])]
    old, new = (dataset.read_dataset(file, tmp_path / "x") for file in files)
    load(tmp_path / "patched", [files[0]])
    apply_to_store(_patch(old, new, tmp_path / "real"), tmp_path / "patched")
    load(tmp_path / "loaded", [files[1]])
    patched, loaded = (_whole(tmp_path / name) for name in ("patched", "loaded"))
    assert patched == loaded


def _whole(store: Path) -> set[str]:
    """All statements; blank nodes are all the same here."""
    opened = ox.Store.read_only(str(locate(store).folder))
    return {re.sub(r"_:\w+", "_:", str(quad)) for quad in opened}


def test_the_new_version_shares_files_with_the_old(made: Path, store: Path) -> None:
    apply_to_store(made, store)
    shared = [file.name for file in version_folder(store, 2).glob("*.sst") if file.stat().st_nlink > 1]
    assert shared


def test_another_version_is_left_alone(made: Path, store: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.nq"
    other.write_text(_OLD.replace('"1"', '"9"'))
    load(store, [other])
    with pytest.raises(DataError, match="leads from 2025-10-14 to 2026-03-02; it holds another version"):
        apply_to_store(made, store)
    assert str((store / "current").readlink()) == "versions/2"
    with pytest.raises(DataError, match="another version"):
        apply_to_file(made, other, tmp_path / "new.nq")
    assert not (tmp_path / "new.nq").exists()


def test_a_forged_patch_changes_nothing(made: Path, store: Path, tmp_path: Path) -> None:
    text = gzip.decompress(made.read_bytes()).decode().replace('"4"', '"5"')
    forged = tmp_path / "forged.rdfp"
    forged.write_text(text)
    with pytest.raises(DataError, match="as it states; nothing was changed"):
        apply_to_store(forged, store)
    assert sorted(path.name for path in (store / "versions").iterdir()) == ["1", "1.json", "1.words"]
    with pytest.raises(DataError, match="as it states"):
        apply_to_file(forged, tmp_path / "old.nq", tmp_path / "new.nq")


BROKEN = {
    "no header": ("TX .\nTC .\n", "no `H id`"),
    "cut short": ("H id <ni:///sha-256;b> .\nH prev <ni:///sha-256;a> .\nTX .\n", "without `TC"),
    "another language": ("H id <ni:///sha-256;b> .\nH prev <ni:///sha-256;a> .\nINSERT DATA {}\nTC .\n", "INSERT"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_patches(kind: str, tmp_path: Path) -> None:
    text, told = BROKEN[kind]
    file = tmp_path / "patch.rdfp"
    file.write_text(text)
    with pytest.raises(RdfFileError, match=told):
        list((patch.read_header(file), patch.read_differences(file))[1])


def test_a_change_that_does_not_fit() -> None:
    with pytest.raises(RdfFileError, match="is not there"):
        list(patch.apply_differences([b"a\n"], [(DiffKind.REMOVED, b"b\n")]))
    with pytest.raises(RdfFileError, match="is there already"):
        list(patch.apply_differences([b"a\n"], [(DiffKind.ADDED, b"a\n")]))


def test_stores_that_take_no_patch(made: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no built store"):
        apply_to_store(made, tmp_path / "nowhere")
    mixed = tmp_path / "mixed.nq"
    mixed.write_text("<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> <urn:c> <urn:g> .\n")
    load(tmp_path / "mixed", [mixed])
    with pytest.raises(UsageError, match="as their union"):
        apply_to_store(made, tmp_path / "mixed")


_Quads = list[tuple[str, ...]]
_TERMS = st.sampled_from(["<urn:a>", "<urn:b>", "_:x", "_:y", "_:z"])
_VALUES = st.one_of(_TERMS, st.sampled_from(['"1"', '"1"@nb', '"01"^^<http://www.w3.org/2001/XMLSchema#integer>']))
_QUADS = st.tuples(_TERMS, st.sampled_from(["<urn:p>", "<urn:q>"]), _VALUES, st.sampled_from(["<urn:g>", "<urn:h>"]))
_DATA = st.lists(_QUADS, max_size=8)


@settings(max_examples=60, deadline=None)
@given(_DATA, _DATA, _DATA)
def test_any_two_versions(
    shared: list[tuple[str, ...]], old: list[tuple[str, ...]], new: list[tuple[str, ...]]
) -> None:
    """Whatever the data, the old version with the patch is the new one; the hash decides."""

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, quads in (("old.nq", shared + old), ("new.nq", shared + new)):
            (folder / file).write_text("".join(f"{' '.join(quad)} .\n" for quad in quads))
        before, after = (dataset.read_dataset(folder / f"{n}.nq", folder / n) for n in ("old", "new"))
        made = _patch(before, after, folder / "changes")
        if before.canonical_hash() != after.canonical_hash():
            assert apply_to_file(made, folder / "old.nq", folder / "out.nq").fresh
            assert list(dataset.read_dataset(folder / "out.nq", folder / "out")) == list(after)
        if before.normalized().canonical_hash() != after.normalized().canonical_hash():
            load(folder / "store", [folder / "old.nq"])
            assert apply_to_store(made, folder / "store").fresh
