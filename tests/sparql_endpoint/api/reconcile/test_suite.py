"""The outside checks of the Reconciliation API, from where NBKG_SHARED tells: its schemas and hostile requests."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sparql_endpoint.serving import Server, served

pytestmark = pytest.mark.slow
SHARED = Path(os.environ.get("NBKG_SHARED", Path(__file__).parents[4].parent / "shared"))
RUNNER = SHARED / "conformance" / "run_recon.py"


@pytest.fixture(scope="module")
def server(store: Path) -> Iterator[Server]:
    if not RUNNER.is_file():
        if "recon" in os.environ.get("NBKG_REQUIRE", "").split(","):
            pytest.fail(f"{RUNNER} is not there, but NBKG_REQUIRE names it")
        pytest.skip(f"{RUNNER} is not there; set NBKG_SHARED to the folder of the suites")
    with served(str(store), "--workers", "2", "--client-requests", "0") as running:
        yield running


@pytest.mark.parametrize(
    ("version", "path", "passed"),
    [("0.2", "/reconcile", "19 of 19"), ("1.0-draft", "/reconcile/1.0", "15 of 15")],
)
def test_all_checks_pass(server: Server, version: str, path: str, passed: str) -> None:
    command = [sys.executable, str(RUNNER), "--url", f"{server.address}{path}", "--version", version]
    required = ["--require", "entity,property,type,preview,extend", "--term", "Nasjonalbiblioteket"]
    done = subprocess.run([*command, *required], capture_output=True, text=True, check=False)
    assert re.search(rf"^ALL: passed {passed}", done.stdout, re.MULTILINE), done.stdout + done.stderr
