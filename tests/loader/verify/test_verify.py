"""`nbkg verify` finds what is wrong with a release, on disk and at an address, as a stranger has it."""

from __future__ import annotations

import gzip
import hashlib
import http.server
import json
import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from loader.cli import nbkg
from loader.validate import ValidationReport
from loader.verify.verify import Verdict, VerifySettings, verify_release
from nbkg.errors import DataError, ServiceError, UsageError

CURATED = "datasets/curated/curated"


@pytest.fixture(autouse=True)
def _quick(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The shapes take most of the time and find the same each time: only the tests of shapes use them."""
    if "shape" not in request.node.name:
        monkeypatch.setattr("loader.verify.verify.shacl_report", lambda _: ValidationReport(()))


def _found(place: Path | str) -> list[str]:
    return [str(finding) for finding in verify_release(str(place)).findings]


def _sums_anew(release: Path) -> None:
    """What a forger does: the check sums of what is there now, in both lists."""
    index = json.loads((release / "release.json").read_bytes())
    for file in [*index["files"], *(file for dataset in index["datasets"] for file in dataset["files"])]:
        content = (release / file["path"]).read_bytes()
        file["bytes"], file["sha256"] = len(content), hashlib.sha256(content).hexdigest()
    (release / "release.json").write_text(json.dumps(index))
    paths = sorted(path.relative_to(release).as_posix() for path in release.rglob("*") if path.is_file())
    lines = (f"{hashlib.sha256((release / path).read_bytes()).hexdigest()}  {path}\n" for path in paths)
    sums = "".join(line for line in lines if not line.endswith("SHA256SUMS\n"))
    (release / "SHA256SUMS").write_text(sums)


def _index(release: Path, change: Callable[[Any], object]) -> None:
    index = json.loads((release / "release.json").read_bytes())
    change(index)
    (release / "release.json").write_text(json.dumps(index))
    _sums_anew(release)


def _repacked(release: Path, path: str, change: Callable[[bytes], bytes]) -> None:
    file = release / path
    file.write_bytes(gzip.compress(change(gzip.decompress(file.read_bytes())), mtime=0))
    other = release / path.replace(".gz", ".zst")
    index = json.loads((release / "release.json").read_bytes())
    for dataset in index["datasets"]:
        dataset["files"] = [one for one in dataset["files"] if one["path"] != other.relative_to(release).as_posix()]
    (release / "release.json").write_text(json.dumps(index))
    other.unlink()
    _sums_anew(release)


def test_a_good_release_is_good(made: Path) -> None:
    verdict: Verdict = verify_release(str(made / "latest"))
    assert verdict.findings == []
    assert {"files", "data set everything", "licences", "shapes"} <= {*verdict.checks}


def test_a_flipped_byte(release: Path) -> None:
    file = release / f"{CURATED}.ttl.zst"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    assert f"{CURATED}.ttl.zst: does not match its checksum" in _found(release)


def test_a_missing_file(release: Path) -> None:
    (release / f"{CURATED}.nt.gz").unlink()
    assert f"{CURATED}.nt.gz: is missing" in _found(release)


def test_a_file_too_many(release: Path) -> None:
    (release / "datasets" / "more.ttl").write_text("")
    assert "datasets/more.ttl: no list names it" in _found(release)


@pytest.mark.parametrize("ending", ["gz", "zst"])
def test_a_packed_file_cut_short(release: Path, ending: str) -> None:
    file = release / f"{CURATED}.trig.{ending}"
    file.write_bytes(file.read_bytes()[:-20])
    found = [finding for finding in _found(release) if finding.startswith(f"{CURATED}.trig.{ending}: ")]
    assert any("cut short" in finding for finding in found)
    assert any("cannot be unpacked to its end" in finding for finding in found)
    _sums_anew(release)
    assert any("cannot be unpacked to its end" in finding for finding in _found(release)), "also with new check sums"


def test_a_triple_added_to_one_format(release: Path) -> None:
    added = b"<https://library.example/oslo> <https://library.example/p> <https://library.example/oslo> .\n"
    _repacked(release, f"{CURATED}.nt.gz", lambda text: text + added)
    found = _found(release)
    assert any("holds 17 statements, not 16" in finding for finding in found)
    assert any(
        "holds other statements than the N-Quads; it adds <https://library.example/oslo>" in one for one in found
    )


def test_a_triple_changed_in_one_format(release: Path) -> None:
    _repacked(release, f"{CURATED}.jsonld.gz", lambda text: text.replace(b"Tigerstaden", b"Tigerby"))
    assert any(f"{CURATED}.jsonld.gz: holds other statements than the N-Quads" in one for one in _found(release))


def test_a_triple_changed_in_the_first_format(release: Path) -> None:
    _repacked(release, f"{CURATED}.nq.gz", lambda text: text.replace(b"Tigerstaden", b"Tigerby"))
    assert any("its canonical hash (RDFC-1.0) is not the one in the index" in one for one in _found(release))


def test_a_file_that_does_not_parse(release: Path) -> None:
    _repacked(release, f"{CURATED}.ttl.gz", lambda text: text + b"this is no Turtle")
    assert any(f"{CURATED}.ttl.gz" in one and "does not parse" in one for one in _found(release))


def test_the_two_packings_differ(release: Path) -> None:
    file = release / f"{CURATED}.ttl.gz"
    file.write_bytes(gzip.compress(gzip.decompress(file.read_bytes()) + b"# more\n", mtime=0))
    _sums_anew(release)
    assert any("not the same file as in the other compression" in one for one in _found(release))


def test_a_wrong_count(release: Path) -> None:
    def change(index: Any) -> None:
        index["datasets"][0]["graphs"][0]["triples"] += 1

    _index(release, change)
    found = _found(release)
    assert any("holds 16 statements, not 17" in finding for finding in found)
    assert any("differently in" in finding for finding in found), "the graph is in another data set too"


def test_a_swapped_licence_file(release: Path) -> None:
    one, other = (release / "datasets" / name / "LICENSE" for name in ("curated", "report-2026-03-02"))
    mine, others = one.read_bytes(), other.read_bytes()
    one.write_bytes(others)
    other.write_bytes(mine)
    _sums_anew(release)
    found = _found(release)
    assert "datasets/curated/LICENSE: is not of this data set" in found
    assert "datasets/report-2026-03-02/LICENSE: is not of this data set" in found


def test_a_swapped_licence_in_the_index(release: Path) -> None:
    def change(index: Any) -> None:
        for dataset in index["datasets"]:
            for part in dataset["graphs"]:
                part["licence"] = "http://creativecommons.org/publicdomain/zero/1.0/"

    _index(release, change)
    assert any("the index says licence http://creativecommons.org" in finding for finding in _found(release))


def test_numbers_of_the_description(release: Path) -> None:
    if not (release / "void.ttl").is_file():
        (release / "void.ttl").write_text("")
    curated = "https://w3id.org/nbkg/graph/curated"
    (release / "void.ttl").write_text(
        f"@prefix void: <http://rdfs.org/ns/void#> . <{curated}> void:triples 99 ; void:distinctSubjects 3 ."
        f"<https://w3id.org/nbkg/dataset/nbkg> void:subset <{curated}> ; void:classes 7 ; void:triples 16 ; "
        "void:distinctSubjects 3 ; void:distinctObjects 99 ."
    )
    found = [finding for finding in _found(release) if finding.startswith("void.ttl: says")]
    assert len(found) == 3
    assert f"void.ttl: says triples 99 of {curated}; the data has 16" in found


def test_data_that_breaks_a_shape_is_told(release: Path) -> None:
    bad = b"<https://library.example/m> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/nbkg/ns#Measure>"
    graph = b" <https://w3id.org/nbkg/graph/curated> .\n"
    _repacked(release, "datasets/everything/everything.nq.gz", lambda text: text + bad + graph)
    assert verify_release(str(release)).checks["shapes"]


def test_what_is_no_release(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no release"):
        verify_release(str(tmp_path))
    (tmp_path / "release.json").write_text("{}")
    (tmp_path / "SHA256SUMS").write_text("")
    with pytest.raises(DataError, match=r"release\.json"):
        verify_release(str(tmp_path))


def test_paths_that_lead_out_are_not_followed(release: Path) -> None:
    with (release / "SHA256SUMS").open("a") as sums:
        sums.write(f"{'0' * 64}  ../../etc/passwd\n")
    assert "../../etc/passwd: its path leads out of the release" in _found(release)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site(made: Path, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The address of a folder of releases behind a plain web server, and the folder."""
    folder = tmp_path / "site"
    shutil.copytree(made, folder, symlinks=True)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", folder
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_stranger_verifies_an_address(site: tuple[str, Path]) -> None:
    address, folder = site
    assert verify_release(f"{address}/latest").findings == []
    (folder / "2026-03-02" / f"{CURATED}.nt.gz").unlink()
    (folder / "2026-03-02" / f"{CURATED}.ttl.gz").write_bytes(b"short")
    found = _found(f"{address}/2026-03-02/")
    assert f"{CURATED}.nt.gz: is missing" in found
    assert f"{CURATED}.ttl.gz: does not match its checksum" in found
    with pytest.raises(ServiceError, match="is not there"):
        verify_release(f"{address}/2020-01-01")
    with pytest.raises(ServiceError, match="cannot be fetched"):
        verify_release("http://127.0.0.1:9/")


def test_no_room_to_work_is_told(made: Path, tmp_path: Path) -> None:
    with pytest.raises(ServiceError, match="--work"):
        verify_release(str(made / "latest"), VerifySettings(tmp_path / "nothing"))


def test_the_command_tells_and_has_exit_codes(made: Path, release: Path) -> None:
    good = CliRunner().invoke(nbkg, ["verify", str(made / "latest")])
    assert (good.exit_code, "good   files" in good.stdout) == (0, True)
    (release / f"{CURATED}.nt.gz").unlink()
    wrong = CliRunner().invoke(nbkg, ["verify", str(release)])
    assert wrong.exit_code == 1
    assert f"  {CURATED}.nt.gz: is missing" in wrong.stdout
