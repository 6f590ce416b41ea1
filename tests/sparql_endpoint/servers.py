"""Servers of others, started on free ports of this machine; where one is missing the test is skipped."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
import urllib3
from urllib3.exceptions import HTTPError

_STARTS_WITHIN = 60.0
_VIRTUOSO = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 2000
MaxDirtyBuffers = 1200
DirsAllowed = {data}
CaseMode = 2
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 5
Charset = UTF-8
[SPARQL]
{options}
"""


def _program(*names: str, server: str) -> list[str]:
    """Where the programs of a server are; skips where one is missing, fails where NBKG_REQUIRE names the server."""
    beside = Path(sys.executable).parent
    found = [shutil.which(name) or shutil.which(name, path=beside) or "" for name in names]
    if not all(found):
        told = f"{', '.join(name for name, path in zip(names, found, strict=True) if not path)} is not installed"
        if server in os.environ.get("NBKG_REQUIRE", "").split(","):
            pytest.fail(f"{told}, but NBKG_REQUIRE names {server}")
        pytest.skip(told)
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(command: Sequence[str], url: str, log: Path) -> Iterator[None]:
    """The process, from when it answers at the address until nobody needs it."""
    with log.open("wb") as output, subprocess.Popen(command, stdout=output, stderr=output, cwd=log.parent) as process:
        try:
            _wait(process, url, log)
            yield
        finally:
            process.kill()


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    until = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib3.PoolManager(retries=False) as pools:
                pools.request("GET", url, timeout=5)
        except HTTPError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"{url} does not answer: {log.read_text(errors='replace')[-2000:]}")


@contextmanager
def oxigraph(folder: Path, *options: str) -> Iterator[str]:
    """The address of an empty `oxigraph serve`, below which are /query, /update and /store."""
    (program,) = _program("oxigraph", server="oxigraph")
    address = f"127.0.0.1:{_free_port()}"
    with _running([program, "serve", "--bind", address, *options], f"http://{address}/", folder / "oxigraph.log"):
        yield f"http://{address}"


@contextmanager
def virtuoso(folder: Path, data: Path, options: Mapping[str, object] | None = None) -> Iterator[str]:
    """The address of the /sparql of a Virtuoso that holds a TriG file; `options` are those of its [SPARQL] section."""
    program, isql = _program("virtuoso-t", "isql-vt", server="virtuoso")
    http, sql = _free_port(), _free_port()
    given = "\n".join(f"{name} = {value}" for name, value in (options or {}).items())
    settings = folder / "virtuoso.ini"
    settings.write_text(_VIRTUOSO.format(folder=folder, data=data.parent, http=http, sql=sql, options=given))
    url = f"http://127.0.0.1:{http}/sparql"
    with _running([program, "+foreground", "+configfile", str(settings)], url, folder / "virtuoso.out"):
        load = f"DB.DBA.TTLP(file_to_string_output('{data}'), '', 'urn:default', 256);"
        done = subprocess.run(
            [isql, f"127.0.0.1:{sql}", "dba", "dba", f"exec={load}"], capture_output=True, text=True, check=False
        )
        assert "Done." in done.stdout, done.stdout + done.stderr
        yield url
