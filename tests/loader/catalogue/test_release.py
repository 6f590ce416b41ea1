"""A release of our own data, as `nbkg dump` makes it: its records are there, and `nbkg verify` finds them wanting."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.namespace import DCAT, DCTERMS, VOID

from loader.namespaces import EU
from loader.verify import verify
from loader.verify.findings import Finding
from loader.verify.format_comparison import DataSetReading, data_findings
from loader.verify.verify import Verdict, VerifySettings, verify_release
from tests.conftest import SITE


@pytest.fixture(scope="module")
def made(released: Path) -> Path:
    """A release of all graphs."""
    return (released / "latest").resolve()


@pytest.fixture
def data_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read of the data its N-Quads only: it is that of the good release, which a test here reads in every format."""

    def findings(folder: Path, reading: DataSetReading, scratch: Path) -> Iterator[Finding]:
        reading.dataset = replace(
            reading.dataset, files=[f for f in reading.dataset.files if f.path.endswith(".nq.gz")]
        )
        yield from data_findings(folder, reading, scratch)

    monkeypatch.setattr(verify, "data_findings", findings)
    monkeypatch.setattr(verify, "table_findings", lambda _: iter(()))


def _changed(made: Path, folder: Path, name: str, change: Callable[[str], str]) -> Path:
    """A copy whose record says something else; its index and check sums are those of the new file."""
    copy = folder / made.name
    shutil.copytree(made, copy)
    before, content = (copy / name).read_bytes(), change((copy / name).read_text(encoding="utf-8")).encode()
    assert content != before
    (copy / name).write_bytes(content)
    index = json.loads((copy / "release.json").read_text(encoding="utf-8"))
    (entry,) = [file for file in index["files"] if file["path"] == name]
    old = (entry["sha256"], hashlib.sha256((copy / "release.json").read_bytes()).hexdigest())
    entry |= {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    told = (json.dumps(index, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
    (copy / "release.json").write_bytes(told)
    sums = (copy / "SHA256SUMS").read_text().replace(old[0], entry["sha256"])
    (copy / "SHA256SUMS").write_text(sums.replace(old[1], hashlib.sha256(told).hexdigest()))
    return copy


def _wrong(verdict: Verdict) -> set[str]:
    return {check for check, number in verdict.checks.items() if number}


def test_a_release_has_its_records(made: Path) -> None:
    index = json.loads((made / "release.json").read_text(encoding="utf-8"))
    records = {"catalog.ttl", "catalog-3.ttl", "services.ttl", "schemes.ttl", "void.ttl"}
    assert records <= {file["path"] for file in index["files"]}
    graph = Graph().parse(made / "catalog-3.ttl")
    told = {
        (str(url), int(str(graph.value(node, DCAT.byteSize)))) for node, url in graph.subject_objects(DCAT.downloadURL)
    }
    files = [file for dataset in index["datasets"] for file in dataset["files"]]
    assert told == {(f"{SITE}dumps/{made.name}/{file['path']}", file["bytes"]) for file in files}
    for path in {str(url).removeprefix(f"{SITE}dumps/{made.name}/") for url in graph.objects(None, DCAT.downloadURL)}:
        assert (made / path).is_file()


def test_it_is_good_by_all_profiles(made: Path) -> None:
    verdict = verify_release(str(made))
    assert verdict.findings == []
    assert {"VoID", "records", "profiles"} <= {*verdict.checks}
    assert verdict.left_out == []


@pytest.mark.usefixtures("data_read_once")
def test_a_profile_that_is_not_kept_is_found(made: Path, tmp_path: Path, profiles: Path) -> None:
    """Only version 2 wants an identifier, and we do not demand one."""

    def without(text: str) -> str:
        return text.replace("dcterms:identifier", "dcterms:alternative")

    assert _wrong(
        verify_release(str(_changed(made, tmp_path, "catalog.ttl", without)), VerifySettings(profiles=profiles))
    ) == {"profiles"}


@pytest.mark.usefixtures("data_read_once")
def test_a_swapped_licence_in_the_record_is_found(made: Path, tmp_path: Path) -> None:
    """One of the files with the report's words under CC0."""
    graph = Graph().parse(made / "catalog.ttl")
    strategy = next(node for node in graph.objects(None, DCAT.dataset) if str(node).endswith("/strategy"))
    file = min(map(str, graph.objects(strategy, DCAT.distribution)))
    added = f"\n<{file}> <{DCTERMS.license}> <{EU}licence/CC0> .\n"
    verdict = verify_release(str(_changed(made, tmp_path, "catalog.ttl", lambda text: text + added)))
    assert _wrong(verdict) == {"records"}
    assert any(file in str(finding) for finding in verdict.findings)


@pytest.mark.usefixtures("data_read_once")
def test_a_wrong_number_in_the_description_is_found(made: Path, tmp_path: Path) -> None:
    graph = Graph().parse(made / "void.ttl")
    (whole, _), *_ = graph.subject_objects(VOID.classes)
    number = graph.value(whole, VOID.triples)
    copy = _changed(made, tmp_path, "void.ttl", lambda text: text.replace(f"void:triples {number}", "void:triples 7"))
    assert _wrong(verify_release(str(copy))) == {"VoID", "records"}
