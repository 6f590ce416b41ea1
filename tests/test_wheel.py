"""What is released is built, installed alone in a fresh environment and used there."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import CACHE_HOME

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` of an environment that holds the wheel and its locked dependencies, and no checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    install = _make_environment(folder / "venv")
    lock = ["--require-hashes", "-r", str(ROOT / "requirements.lock")]
    cache = CACHE_HOME or str(Path.home() / ".cache")  # so that no package is fetched again
    packages = {**os.environ, "XDG_CACHE_HOME": cache}
    subprocess.run([*install, *lock], check=True, capture_output=True, env=packages)
    subprocess.run([*install, "--no-deps", str(wheel)], check=True, capture_output=True, env=packages)
    return folder / "venv" / "bin"


def _make_environment(folder: Path) -> list[str]:
    """Make an environment and return the command that installs into it: by uv where it is, as the Makefile does."""
    uv, python = shutil.which("uv"), str(folder / "bin" / "python")
    venv.create(folder, with_pip=uv is None)
    if uv:
        return [uv, "pip", "install", "--quiet", "--python", python]
    return [python, "-m", "pip", "--disable-pip-version-check", "-q", "install", "--no-compile"]


def test_the_editor_is_in_it_where_it_was_built(installed: Path) -> None:
    (wheel,) = installed.parent.parent.glob("*.whl")
    here = {str(file.relative_to(ROOT)) for file in (ROOT / "sparql_endpoint/static/editor").glob("*")}
    with zipfile.ZipFile(wheel) as archive:
        assert {name for name in archive.namelist() if name.startswith("sparql_endpoint/static/editor/")} == here


def _environment(folder: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("NBKG_", "PYTHON"))}
    return {**kept, "HOME": str(folder), "XDG_CACHE_HOME": str(folder / "cache")}


def test_help(installed: Path, tmp_path: Path) -> None:
    told = subprocess.run(
        [installed / "nbkg", "--help"],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=_environment(tmp_path),
    ).stdout
    assert all(command in told for command in ("build", "diff", "load", "query", "serve", "validate"))


def test_the_quality_score_needs_no_other_files(installed: Path, tmp_path: Path) -> None:
    record = tmp_path / "catalog.ttl"
    record.write_text(
        "<http://x.example/d> a <http://www.w3.org/ns/dcat#Dataset> ; <http://www.w3.org/ns/dcat#keyword> 'k'@nb ."
    )
    score = subprocess.run(
        [installed / "nbkg", "mqa", str(record)],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=_environment(tmp_path),
    ).stdout
    assert "30/30" in score


@pytest.fixture(scope="module")
def address(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server whose user has nothing but the wheel."""
    folder = tmp_path_factory.mktemp("home")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [installed / "nbkg", "serve", "--port", str(port)],
        cwd=folder, env=_environment(folder), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=20)


def test_serve_answers_a_query(address: str) -> None:
    query = urllib.parse.urlencode(
        {"query": "SELECT (COUNT(*) AS ?n) WHERE { ?m a <https://w3id.org/nbkg/ns#Measure> }"}
    )
    request = urllib.request.Request(f"{address}/sparql?{query}", headers={"Accept": "text/csv"})
    assert _answer(request) == "n\r\n32\r\n"


def test_serve_has_the_records_of_the_sample(address: str) -> None:
    record = _answer(urllib.request.Request(f"{address}/records/marc-sample/nbkg0001.xml"))
    assert "nbkg0001" in record
    assert "http://www.loc.gov/MARC21/slim" in record


def _answer(request: urllib.request.Request) -> str:
    for _ in range(120):
        try:
            with urllib.request.urlopen(request, timeout=10) as response:
                return str(response.read().decode())
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.5)
    raise AssertionError("the server did not answer within a minute")
