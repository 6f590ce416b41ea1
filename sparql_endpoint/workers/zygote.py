"""A process that has read all code and forks the others: a new one of those takes milliseconds then.

Many may have to be replaced at once, where a limit ends them; to start an interpreter for each takes a processor for
seconds. The children become those of the process that asked (PR_SET_CHILD_SUBREAPER of prctl(2)), so that it can wait
for them. On Linux only; elsewhere each is started by itself.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NoReturn, Protocol

from sparql_endpoint.workers import allocator
from sparql_endpoint.workers.processes import adopt, die_with_parent

ROLE = "zygote"
_MODULE = "sparql_endpoint.workers"
_NUMBER = struct.Struct("<i")
_LARGEST = 1 << 16
"""Bytes of the arguments of a process."""
_A_WHILE = 0.0002


class Child(Protocol):
    """A process: what `subprocess.Popen` has of it."""

    pid: int

    def poll(self) -> int | None: ...  # noqa: D102

    def kill(self) -> None: ...  # noqa: D102

    def wait(self) -> int: ...  # noqa: D102


def start(end: socket.socket, arguments: Sequence[str]) -> Child:
    """A process of `sparql_endpoint.workers` at the other end of a socket, with arguments. Raises OSError."""
    if sys.platform != "linux":
        return _new(end, arguments)
    return _zygote.fork(end, arguments)


def _new(end: socket.socket, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    """One that is started by itself."""
    command = [sys.executable, "-m", _MODULE, str(end.fileno()), *arguments]
    return subprocess.Popen(  # noqa: S603  # our own module
        command, pass_fds=[end.fileno()], stdin=subprocess.DEVNULL, env=allocator.environment()
    )


class _Zygote:
    """The one of this process, started when it is first needed, and again should it have ended."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        atexit.register(self._end)

    def fork(self, end: socket.socket, arguments: Sequence[str]) -> Child:
        """A child at the other end of a socket. Raises OSError."""
        with self._lock:
            try:
                return self._forked(end, arguments)
            except OSError:  # it has just ended
                self._end()
                return self._forked(end, arguments)

    def _forked(self, end: socket.socket, arguments: Sequence[str]) -> Child:
        control = self._running()
        socket.send_fds(control, [json.dumps(arguments).encode()], [end.fileno()])
        told = control.recv(_NUMBER.size)
        if len(told) < _NUMBER.size:
            raise ConnectionError("the process that starts query processes has ended")
        return _Forked(_NUMBER.unpack(told)[0])

    def _end(self) -> None:
        if self._control is not None and self._process is not None:
            self._control.close()
            self._process.kill()
            self._process.wait()
        self._control = self._process = None

    def _running(self) -> socket.socket:
        if self._control is None or self._process is None or self._process.poll() is not None:
            self._end()
            adopt()
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with theirs:
                self._process = _new(theirs, [ROLE])
            self._control = ours
        return self._control


_zygote = _Zygote()


class _Forked:
    """A child that another process forked for us."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._lock = threading.Lock()
        self._status: int | None = None

    def poll(self) -> int | None:
        """Its exit status, None while it runs."""
        with self._lock:
            return self._waited(os.WNOHANG)

    def kill(self) -> None:
        """Ends it, where it has not ended."""
        with self._lock:
            if self._waited(os.WNOHANG) is None:
                os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        """Waits for its end: its exit status."""
        with suppress(ChildProcessError):
            os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOWAIT)
        return self.poll() or 0

    def _waited(self, how: int) -> int | None:
        if self._status is None:
            try:
                pid, status = os.waitpid(self.pid, how)
            except ChildProcessError:
                pid, status = self.pid, 0
            if pid:
                self._status = os.waitstatus_to_exitcode(status)
        return self._status


def serve(control: socket.socket, work: Callable[[list[str]], None]) -> None:
    """Forks a process for each message, which does its work with the arguments in it; until the other end is closed."""
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, _LARGEST, 1)
        if not message:
            return
        control.sendall(_NUMBER.pack(_forked(descriptors[0], json.loads(message), control, work)))
        os.close(descriptors[0])


def _forked(descriptor: int, arguments: list[str], control: socket.socket, work: Callable[[list[str]], None]) -> int:
    """The number of a process that is nobody's child, and thereby that of whoever adopts such."""
    reads, writes = os.pipe()
    between = os.fork()
    if not between:
        own = os.getpid()
        if child := os.fork():
            os.write(writes, _NUMBER.pack(child))
            os._exit(0)
        os.close(reads)
        os.close(writes)
        control.close()
        _work(own, [str(descriptor), *arguments], work)
    os.close(writes)
    os.waitpid(between, 0)
    with os.fdopen(reads, "rb") as pipe:
        return int(_NUMBER.unpack(pipe.read())[0])


def _work(parent: int, arguments: list[str], work: Callable[[list[str]], None]) -> NoReturn:
    status = 1
    try:
        while os.getppid() == parent:  # which is about to end
            time.sleep(_A_WHILE)
        die_with_parent()
        work(arguments)
        status = 0
    finally:
        os._exit(status)
