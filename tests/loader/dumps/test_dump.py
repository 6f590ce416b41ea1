"""Releases: what is in one, that two are the same, and what is left when making one is broken off."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest
import zstandard
from click.testing import CliRunner

from loader.cli import nbkg
from loader.dumps.dump import DumpRequest, make_release
from loader.dumps.dump_files import DUMP_FORMATS
from loader.release.release_folder import new_release
from loader.release.release_index import Release, read_release
from loader.store.load import load
from nbkg.errors import ServiceError, UsageError

DATA = Path(__file__).parents[1] / "small.trig"
EVERYTHING = "datasets/everything/everything"


def _index(place: Path) -> Release:
    return read_release((place / "release.json").read_bytes())


def _unpacked(place: Path, form: str, name: str = EVERYTHING) -> bytes:
    return gzip.decompress((place / f"{name}.{form}.gz").read_bytes())


def _quads(text: bytes, syntax: ox.RdfFormat) -> ox.Dataset:
    found = ox.Dataset(ox.parse(text, syntax))
    found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return found


def _files(place: Path) -> dict[str, bytes]:
    return {str(path.relative_to(place)): path.read_bytes() for path in place.rglob("*") if path.is_file()}


def test_a_release_has_every_data_set_in_every_format_packed_two_ways(made: Path) -> None:
    release = _index(made / "2026-03-02")
    names = ["curated", "everything", "links", "report-2026-03-02", "strategy", "vocabulary"]
    assert [dataset.name for dataset in release.datasets] == names
    for dataset in release.datasets:
        odd = dataset.name in {"everything", "report-2026-03-02", "strategy"}
        expected = {form for form in DUMP_FORMATS if form != "rdf" or not odd}
        assert {file.format for file in dataset.files} == expected, "XML has no bell and drops returns"
        assert {file.compression for file in dataset.files} == {"gz", "zst"}
    assert (made / "latest").readlink() == Path("2026-03-02")


@pytest.mark.parametrize("form", [form for form in DUMP_FORMATS if form != "rdf"])
def test_the_formats_say_the_same(made: Path, form: str) -> None:
    place = made / "2026-03-02"
    quads = _quads(_unpacked(place, "nq"), ox.RdfFormat.N_QUADS)
    told = _quads(_unpacked(place, form), DUMP_FORMATS[form].syntax)
    if not DUMP_FORMATS[form].has_graphs:
        quads = ox.Dataset(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
        quads.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert told == quads
    packed = (place / f"{EVERYTHING}.{form}.zst").read_bytes()
    assert zstandard.ZstdDecompressor().decompressobj().decompress(packed) == _unpacked(place, form)


def test_a_blank_node_that_two_graphs_share_stays_one(made: Path) -> None:
    quads = [*ox.parse(_unpacked(made / "2026-03-02", "nq"), ox.RdfFormat.N_QUADS)]
    (shared,) = {quad.subject for quad in quads if str(quad.object) == '"delt"@nb'}
    assert {quad.subject for quad in quads if str(quad.object) == '"i to grafer"@nb'} == {shared}


def test_quads_are_sorted_and_hashes_are_of_the_canonical_form(made: Path) -> None:
    place = made / "2026-03-02"
    lines = _unpacked(place, "nq").splitlines(keepends=True)
    assert lines == sorted(set(lines))
    curated = _index(place).dataset("curated")
    assert curated is not None
    text = _unpacked(place, "nt", "datasets/curated/curated")
    assert curated.graphs[0].rdfc10 == hashlib.sha256(text).hexdigest()
    assert (place / f"{EVERYTHING}.nq.gz").read_bytes()[4:8] == bytes(4), "gzip's time"


def test_the_order_of_loading_makes_no_difference(made: Path, tmp_path: Path) -> None:
    quads = [*ox.parse(path=DATA)]
    (tmp_path / "other.nq").write_bytes(ox.serialize(reversed(quads), format=ox.RdfFormat.N_QUADS) or b"")
    load(tmp_path / "store", [tmp_path / "other.nq"])
    make_release(DumpRequest(tmp_path / "store", tmp_path / "out"))
    assert _files(tmp_path / "out" / "2026-03-02") == _files(made / "2026-03-02")


def test_check_sums_are_those_that_sha256sum_reads(made: Path) -> None:
    checked = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=made / "latest", check=False)
    assert checked.returncode == 0
    listed = [line[66:] for line in (made / "latest" / "SHA256SUMS").read_text().splitlines()]
    assert listed == sorted(listed)
    assert {*listed, "SHA256SUMS"} == {*_files(made / "latest")}


def test_the_same_release_again_is_told_and_other_data_refused(small: Path, made: Path, tmp_path: Path) -> None:
    assert not make_release(DumpRequest(small, made)).is_new
    before = _files(made / "2026-03-02")
    other = tmp_path / "other.nq"
    other.write_text("<https://a.example/> <https://a.example/p> <https://a.example/> <https://a.example/g> .\n")
    load(tmp_path / "store", [other])
    with pytest.raises(UsageError, match="other data"):
        make_release(DumpRequest(tmp_path / "store", made, "2026-03-02"))
    assert _files(made / "2026-03-02") == before


def test_a_store_that_states_no_day_needs_a_version(tmp_path: Path) -> None:
    file = tmp_path / "a.nt"
    file.write_text("<https://a.example/> <https://a.example/p> <https://a.example/> .\n")
    load(tmp_path / "store", [file])
    with pytest.raises(UsageError, match="--version"):
        make_release(DumpRequest(tmp_path / "store", tmp_path / "out"))
    for wrong in ("latest", "../x", ".x", "a/b"):
        with pytest.raises(UsageError, match="a release's name"):
            make_release(DumpRequest(tmp_path / "store", tmp_path / "out", wrong))
    made = make_release(DumpRequest(tmp_path / "store", tmp_path / "out", "2026-01-01"))
    assert made.release.datasets[0].graphs[0].iri is None, "triples without a graph are dumped without one"


def test_a_writable_store_and_a_plain_directory_are_dumped(tmp_path: Path) -> None:
    for name, folder in (("writable", "writable/data"), ("plain", "plain")):
        (tmp_path / folder).mkdir(parents=True)
        store = ox.Store(str(tmp_path / folder))
        store.load(path=DATA)
        store.flush()
        del store
        if name == "writable":
            (tmp_path / "writable" / "store.json").write_text(json.dumps({"format": 1, "kind": "writable", "id": "a"}))
        made = make_release(DumpRequest(tmp_path / name, tmp_path / f"out-{name}"))
        assert made.release.name == "2026-03-02"
        assert made.release.dataset("everything")
    with pytest.raises(UsageError, match="no such store"):
        make_release(DumpRequest(tmp_path / "nothing", tmp_path / "out"))


def test_what_is_no_store_on_disk_is_told() -> None:
    result = CliRunner().invoke(nbkg, ["dump", "http://localhost:7878/query", "--out", "x"])
    assert isinstance(result.exception, UsageError)


def test_two_at_once_are_refused(small: Path, tmp_path: Path) -> None:
    with new_release(tmp_path, "2026-01-01"), pytest.raises(ServiceError, match="another release"):
        make_release(DumpRequest(small, tmp_path))


def _command(store: Path, out: Path, version: str) -> list[str]:
    return [sys.executable, "-m", "loader.cli", "dump", str(store), "--out", str(out), "--version", version]


def _only(out: Path, *versions: str) -> None:
    assert sorted(path.name for path in out.iterdir() if path.name != ".lock") == sorted([*versions, "latest"])


def _after(small: Path, out: Path, before: dict[str, bytes]) -> None:
    """The last good release is as it was, and a rerun makes the next."""
    assert _files(out / "2026-03-02") == before
    assert (out / "latest").readlink() == Path("2026-03-02")
    make_release(DumpRequest(small, out, "2026-04-01"))
    _only(out, "2026-03-02", "2026-04-01")


def _copied(made: Path, to: Path) -> Path:
    return Path(shutil.copytree(made, to / "out", symlinks=True))


def test_a_full_disk_is_told_and_leaves_the_last_release(small: Path, made: Path, tmp_path: Path) -> None:
    """Files that may not grow are what a full disk is, to whoever writes them."""
    out = _copied(made, tmp_path)
    before = _files(out / "2026-03-02")

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    done = subprocess.run(
        _command(small, out, "2026-04-01"), capture_output=True, text=True, preexec_fn=limit, check=False
    )
    assert done.returncode == 3, done.stderr
    assert "no more room on the disk; the releases there are unchanged" in done.stderr
    assert "Traceback" not in done.stderr
    _only(out, "2026-03-02")
    _after(small, out, before)


@pytest.mark.slow
@pytest.mark.parametrize("sign", ["", "/datasets/*/*.nt.gz", "/csv/*.csv"], ids=["begun", "writing", "tables"])
def test_a_kill_leaves_the_last_release_and_a_rerun_completes(
    small: Path, made: Path, tmp_path: Path, sign: str
) -> None:
    """Killed as soon as a file of that kind is there: a moment of the work, however fast the machine is."""
    out = _copied(made, tmp_path)
    before = _files(out / "2026-03-02")
    running = subprocess.Popen(_command(small, out, "2026-04-01"), stderr=subprocess.DEVNULL)
    while not any(out.glob(f".2026-04-01.building{sign}")) and running.poll() is None:
        time.sleep(0.002)
    assert running.poll() is None, "it was done before it was killed"
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    assert not (out / "2026-04-01").exists()
    assert (out / ".2026-04-01.building").exists()
    _after(small, out, before)


def test_an_interrupt_leaves_nothing(small: Path, made: Path, tmp_path: Path) -> None:
    out = _copied(made, tmp_path)

    def interrupt(what: str, done: int, total: int) -> None:
        if what == "writing statements":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_release(DumpRequest(small, out, "2026-04-01"), interrupt)
    _only(out, "2026-03-02")


def test_a_full_temporary_folder_does_no_harm(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", "/nonexistent")
    done = subprocess.run(_command(small, tmp_path / "out", "2026-04-01"), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
