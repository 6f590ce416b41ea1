"""The process that serves, and the one that looks after it."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.sparql_endpoint.serving import Server, served

pytestmark = pytest.mark.slow


def test_a_server_that_ends_by_itself_is_started_again() -> None:
    with served("memory:") as server:
        for _ in range(2):
            os.kill(_server_process(server), signal.SIGKILL)
            assert server.query("ASK {}") == "true"
        assert server.process.poll() is None
        os.kill(_server_process(server), signal.SIGKILL)
        assert server.process.wait(20) == 1


def _server_process(server: Server) -> int:
    """The process that serves, which the one that was started looks after."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        for entry in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                if parent == server.process.pid and b"spawn_main" in (entry / "cmdline").read_bytes():
                    return int(entry.name)
        time.sleep(0.05)
    raise AssertionError("no process serves")
