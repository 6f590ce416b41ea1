"""A harvest in a process of its own, which kills itself (kill -9) at one of the calls that it makes."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType

from rdflib import URIRef

from loader.harvest.harvest_run import HarvestJob, harvest_source
from loader.sources.provider.retry_wait import Patience
from loader.sources.source import Source
from tests.loader.harvest.local_provider import NOW

_OURS = ("loader.harvest", "nbkg.records.store")
_FORK = multiprocessing.get_context("fork")


def run_harvests(requests: Connection) -> None:
    """Run `harvest_and_die` in a child for each request, until there are no more, and send back its exit code.

    It is the main function of a process of its own, which has no threads and may fork therefore.
    """
    for arguments in iter(requests.recv, None):
        process = _FORK.Process(target=harvest_and_die, args=arguments)
        process.start()
        process.join(60)
        requests.send(process.exitcode)


def harvest_and_die(address: str, folder: Path, batch_bytes: int, last_call: int | str) -> None:
    """Harvest, and die at the nth call of a function in the harvest or the store of records, or of SQLite from there.

    `last_call` may also be the name of a function, at whose beginning the process dies. Where the harvest makes fewer
    calls, their number is written beside the records.
    """
    calls = 0

    def count(frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        if event in {"call", "c_call", "c_return"} and frame.f_globals.get("__name__", "").startswith(_OURS):
            calls += 1
            if last_call in {calls, frame.f_code.co_name}:
                os.kill(os.getpid(), signal.SIGKILL)

    source = Source(URIRef("urn:s"), "s", "marc", "oai_pmh", address)
    job = HarvestJob(source, folder, patience=Patience(tries=1, now=lambda: NOW), batch_bytes=batch_bytes)
    sys.setprofile(count)
    harvest_source(job)
    sys.setprofile(None)
    (folder / "calls").write_text(str(calls), encoding="utf-8")
