"""docs/examples/follow.py keeps a subset in step: run as its user runs it, before and after a release."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from loader.dumps.dump import DumpRequest, make_release
from loader.status_report.report_kind import ReportSeries
from loader.store.load import load
from tests.conftest import SITE
from tests.sparql_endpoint.serving import served

PROGRAM = Path(__file__).parent.parent / "docs" / "examples" / "follow.py"
pytestmark = pytest.mark.slow


def _follow(folder: Path, server: str) -> str:
    command = [sys.executable, str(PROGRAM), str(folder), "Measure", "--server", server]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _held(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text() for file in folder.glob("*.nt")}


def test_a_subset_is_kept_in_step(
    built: Path, released: Path, built_twice: tuple[Path, ReportSeries], tmp_path: Path
) -> None:
    store, dumps, kept = tmp_path / "store", tmp_path / "dumps", tmp_path / "kept"
    load(store, [built / "nbkg.nq"])
    shutil.copytree(released, dumps, symlinks=True)
    with served(str(store), "--dumps", str(dumps)) as server:
        first = _follow(kept, server.address)
        before = _held(kept)
        assert f"{len(before)} fetched, 0 removed" in first
        assert "0 fetched, 0 removed" in _follow(kept, server.address)
        load(store, [built_twice[0] / "nbkg.nq"])
        make_release(DumpRequest(store, dumps, site=SITE))
        assert "33 fetched, 0 removed" in _follow(kept, server.address)
        assert "0 fetched, 0 removed" in _follow(kept, server.address)
        _follow(tmp_path / "anew", server.address)
    after = _held(kept)
    assert after == _held(tmp_path / "anew")
    assert len(after) == len(before) + 1
    changed = quote("https://w3id.org/nbkg/id/measure/2020-2025/14", safe="") + ".nt"
    assert before[changed] != after[changed]


def test_what_is_gone_is_removed(tmp_path: Path) -> None:
    store, dumps, kept = tmp_path / "store", tmp_path / "dumps", tmp_path / "kept"
    line = "<{0}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/nbkg/ns#Measure> <urn:g> .\n"
    file = tmp_path / "data.nq"
    for number, things in enumerate((("urn:a", "urn:b"), ("urn:b", "urn:c")), 1):
        file.write_text("".join(line.format(thing) for thing in things))
        load(store, [file])
        make_release(DumpRequest(store, dumps, name=f"2026-0{number}-01"))
        with served(str(store), "--dumps", str(dumps)) as server:
            told = _follow(kept, server.address)
    assert "1 fetched, 1 removed" in told
    assert sorted(_held(kept)) == ["urn%3Ab.nt", "urn%3Ac.nt"]
