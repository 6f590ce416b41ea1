"""Releases that a store keeps: of a built store a version, of a writable one a checkpoint."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from loader.cli import nbkg
from loader.store.load import load
from nbkg.errors import NbkgError, ServiceError, UsageError
from nbkg.storage.built_store import Version
from nbkg.storage.kept_versions import drop_release, keep_release
from nbkg.storage.layout import lock_for_loading, release_names


def _load(folder: Path, value: int | str, release: str = "") -> Version:
    file = folder / "data.nq"
    file.write_text(f'<urn:a> <urn:p> "{value}" <urn:g> .\n')
    return load(folder / "store", [file], release=release)


def _value(folder: Path) -> str:
    store = ox.Store.read_only(str(folder.resolve()))
    (quad,) = store.quads_for_pattern(None, None, None, ox.NamedNode("urn:g"))
    return str(quad.object).strip('"')


def _versions(store: Path) -> list[str]:
    """The versions there are; each has its description and its index of words, and nothing else is left."""
    found = sorted(os.listdir(store / "versions"))
    versions = [name for name in found if "." not in name]
    assert found == sorted(f"{version}{end}" for version in versions for end in ("", ".json", ".words"))
    return versions


def test_releases_stay_when_others_are_cleared(tmp_path: Path) -> None:
    store = tmp_path / "store"
    _load(tmp_path, 1, "2026-01-01")
    for value in range(2, 6):
        _load(tmp_path, value)
    assert _versions(store) == ["1", "4", "5"]
    assert release_names(store) == ["2026-01-01"]
    assert _value(store / "releases" / "2026-01-01") == "1"
    drop_release(store, "2026-01-01")
    assert _versions(store) == ["4", "5"]


def test_an_older_release_does_not_become_current(tmp_path: Path) -> None:
    store = tmp_path / "store"
    _load(tmp_path, 2, "2026-02-01")
    assert _load(tmp_path, 1, "2026-01-01").number == 2
    assert (_value(store / "current"), _value(store / "releases" / "2026-01-01")) == ("2", "1")
    _load(tmp_path, 3, "2026-03-01")
    assert _value(store / "current") == "3"
    assert release_names(store) == ["2026-01-01", "2026-02-01", "2026-03-01"]


def test_a_release_stays_as_it_is(tmp_path: Path) -> None:
    first = _load(tmp_path, 1, "2026-01-01")
    again = _load(tmp_path, 1, "2026-01-01")
    assert (again.number, again.fresh) == (first.number, False)
    with pytest.raises(UsageError, match="releases stay as they are"):
        _load(tmp_path, 2, "2026-01-01")
    _load(tmp_path, 2)
    with pytest.raises(UsageError, match="releases stay as they are"):
        keep_release(tmp_path / "store", "2026-01-01")
    assert keep_release(tmp_path / "store", "2026-01-01.1")
    assert not keep_release(tmp_path / "store", "2026-01-01.1")


@pytest.mark.parametrize("name", ["", "newest", "../x", "2026-1-1", "2026-01-01/..", "2026-01-01.", ".2026-01-01"])
def test_names(name: str, tmp_path: Path) -> None:
    _load(tmp_path, 1)
    with pytest.raises(UsageError, match="is not a release's name"):
        keep_release(tmp_path / "store", name)


def _writable(folder: Path, value: str) -> Path:
    store = folder / "own"
    (store / "data").mkdir(parents=True, exist_ok=True)
    (store / "store.json").write_text(json.dumps({"format": 1, "kind": "writable", "id": "x"}))
    data = ox.Store(str(store / "data"))
    data.update("DELETE WHERE { GRAPH <urn:g> { ?s ?p ?o } }")
    data.update(f'INSERT DATA {{ GRAPH <urn:g> {{ <urn:a> <urn:p> "{value}" }} }}')
    return store


def test_a_writable_store_keeps_checkpoints(tmp_path: Path) -> None:
    """What is still only in the write-ahead log is in the release too."""
    store = _writable(tmp_path, "1")
    assert keep_release(store, "2026-01-01")
    _writable(tmp_path, "2")
    assert (_value(store / "data"), _value(store / "releases" / "2026-01-01")) == ("2", "1")
    with pytest.raises(UsageError, match="already"):
        keep_release(store, "2026-01-01")
    assert release_names(store) == ["2026-01-01"]
    drop_release(store, "2026-01-01")
    assert os.listdir(store / "releases") == []


def test_stores_that_others_have(tmp_path: Path) -> None:
    store = _writable(tmp_path, "1")
    with lock_for_loading(store), pytest.raises(ServiceError, match="wait for it"):
        keep_release(store, "2026-01-01")


def test_wrong_calls(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not a store that nbkg made"):
        keep_release(tmp_path, "2026-01-01")
    _load(tmp_path, 1)
    with pytest.raises(UsageError, match="keeps none"):
        drop_release(tmp_path / "store", "2026-01-01")


def test_the_command(tmp_path: Path) -> None:
    _load(tmp_path, 1)
    store = str(tmp_path / "store")

    def called(*arguments: str) -> str:
        return CliRunner().invoke(nbkg, ["release", store, *arguments], catch_exceptions=False).output

    assert "is kept" in called("2026-01-01")
    assert "was kept already" in called("2026-01-01")
    assert called() == "2026-01-01\n"
    assert "no longer" in called("2026-01-01", "--drop")
    assert called() == ""
    with pytest.raises(NbkgError, match="VERSION"):
        called("--drop")
