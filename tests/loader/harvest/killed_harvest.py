"""A harvest in a process of its own, which kills itself (kill -9) at one of the calls that it makes."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from types import FrameType

from rdflib import URIRef

from loader.harvest.harvest_run import HarvestJob, harvest_source
from loader.sources.provider.retry_wait import Patience
from loader.sources.source import Source
from tests.loader.harvest.local_provider import NOW

_OURS = ("loader.harvest", "nbkg.records.store")


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
