"""What processes are told of the system: when to end, how to share the processor, how often to look for garbage."""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
from contextlib import suppress

_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of prctl(2)."""
_NAME = 15
"""PR_SET_NAME."""
_ADOPT = 36
"""PR_SET_CHILD_SUBREAPER."""


def die_with_parent(parent: int = 0) -> None:
    """Has the system end this process when its parent ends, however that ends; on Linux only.

    `parent` is the number of the one that started it, where that is known: it may have ended already.
    """
    if sys.platform != "linux":
        return
    parent = parent or os.getppid()
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before we asked
        os.kill(os.getpid(), signal.SIGKILL)


def adopt() -> None:
    """Has processes below this one that lose their parent become children of it; on Linux only."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_ADOPT, 1)


def call(name: str) -> None:
    """Has the system show this process by a name, of which it takes 15 bytes; on Linux only."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_NAME, name.encode()[:15], 0, 0, 0)


def give_way(pid: int) -> bool:
    """Has the system take a process for one that computes; False where it cannot.

    Such a process does not interrupt others when it wakes up, but gets the same share of time; one of a lower priority
    would wait for all else that the machine does (https://man7.org/linux/man-pages/man7/sched.7.html, SCHED_BATCH).
    """
    return _scheduled(pid, "SCHED_BATCH")


def restore(pid: int) -> bool:
    """Makes a process that gave way as quick as it was; False where that cannot be."""
    return _scheduled(pid, "SCHED_OTHER")


def _scheduled(pid: int, policy: str) -> bool:
    if sys.platform != "linux":
        return False
    with suppress(OSError):
        os.sched_setscheduler(pid, getattr(os, policy), os.sched_param(0))
        return True
    return False


def collect_seldom() -> None:
    """Leaves what is there now out of all later searches for garbage, and has them made less often.

    A request leaves hardly any cycles behind, and each search takes as long as many requests do.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
