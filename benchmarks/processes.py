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

import urllib3

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
    texts = _of_group(process, "smaps_rollup")
    return sum(int(text.partition("\nPss:")[2].split()[0]) * 1024 for text in texts if "\nPss:" in text)


def processor_seconds(process: int) -> float:
    """Return the seconds of processors that a process and those it started have taken, in hundredths."""
    fields = (text.rpartition(")")[2].split() for text in _of_group(process, "stat"))
    return sum(int(user) + int(system) for *_, user, system in (one[:13] for one in fields)) / os.sysconf("SC_CLK_TCK")


def _of_group(process: int, name: str) -> Iterator[str]:
    """Yield what the system says about each process of a group (https://man7.org/linux/man-pages/man5/proc.5.html)."""
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # ended meanwhile
            if os.getpgid(int(entry.name)) == process:
                yield (entry / name).read_text()


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


def wait_for_server(pool: urllib3.HTTPConnectionPool) -> None:
    """Wait until `nbkg serve` answers. Raises TimeoutError."""
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        try:
            if pool.request("GET", "/readyz").status == 200:
                return
        except urllib3.exceptions.HTTPError:
            time.sleep(0.2)
    raise TimeoutError("the server does not answer")


def _answers(client: Client, address: Address) -> bool:
    try:
        return client.ask(address.request(_ANYTHING)).status == 200
    except OSError:
        return False
