"""The W3C SHACL test suite (Core and SPARQL), from where NBKG_SHARED tells; skipped where it is not there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SHARED = Path(os.environ.get("NBKG_SHARED", ROOT.parent / "shared"))
RUNNER = SHARED / "conformance" / "run_shacl.py"
SUITE = SHARED / "conformance/suites/w3c+data-shapes/data-shapes-test-suite/tests"
KNOWN = Path(__file__).parent / "known-shacl.txt"


def test_shacl_suite() -> None:
    if not RUNNER.is_file():
        if "shacl" in os.environ.get("NBKG_REQUIRE", "").split(","):
            pytest.fail(f"{RUNNER} is not there, but NBKG_REQUIRE names it")
        pytest.skip(f"{RUNNER} is not there; set NBKG_SHARED to the folder of the suites")
    command = [sys.executable, RUNNER, "--callable", "suite_adapter:validate", "--path", Path(__file__).parent]
    done = subprocess.run(
        [*map(str, command), "--suite", str(SUITE), "--verbose"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    failed = set(re.findall(r"^FAIL (\S+)", done.stdout, re.MULTILINE))
    known = {line.split()[0] for line in KNOWN.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"}
    assert re.search(r"ALL: passed \d+ of 120", done.stdout), done.stdout + done.stderr
    assert failed == known
