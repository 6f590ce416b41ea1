"""A real server, started by a test, on a free port of this machine."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

_STARTS_WITHIN = 60
TOKEN = "a-token-of-the-tests"  # noqa: S105


@dataclass
class Server:
    """A server that runs: its address, its process, and what it has said."""

    address: str
    process: subprocess.Popen[str]
    said: list[str] = field(default_factory=list)

    @property
    def netloc(self) -> str:
        return self.address.removeprefix("http://")

    def ask(
        self, method: str, path: str, body: bytes | str | None = None, headers: dict[str, str] | None = None
    ) -> tuple[HTTPResponse, bytes]:
        """One request on a connection of its own."""
        connection = HTTPConnection(self.netloc, timeout=60)
        try:
            sent = body.encode() if isinstance(body, str) else body
            connection.request(method, path, sent, headers or {})
            answer = connection.getresponse()
            return answer, answer.read()
        finally:
            connection.close()

    def query(self, text: str, accept: str = "text/csv") -> str:
        """The answer to a query; anything but 200 fails."""
        headers = {"Content-Type": "application/sparql-query", "Accept": accept}
        answer, body = self.ask("POST", "/sparql", text, headers)
        assert answer.status == 200, body.decode()
        return body.decode()

    def update(self, text: str, token: str = TOKEN) -> int:
        """The status of an update."""
        headers = {"Content-Type": "application/sparql-update", "Authorization": f"Bearer {token}"}
        return self.ask("POST", "/sparql", text, headers)[0].status

    def lines(self) -> list[dict[str, object]]:
        """The access log so far."""
        return [json.loads(line) for line in self.said if line.startswith("{")]


@contextmanager
def served(*arguments: str, token: str = "", environment: dict[str, str] | None = None) -> Iterator[Server]:
    """`nbkg serve` with arguments and nothing of the caller's settings; it is stopped as an operator stops it."""
    command = [sys.executable, "-m", "loader.cli", "serve", "--port", "0", *arguments]
    ours = {name: value for name, value in os.environ.items() if not name.startswith("NBKG_")}
    env = {**ours, **(environment or {}), **({"NBKG_WRITE_TOKEN": token} if token else {})}
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    server = Server("", process)
    ready = threading.Event()

    def read() -> None:
        for line in process.stdout or ():
            server.said.append(line)
            if found := re.search(r"at (http://\S+)", line):
                server.address = found.group(1)
                ready.set()
        ready.set()

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    try:
        ready.wait(_STARTS_WITHIN)
        if not server.address:
            process.wait(10)
            raise AssertionError(f"the server did not start: {''.join(server.said)}")
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        finally:
            process.kill()
            reader.join(10)
            process.stdout.close()


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=30) as answer:
        return str(answer.read().decode())


def token_file(folder: Path) -> str:
    """A file with the token."""
    file = folder / "token"
    file.write_text(TOKEN + "\n")
    return str(file)
