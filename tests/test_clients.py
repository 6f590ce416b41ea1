"""The blocks of docs/clients.md run as they stand against a server, and answer what the data says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.clients_expected import EXPECTED, Data
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


@pytest.fixture(scope="module")
def data() -> Data:
    return Data(ROOT / "data" / "graphs" / "nbkg.nq")


@pytest.fixture(scope="module")
def address(store_of_all: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("clients")
    with served(store_of_all, "--workers", "2", environment=_environment(folder)) as server:
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
