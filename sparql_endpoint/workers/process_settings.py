"""How a process of ours is set up: its end, its name, its share of the processor, its garbage collection."""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
from contextlib import suppress

_PR_SET_PDEATHSIG = 1
_PR_SET_NAME = 15
_NAME_BYTES = 15


def die_with_parent(parent: int = 0) -> None:
    """Have the system kill this process when its parent ends, however that ends; on Linux only (prctl(2)).

    `parent` is the number of the process that started this one, where it is known: it may have ended already.
    """
    if sys.platform != "linux":
        return
    parent = parent or os.getppid()
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before the call
        os.kill(os.getpid(), signal.SIGKILL)


def set_name(name: str) -> None:
    """Have the system show this process by a name, of which it takes 15 bytes; on Linux only."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_NAME, name.encode()[:_NAME_BYTES], 0, 0, 0)


def give_way(pid: int) -> bool:
    """Have the system take a process for one that computes; return False where it cannot.

    Such a process does not interrupt others when it wakes up, but gets the same share of time; one of a lower priority
    would wait for all else that the machine does (https://man7.org/linux/man-pages/man7/sched.7.html, SCHED_BATCH).
    """
    return _set_scheduler(pid, "SCHED_BATCH")


def restore(pid: int) -> bool:
    """Make a process that gave way as quick as it was; return False where that cannot be."""
    return _set_scheduler(pid, "SCHED_OTHER")


def _set_scheduler(pid: int, policy: str) -> bool:
    if sys.platform != "linux":
        return False
    with suppress(OSError):
        os.sched_setscheduler(pid, getattr(os, policy), os.sched_param(0))
        return True
    return False


def collect_seldom() -> None:
    """Leave what exists now out of all later garbage collections, and make these rarer.

    A request leaves hardly any cycles behind, and each collection takes as long as many requests do.
    """
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
