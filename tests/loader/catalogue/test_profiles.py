"""Our records against the outside profiles, all of them."""

from __future__ import annotations

import csv
import hashlib
from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import DCAT, DCTERMS

from loader.catalogue import records
from loader.release.release_index import Release
from loader.validate import Severity
from loader.validate.profiles import PROFILES, RECORDS, Profile, checked, conformance, profiles_folder
from nbkg.errors import UsageError

PAIRS = [(record, profile) for profile in PROFILES for record in profile.records]


@pytest.fixture(scope="module")
def made(opened: ox.Store, release: Release) -> dict[str, bytes]:
    return dict(records(opened, release))


@pytest.mark.parametrize(("record", "profile"), PAIRS, ids=[f"{record}, {p.title}" for record, p in PAIRS])
def test_a_record_passes(
    record: str, profile: Profile, made: dict[str, bytes], release: Release, profiles: Path
) -> None:
    """No fault; the only warning is that distributions of data sets without a licence have none."""
    graph = Graph().parse(data=made[record], format="turtle")
    report = checked(graph, profiles / profile.file)
    assert report.count(Severity.VIOLATION) == 0, report.results
    unlicensed = {
        distribution
        for dataset in release.datasets
        if dataset.licence is None
        for distribution in graph.objects(URIRef(dataset.iri), DCAT.distribution)
    }
    expected = unlicensed if profile.title.startswith("DCAT-AP-NO 2") else set()
    found = {(result.focus, result.path.root if result.path else None) for result in report.results}
    assert found == {(node, DCTERMS.license) for node in expected}


def test_a_record_that_lacks_something_does_not_pass(made: dict[str, bytes], profiles: Path) -> None:
    graph = Graph().parse(data=made["catalog.ttl"], format="turtle")
    graph.remove((None, DCTERMS.publisher, None))
    graph.remove((None, DCAT.contactPoint, None))
    for profile in PROFILES:
        if "core" in profile.title or profile.title.startswith("DCAT-AP-NO 2"):
            assert not checked(graph, profiles / profile.file).conforms, profile.title


def test_conformance_of_a_release(made: dict[str, bytes], profiles: Path) -> None:
    found = list(conformance(made.get, profiles))
    assert [(one.record, one.profile) for one in found] == sorted(PAIRS, key=lambda pair: RECORDS.index(pair[0]))
    assert all(one.report.conforms for one in found)
    without = {name: content for name, content in made.items() if name != "services.ttl"}
    assert {one.record for one in conformance(without.get, profiles)} == set(RECORDS) - {"services.ttl"}


def test_the_folder_of_profiles(tmp_path: Path) -> None:
    assert profiles_folder() == Path(str(files("data"))) / "profiles"
    assert profiles_folder(profiles_folder()) == profiles_folder()
    with pytest.raises(UsageError, match="has no dcat-ap-no"):
        profiles_folder(tmp_path)


def test_the_files_of_others_are_unchanged_and_named_with_source_and_licence(profiles: Path) -> None:
    with (profiles / "MANIFEST.tsv").open(encoding="utf-8", newline="") as stream:
        manifest = {row["file"]: row for row in csv.DictReader(stream, delimiter="\t")}
    present = {file.relative_to(profiles).as_posix(): file for file in profiles.rglob("*.ttl")}
    assert {*manifest} == {*present}
    for name, file in present.items():
        row = manifest[name]
        assert hashlib.sha256(file.read_bytes()).hexdigest() == row["sha256"]
        assert row["source"].startswith("https://github.com/")
        licence = profiles / name.split("/")[0] / "LICENSE"
        assert licence.is_file() if "Apache" in row["licence"] else row["licence"] == "CC BY 4.0"
