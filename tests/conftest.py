"""Fixtures that several suites share: the sources, and graphs built once."""

from __future__ import annotations

import gc
import os
import pickle
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from rdflib import Graph

from loader.build.left_to_do import Task
from loader.build.pipeline import build
from loader.dumps.dump import DumpRequest, make_release
from loader.sources.project import ProjectData, read_project
from loader.status_report.parse.gazetteer import Gazetteer, read_gazetteer
from loader.status_report.report_kind import NAME, ReportSeries, StatusReports, file_source
from loader.store.load import load
from loader.validate.profiles import profiles_folder
from loader.validate.pyshacl_engine import PyshaclEngine
from nbkg.rdf import dataset
from nbkg.rdf.dataset import Dataset
from nbkg.storage.locations import graphs_folder
from tests.datasets import MakeDataset
from tests.shared_folders import copied_once, made_once
from tests.validated_once import validate_once

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")  # how fast a machine is decides no test

IN_MEMORY = Path("/dev/shm")  # noqa: S108  # the memory of the machine as a file system, not a name that others guess
if "TMPDIR" not in os.environ and IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > 4e9:
    # A store waits for its disk at each fsync: three statements load in 0.06 s here and in 0.2 to 0.7 s on a disk.
    os.environ["TMPDIR"] = tempfile.tempdir = str(IN_MEMORY)

# What tests make lives for the run or for one test; looking for garbage at every 700 objects took a fifth of the time.
gc.set_threshold(50_000, 20, 50)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have the files beside this one come first: most are long, and a long one at the end leaves processors idle."""
    items.sort(key=lambda item: item.path.parent != Path(__file__).parent)


def pytest_collection_finish() -> None:
    """Leave the thousands of tests that were collected out of all later garbage collections."""
    gc.freeze()


CACHE_HOME = os.environ.get("XDG_CACHE_HOME")
"""The folder of caches of whoever runs the tests; None for the usual one. The tests themselves have another."""
SITE = "https://site.example/nbkg/"
REPORTS = Path(__file__).parent / "loader" / "status_report" / "reports"
SECOND_STRATEGY = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix nbkg: <https://w3id.org/nbkg/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://w3id.org/nbkg/id/strategy/2026-2030> a nbkg:Strategy ;
    skos:prefLabel "Oppdiktet strategi 2026–2030"@nb , "Oppdikta strategi 2026–2030"@nn ,
        "Invented strategy 2026–2030"@en ;
    dcterms:temporal <https://w3id.org/nbkg/id/period/strategy-2026-2030> ;
    dcterms:source <https://example.org/strategy> .
<https://w3id.org/nbkg/id/period/strategy-2026-2030> a dcterms:PeriodOfTime ;
    dcat:startDate "2026-01-01"^^xsd:date ;
    dcat:endDate "2030-12-31"^^xsd:date .
<https://w3id.org/nbkg/id/measure/2026-2030/1> nbkg:continues <https://w3id.org/nbkg/id/measure/2020-2025/18> .
<https://w3id.org/nbkg/id/measure/2026-2030/2> nbkg:continues <https://w3id.org/nbkg/id/measure/2020-2025/14> .
"""


@pytest.fixture(scope="session", autouse=True)
def _large_graphs_validated_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PyshaclEngine, "validate", validate_once(tmp_path_factory, PyshaclEngine.validate))
        yield


@pytest.fixture(scope="session", autouse=True)
def _cache_of_this_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Have all applications and servers of a run share their compiled templates, and leave the user's cache alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(made_once(tmp_path_factory, "user-cache", lambda _: None)))
        yield


@pytest.fixture(scope="session")
def project() -> ProjectData:
    return read_project()


@pytest.fixture(scope="session")
def bare_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data without a source and without curated knowledge, for builds of a source that a test brings."""
    folder = tmp_path_factory.mktemp("bare")
    blocks = (files("data") / "sources.ttl").read_text(encoding="utf-8").split("\n\n")
    sources = "\n\n".join(block for block in blocks if "a nbkg:DataSource" not in block)
    (folder / "sources.ttl").write_text(sources, encoding="utf-8")
    (folder / "curated").mkdir()
    return folder


@pytest.fixture(scope="session")
def report_files(project: ProjectData) -> list[Path]:
    """The committed reports."""
    return [Path(source.address) for source in project.sources_of(NAME)]


@pytest.fixture(scope="session")
def words(project: ProjectData) -> Gazetteer:
    return read_gazetteer(project.schemes, project.curated)


@pytest.fixture(scope="session")
def synthetic_file() -> Path:
    """The second, invented report."""
    return REPORTS / "syntetisk-2026-03-02.txt"


@pytest.fixture(scope="session")
def built(project: ProjectData, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graphs of the committed reports, built here; not to be changed."""

    def make(folder: Path) -> None:
        build(project, [StatusReports(project.sources_of(NAME), project)], folder / "graphs")

    return made_once(tmp_path_factory, "built", make) / "graphs"


@dataclass(frozen=True)
class BuiltTwice:
    """The graphs of two reports, with the reports and what is left to do."""

    graphs: Path
    series: ReportSeries
    tasks: Sequence[Task]


@pytest.fixture(scope="session")
def building_of_two(project: ProjectData, synthetic_file: Path, tmp_path_factory: pytest.TempPathFactory) -> BuiltTwice:
    """The build of the committed reports and the invented one."""

    def make(folder: Path) -> None:
        kind = StatusReports([*project.sources_of(NAME), file_source(synthetic_file)], project)
        tasks = build(project, [kind], folder / "graphs")
        (folder / "result").write_bytes(pickle.dumps((kind.series, tasks)))

    folder = made_once(tmp_path_factory, "built-twice", make)
    series, tasks = pickle.loads((folder / "result").read_bytes())  # noqa: S301  # of the run itself
    return BuiltTwice(folder / "graphs", series, tasks)


@pytest.fixture(scope="session")
def built_twice(building_of_two: BuiltTwice) -> tuple[Path, ReportSeries]:
    """The graphs of the committed reports and the invented one; not to be changed."""
    return building_of_two.graphs, building_of_two.series


@pytest.fixture(scope="session")
def tasks_of_two(building_of_two: BuiltTwice) -> Sequence[Task]:
    """What the build of the committed reports and the invented one leaves to people."""
    return building_of_two.tasks


@pytest.fixture(scope="session")
def two_strategies(project: ProjectData, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graphs of the committed reports and of an invented one on a second strategy; not to be changed."""

    def make(folder: Path) -> None:
        both = replace(project, curated=project.curated + Graph().parse(data=SECOND_STRATEGY))
        report = file_source(REPORTS / "ny-strategi-2026-10-01.txt")
        build(both, [StatusReports([*both.sources_of(NAME), report], both)], folder / "graphs")

    return made_once(tmp_path_factory, "two-strategies", make) / "graphs"


@pytest.fixture(scope="session")
def store(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the committed reports' graphs."""
    return copied_once(tmp_path_factory, "store", lambda folder: load(folder / "store", [built / "nbkg.nq"])) / "store"


@pytest.fixture(scope="session")
def store_of_all(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a store of all committed graphs, which is kept as a release too."""

    def make(folder: Path) -> None:
        load(folder / "store", [graphs_folder() / "nbkg.nq"], release="2026-05-01")

    return str(copied_once(tmp_path_factory, "store-of-all", make) / "store")


@pytest.fixture(scope="session")
def released(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of releases with one of the committed reports' graphs, for the site of `SITE`; not to be changed."""
    return made_once(tmp_path_factory, "released", lambda folder: make_release(DumpRequest(store, folder, site=SITE)))


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small store of everything that is hard: blank nodes, shared triples, odd characters, terms of their own."""
    place = tmp_path_factory.mktemp("small") / "store"
    load(place, [Path(__file__).parent / "loader" / "small.trig"])
    return place


@pytest.fixture(scope="session")
def profiles() -> Path:
    """The outside profiles."""
    return profiles_folder()


@pytest.fixture(scope="session")
def two_reports(built_twice: tuple[Path, ReportSeries], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the committed reports and the invented one."""
    quads = built_twice[0] / "nbkg.nq"
    return copied_once(tmp_path_factory, "store-of-two", lambda folder: load(folder / "store", [quads])) / "store"


@pytest.fixture
def data(tmp_path: Path) -> MakeDataset:
    """Return a function that makes a dataset from N-Quads."""
    numbers = iter(range(100))

    def make(text: str) -> Dataset:
        file = tmp_path / f"{next(numbers)}.nq"
        file.write_text(text)
        return dataset.read_dataset(file, tmp_path / file.stem)

    return make
