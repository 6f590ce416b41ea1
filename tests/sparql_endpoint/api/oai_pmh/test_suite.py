"""The outside checks of OAI-PMH, from where NBKG_SHARED tells: they walk all lists and validate every answer."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.serving import WSGIRequestHandler, make_server

pytestmark = pytest.mark.slow
SHARED = Path(os.environ.get("NBKG_SHARED", Path(__file__).parents[4].parent / "shared"))
RUNNER = SHARED / "conformance" / "run_oai.py"


class _Silent(WSGIRequestHandler):
    def log(self, *_arguments: object) -> None:
        """Write no line for each of some thousand requests."""


@pytest.fixture(scope="module")
def address(provider: FlaskClient) -> Iterator[str]:
    if not RUNNER.is_file():
        if "oai" in os.environ.get("NBKG_REQUIRE", "").split(","):
            pytest.fail(f"{RUNNER} is not there, but NBKG_REQUIRE names it")
        pytest.skip(f"{RUNNER} is not there; set NBKG_SHARED to the folder of the suites")
    server = make_server("127.0.0.1", 0, provider.application, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}/oai"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("prefix", ["oai_dc", "marc21"])
def test_all_checks_pass(address: str, prefix: str) -> None:
    command = [sys.executable, str(RUNNER), "--url", address, "--prefix", prefix, "--require-sets", "--require-deleted"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert re.search(r"^ALL: passed (\d+) of \1$", done.stdout, re.MULTILINE), done.stdout + done.stderr
