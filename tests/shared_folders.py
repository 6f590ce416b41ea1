"""Folders that are made once for all processes of a run: a build of the graphs takes seconds of each processor."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest


class FolderOfRun(Protocol):
    """What knows the folder of temporary files, such as pytest's `tmp_path_factory`."""

    def getbasetemp(self) -> Path:
        """Return the folder of this process."""


def made_once(factory: FolderOfRun, name: str, make: Callable[[Path], object]) -> Path:
    """Return the folder of that name, which the first process that asks makes; nobody may change it afterwards."""
    root = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent  # that of the run, in which each process has its own
    folder = root / f"shared-{name}"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            unfinished = folder.with_suffix(".making")
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            make(unfinished)
            unfinished.rename(folder)
    return folder


def copied_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return this process's copy of a folder that is made once, for what others must not open at the same time."""
    copy = factory.mktemp(name) / name
    shutil.copytree(made_once(factory, name, make), copy, symlinks=True)
    return copy
