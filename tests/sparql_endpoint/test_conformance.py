"""The W3C suites of SPARQL 1.0, 1.1 and 1.2, of its protocol and Graph Store, from where NBKG_SHARED tells."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sparql_endpoint.serving import TOKEN, Server, served

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("NBKG_SHARED", ROOT.parent / "shared"))
RUNNER = SHARED / "conformance" / "run_sparql.py"
KNOWN = Path(__file__).parent / "known-sparql.txt"
OPTIONS = ("memory:", "--workers", "2", "--client-requests", "0")


def _run(server: Server, *options: str) -> subprocess.CompletedProcess[str]:
    if not RUNNER.is_file():
        if "sparql" in os.environ.get("NBKG_REQUIRE", "").split(","):
            pytest.fail(f"{RUNNER} is not there, but NBKG_REQUIRE names it")
        pytest.skip(f"{RUNNER} is not there; set NBKG_SHARED to the folder of the suites")
    places = ["--query", f"{server.address}/sparql", "--update", f"{server.address}/sparql"]
    stores = ["--gsp", f"{server.address}/data", "--header", f"Authorization: Bearer {TOKEN}"]
    command = [sys.executable, str(RUNNER), *places, *stores, "--federation", "refused", "--gsp-direct", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_all_suites_with_the_plain_default_graph() -> None:
    with served(*OPTIONS, "--default-graph", "plain", token=TOKEN) as server:
        done = _run(server, "--known", str(KNOWN))
    passed = re.search(r"^ALL: passed (\d+) of 1306", done.stdout, re.MULTILINE)
    assert passed, done.stdout + done.stderr
    failed = set(re.findall(r"^FAIL +(\S+)", done.stdout, re.MULTILINE))
    known = {line.split()[0] for line in KNOWN.read_text(encoding="utf-8").splitlines() if line and line[0] != "%"}
    assert failed == known, done.stdout
    assert int(passed.group(1)) >= 1280


def test_protocol_and_service_description_as_shipped() -> None:
    with served(*OPTIONS, token=TOKEN) as server:
        done = _run(server, "--only", "/(protocol|service-description|graph-store-protocol)")
    assert re.search(r"^protocol: passed 34 of 34", done.stdout, re.MULTILINE), done.stdout + done.stderr
    assert re.search(r"^sd: passed 3 of 3", done.stdout, re.MULTILINE), done.stdout
