"""The processes of peers: each runs in a group of its own, which is ended as a whole."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks.client import Address, Client
from benchmarks.mix import Question

READY_WITHIN = 120.0
_ANYTHING = Question("ready", "small", "SELECT ?s WHERE { ?s ?p ?o } LIMIT 1", "json")


class PeerError(Exception):
    """A peer that did not load or start."""


def free_port() -> int:
    """Return a port of the loopback that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def memory(process: int) -> int:
    """Return the bytes that a process and those it started hold, shared pages in parts (Pss)."""
    total = 0
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(entry.name)) == process:
                rollup = (entry / "smaps_rollup").read_text()
                total += int(rollup.partition("\nPss:")[2].split()[0]) * 1024
        except (OSError, IndexError):  # ended meanwhile
            continue
    return total


def run(command: list[str]) -> None:
    """Run a command to its end. Raises PeerError with what it printed where it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise PeerError(f"{' '.join(command[:2])}: {(done.stderr or done.stdout)[-400:].strip()}")


def run_until_done(command: list[str], process: subprocess.Popen[bytes]) -> None:
    """Run a command again and again until it works. Raises PeerError after READY_WITHIN seconds."""
    until = time.monotonic() + READY_WITHIN
    while process.poll() is None and time.monotonic() < until:
        if subprocess.run(command, capture_output=True, check=False).returncode == 0:
            return
        time.sleep(0.5)
    raise PeerError(f"{command[0]}: no connection")


@contextmanager
def running(command: list[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process in a group of its own, and end the group as a whole."""
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, cwd=log.parent, start_new_session=True)
    try:
        yield process
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(60)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_until_ready(address: Address, process: subprocess.Popen[bytes], log: Path, seconds: float) -> None:
    """Wait until an endpoint answers. Raises PeerError with the end of its log where it does not."""
    until = time.monotonic() + seconds
    client = Client(address, seconds=60)
    try:
        while process.poll() is None and time.monotonic() < until:
            if _answers(client, address):
                return
            time.sleep(0.05)
    finally:
        client.close()
    raise PeerError(f"does not answer: {log.read_text(errors='replace')[-400:].strip()}")


def _answers(client: Client, address: Address) -> bool:
    try:
        return client.ask(address.request(_ANYTHING)).status == 200
    except OSError:
        return False
