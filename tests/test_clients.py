"""The blocks of docs/clients.md run as they stand against a server, and answer what the data says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.request import urlopen

import pyoxigraph as ox
import pytest

from loader.store.load import load
from tests.sparql_endpoint.serving import served

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "clients.md"
DOCUMENTED = "http://127.0.0.1:8000"
COMMANDS = {
    "sh": ("bash", "-euo", "pipefail", "-c"),
    "python": (sys.executable, "-c"),
    "r": ("Rscript", "-e"),
    "js": ("node", "--input-type=module", "--eval"),
}
pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Block:
    """A fenced block: under which heading it stands, in which language it is."""

    heading: str
    language: str
    text: str


def _blocks() -> list[Block]:
    found, heading = [], ""
    parts = re.findall(
        r"^#+ ([^\n]+)|^```(\w+)\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    for headed, language, text in parts:
        heading = headed or heading
        if language:
            found.append(Block(heading, language, text))
    return found


BLOCKS = {block.heading: block for block in _blocks()}


class Data:
    """The built graphs, read without SPARQL: what the answers are measured by."""

    def __init__(self, file: Path) -> None:
        self._store = ox.Store()
        self._store.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)

    def pairs(self, name: str, graph: str | None = "current") -> list[tuple[str, str]]:
        """Subject and object of every statement with the property, in `graph/current` or in any graph, each once."""
        within = ox.NamedNode(f"https://w3id.org/nbkg/graph/{graph}") if graph else None
        quads = self._store.quads_for_pattern(None, ox.NamedNode(_iri(name)), None, within)
        return sorted({(_value(quad.subject), _value(quad.object)) for quad in quads})

    def of(self, name: str, graph: str | None = "current") -> dict[str, str]:
        """The object for each subject; one of them where it has several."""
        return dict(self.pairs(name, graph))

    def kind(self, name: str) -> set[str]:
        """All of a class."""
        return {thing for thing, kind in self.pairs("rdf:type", None) if kind == _iri(name)}

    def named(self, language: str = "nb") -> dict[str, str]:
        """The preferred name of everything in a language."""
        label = ox.NamedNode(_iri("skos:prefLabel"))
        quads = self._store.quads_for_pattern(None, label, None, None)
        return {
            _value(quad.subject): quad.object.value
            for quad in quads
            if isinstance(quad.object, ox.Literal) and quad.object.language == language
        }

    def keys(self) -> dict[str, str]:
        """The key of each measure."""
        return self.of("dcterms:identifier", None)

    def planned(self) -> list[tuple[str, str]]:
        """Each measure with something planned, and the milestone."""
        outcomes = self.of("nbkg:outcome", None)
        return [
            (measure, milestone)
            for measure, milestone in self.pairs("nbkg:milestone")
            if outcomes[milestone].endswith("/planned")
        ]

    def size(self) -> int:
        """How many triples `graph/current` has."""
        within = ox.NamedNode("https://w3id.org/nbkg/graph/current")
        return sum(1 for _ in self._store.quads_for_pattern(None, None, None, within))


PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "nbkg": "https://w3id.org/nbkg/ns#",
    "org": "http://www.w3.org/ns/org#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}


def _iri(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def _value(term: object) -> str:
    return str(getattr(term, "value", term))


def _statuses(data: Data) -> list[str]:
    counted = Counter(status for _, status in data.pairs("nbkg:statusText"))
    return ["status,measures", *(f"{status},{number}" for status, number in counted.items())]


def _due(data: Data) -> list[str]:
    when, keys = data.of("nbkg:when", None), data.keys()
    earliest, latest = data.of("nbkg:earliest", None), data.of("nbkg:latest", None)
    due = [
        f"{keys[measure]},{when[milestone]}"
        for measure, milestone in data.planned()
        if latest[milestone] >= "2026-01-01" and earliest[milestone] <= "2026-12-31"
    ]
    assert due
    return ["key,when", *due]


def _unit(data: Data) -> list[re.Pattern[str]]:
    name = data.named("en")["https://w3id.org/nbkg/id/unit/tk"]
    told = [
        'skos:notation "TK"',
        '"@id":"https://w3id.org/nbkg/id/unit/tk"',
        "<rdf:RDF",
        f'<https://w3id.org/nbkg/id/unit/tk> <{_iri("skos:prefLabel")}> "{name}"@en .',
    ]
    return [re.compile(re.escape(text)) for text in told]


def _services(data: Data) -> list[re.Pattern[str]]:
    services, names = data.kind("nbkg:Service"), data.named()
    counted = Counter(names[entity] for _, entity in data.pairs("nbkg:concerns") if entity in services)
    most = sorted(counted, key=lambda name: (-counted[name], name))[:5]
    return [re.compile(rf"│ {re.escape(name)} +│ {counted[name]} +│") for name in most]


def _department(data: Data) -> list[str]:
    keys, statuses = data.keys(), data.of("nbkg:statusText")
    answered = [
        measure for measure, unit in data.pairs("nbkg:responsible") if unit == "https://w3id.org/nbkg/id/unit/tk"
    ]
    assert {measure in statuses for measure in answered} == {True, False}
    return [f"{keys[measure]}: {statuses.get(measure, 'not told')}" for measure in answered]


def _laws(data: Data) -> list[str]:
    laws, names, keys = data.kind("nbkg:Law"), data.named(), data.keys()
    told = [f"{names[law]}: {keys[measure]}" for measure, law in data.pairs("nbkg:concerns") if law in laws]
    department = "https://w3id.org/nbkg/id/unit/tk"
    return [*told, *(f"{language} {data.named(language)[department]}" for language in ("nb", "nn", "en"))]


def _silent(data: Data) -> list[str]:
    silent = data.of("nbkg:text").keys() - data.of("nbkg:comment").keys()
    assert silent
    return [f"{data.size()} triples", *(f"no comment on {measure}" for measure in silent)]


def _closed_by_theme(data: Data) -> list[str]:
    names, broader, status = data.named(), data.of("skos:broader", None), data.of("nbkg:status")

    def closed(measure: str) -> bool:
        concept = status.get(measure, "")
        return "https://w3id.org/nbkg/id/concept/status/lukket" in (concept, broader.get(concept))

    counted = Counter((names[theme], closed(measure)) for measure, theme in data.pairs("nbkg:theme"))
    themes = {theme for theme, _ in counted}
    return ["theme,open,closed", *(f"{theme},{counted[theme, False]},{counted[theme, True]}" for theme in themes)]


def _promised(data: Data) -> list[str]:
    latest = data.of("nbkg:latest", None)
    counted = Counter(latest[milestone][:4] for _, milestone in data.planned() if milestone in latest)
    return ["latest,promises", *(f"{year},{number}" for year, number in counted.items())]


def _workload(data: Data) -> list[str]:
    codes = data.of("skos:notation", None)
    counted = Counter(codes[unit] for _, unit in data.pairs("nbkg:responsible") if unit in codes)
    return ["unit,measures", *(f"{code},{number}" for code, number in counted.items())]


def _partners(data: Data) -> list[str]:
    partners, names, themes = data.kind("org:FormalOrganization"), data.named(), data.of("nbkg:theme")
    return [
        f"{names[themes[measure]]}: {names[partner]}"
        for measure, partner in data.pairs("nbkg:involves")
        if partner in partners and measure in themes
    ]


EXPECTED: dict[str, Callable[[Data], Sequence[str | re.Pattern[str]]]] = {
    "GET: how many measures are in each status?": _statuses,
    "POST: what is due in 2026?": _due,
    "Formats: the same unit in four of them": _unit,
    "Only when it has changed: ETag": lambda _: ["304"],
    "Fewer bytes: compression": lambda _: [re.compile(r"^\d+ +\d+\n$")],
    "The command `nbkg query`": _services,
    "SPARQLWrapper": _department,
    "SPARQLStore: which laws are named, and where?": _laws,
    "A complete graph in memory": _silent,
    "CSV: how many measures are closed in each theme?": _closed_by_theme,
    "JSON: what was promised, by when?": _promised,
    "R": _workload,
    "JavaScript": _partners,
}
"""What the block under each heading must print: all its lines, in any order, or patterns that are found in it."""


@pytest.fixture(scope="module")
def data() -> Data:
    return Data(ROOT / "data" / "graphs" / "nbkg.nq")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("clients")
    load(folder / "store", [ROOT / "data" / "graphs" / "nbkg.nq"])
    with served(str(folder / "store"), "--workers", "2", environment=_environment(folder)) as server:
        yield server.address


def _environment(home: Path) -> dict[str, str]:
    """Nothing of the caller's settings, and the `nbkg` of these tests found first."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("NBKG_") and "proxy" not in name.lower()
    }
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return {**kept, "HOME": str(home), "PATH": path, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"}


def _needs(block: Block) -> str:
    """What must be there to run it, empty where all is: `curl`, `node`, `pandas` or `r`."""
    if block.language == "sh" and "curl" in block.text:
        return "" if shutil.which("curl") else "curl"
    if block.language == "python" and "import pandas" in block.text:
        return "" if find_spec("pandas") else "pandas"
    names = {"js": "node", "r": "r"}
    return "" if shutil.which(COMMANDS[block.language][0]) else names.get(block.language, block.language)


def _run(block: Block, address: str, folder: Path) -> subprocess.CompletedProcess[str]:
    if missing := _needs(block):
        if missing in os.environ.get("NBKG_REQUIRE", "").split(","):
            pytest.fail(f"{missing} is not there, but NBKG_REQUIRE names it")
        pytest.skip(f"{missing} is not there; name it in NBKG_REQUIRE to make this a failure")
    assert DOCUMENTED in block.text
    command = [*COMMANDS[block.language], block.text.replace(DOCUMENTED, address)]
    return subprocess.run(
        command,
        capture_output=True,
        check=False,
        cwd=folder,
        encoding="utf-8",
        env=_environment(folder),
        timeout=120,
    )


def test_every_block_is_tested() -> None:
    assert list(BLOCKS) == list(EXPECTED)
    assert len(_blocks()) == len(BLOCKS), "a heading has two blocks"


@pytest.mark.parametrize("heading", EXPECTED)
def test_block(heading: str, address: str, data: Data, tmp_path: Path) -> None:
    done = _run(BLOCKS[heading], address, tmp_path)
    assert done.returncode == 0, done.stderr
    expected = EXPECTED[heading](data)
    patterns = [pattern for pattern in expected if isinstance(pattern, re.Pattern)]
    assert [pattern for pattern in patterns if not pattern.search(done.stdout)] == []
    if not patterns:
        assert sorted(filter(None, done.stdout.splitlines())) == sorted(set(map(str, expected)))


def test_compression_makes_fewer_bytes(address: str, tmp_path: Path) -> None:
    done = _run(BLOCKS["Fewer bytes: compression"], address, tmp_path)
    sent, unpacked = map(int, done.stdout.split())
    with urlopen(f"{address}/graph/current.nt", timeout=30) as answer:
        assert unpacked == len(answer.read())
    assert sent < unpacked / 4


def test_a_mistake_is_told(address: str, tmp_path: Path) -> None:
    done = _run(BLOCKS["JavaScript"], address, tmp_path)
    assert re.match(r"400 .*line 1, column \d+", done.stderr), done.stderr
