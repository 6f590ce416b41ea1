"""Runs a file of browser tests, which `node --test` reads, against a server: `site.mjs` tells how one is written."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent
_LONGEST = 540
"""Seconds that one file may take."""


def run(script: str, address: str) -> None:
    """Runs a script of this folder; skips where a program is missing, fails where NBKG_REQUIRE names `browser`."""
    chromium = os.environ.get("NBKG_CHROMIUM") or _found("chromium-headless-shell", "chromium")
    if missing := _missing(chromium):
        if "browser" in os.environ.get("NBKG_REQUIRE", "").split(","):
            pytest.fail(f"{missing} is not there, but NBKG_REQUIRE names browser")
        pytest.skip(f"{missing} is not there; name browser in NBKG_REQUIRE to make this a failure")
    command = ["node", "--test", "--test-reporter=spec", script]
    env = {**os.environ, "NBKG_ADDRESS": address, "NBKG_CHROMIUM": chromium, "NO_COLOR": "1"}
    done = subprocess.run(
        command, capture_output=True, check=False, cwd=FOLDER, encoding="utf-8", env=env, timeout=_LONGEST
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "pass 0" not in done.stdout, f"{script} has no test"


def _found(*names: str) -> str:
    """Return where the first of these programs is that is there; Chromium without a desktop takes half the time."""
    return next(filter(None, map(shutil.which, names)), "")


def _missing(chromium: str) -> str:
    """What is not there of what the tests need; empty where all is."""
    if not shutil.which("node"):
        return "node"
    if not (ROOT / "node_modules" / "playwright-core").is_dir():
        return "playwright-core (`make setup` installs it where npm is)"
    if not (ROOT / "sparql_endpoint" / "static" / "editor" / "editor.js").is_file():
        return "the query desk's editor (`make setup` builds it where npm is)"
    return "" if chromium else "chromium"
