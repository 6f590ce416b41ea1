"""Breaks a connection off in the middle of an answer, so that no client takes a part for the whole."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from pathlib import Path

_DESCRIPTORS = Path("/proc/self/fd")


def break_off(client: str) -> bool:
    """Shuts the connection of this process with a client, given as `host:port`; False where none is found.

    What was sent stays sent, but the answer's last chunk (RFC 9112 section 7.1) never comes: section 8 has the client
    take the answer for incomplete.
    """
    host, _, port = client.rpartition(":")
    peer = (host.strip("[]"), port)
    found = [_shut(int(entry), peer) for entry in os.listdir(_DESCRIPTORS)]  # noqa: PTH208  # names only
    return any(found)


def _shut(descriptor: int, peer: tuple[str, str]) -> bool:
    with suppress(OSError):
        copy = os.dup(descriptor)
        try:
            connection = socket.socket(fileno=copy)
        except OSError:
            os.close(copy)
            return False
        with connection:
            name = connection.getpeername()
            if isinstance(name, tuple) and (name[0], str(name[1])) == peer:
                connection.shutdown(socket.SHUT_RDWR)
                return True
    return False
