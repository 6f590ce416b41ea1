"""The backup that docs/deploy describes, made of a server that runs and loaded again."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from loader.cli import nbkg
from tests.sparql_endpoint.serving import served

FOLDER = Path(__file__).parent.parent / "docs" / "deploy"
TOKEN = "a-token-of-this-test"  # noqa: S105  # of this test alone


@contextmanager
def _writable(folder: Path) -> Iterator[str]:
    folder.mkdir()
    token = folder / "token"
    token.write_text(TOKEN)
    with served(str(folder / "store"), "--write-token-file", str(token), "--workers", "2") as server:
        yield server.address


DATA = """
<urn:a> <urn:p> "a \\\\ & | \\"line\\"\\nand another" .
<urn:a> <urn:p> <urn:b> <https://example.org/graph?a=1&b=2> .
_:x <urn:p> "ø"@nb <https://example.org/graph?a=1&b=2> .
_:x <urn:p> "2"^^<http://www.w3.org/2001/XMLSchema#integer> <https://example.org/other> .
"""


@pytest.mark.slow
def test_a_backup_can_be_loaded_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not shutil.which("curl"):
        pytest.skip("curl is not there")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    original = tmp_path / "original.nq"
    original.write_text(DATA)
    with _writable(tmp_path / "first") as address:
        _loaded(address, original, tmp_path / "first" / "token")
        backup = tmp_path / "backup.nq"
        backup.write_bytes(_backup(address))
    with _writable(tmp_path / "second") as address:
        _loaded(address, backup, tmp_path / "second" / "token")
        assert _canonical(_backup(address)) == _canonical(backup.read_bytes())
    without_names = re.sub(r"_:\w+|<http:[^>]*genid[^>]*>", "_:x", backup.read_text(encoding="utf-8"))
    assert sorted(without_names.split("\n")) == sorted(DATA.split("\n")[1:])


def _loaded(address: str, file: Path, token: Path) -> None:
    arguments = ["load", f"{address}/data", str(file), "--token-file", str(token)]
    result = CliRunner().invoke(nbkg, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output


def _backup(address: str) -> bytes:
    done = subprocess.run([str(FOLDER / "backup.sh"), address], capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _canonical(quads: bytes) -> ox.Dataset:
    dataset = ox.Dataset(ox.parse(quads, ox.RdfFormat.N_QUADS))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


@pytest.mark.slow
def test_a_backup_of_a_changing_store_fails(tmp_path: Path) -> None:
    if not shutil.which("curl"):
        pytest.skip("curl is not there")
    with _writable(tmp_path / "store") as address:
        _put(address, "<urn:a> <urn:p> <urn:b> .")
        names = tmp_path / "bin"
        names.mkdir()
        # A curl that changes the store after its first call, which asks for the version that the backup begins with.
        changing = f'#!/bin/sh\n"$REAL" "$@" || exit\n[ -e {tmp_path}/done ] && exit\ntouch {tmp_path}/done\n'
        change = f"-H 'Authorization: Bearer {TOKEN}' --data-urlencode 'update=INSERT DATA {{ <urn:c> <urn:p> 1 }}'"
        (names / "curl").write_text(f'{changing}"$REAL" -sSf {change} {address}/sparql\n')
        (names / "curl").chmod(0o755)
        environment = {**os.environ, "PATH": f"{names}:{os.environ['PATH']}", "REAL": str(shutil.which("curl"))}
        command = [str(FOLDER / "backup.sh"), address]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=60)
        assert (done.returncode, "changed meanwhile" in done.stderr) == (1, True), done.stderr


def _put(address: str, triples: str) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/n-triples"}
    request = Request(f"{address}/data?graph=urn:g", triples.encode(), headers, method="PUT")
    with urlopen(request, timeout=30) as answer:
        assert answer.status == 201
