"""Resumption tokens: all that the next page of a list needs, so that the server remembers nothing.

A token names the last record by its time, source and number there, which stay the same in every version of the store
and on every server; it pins the end of the list, so that records that change meanwhile come at the next harvest and not
on a later page. A checksum tells a token that was cut or changed on its way.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import blake2s
from typing import NamedTuple

from sparql_endpoint.api.oai_pmh.oai_errors import OaiPmhError

_CHECKSUM = 6
_FORM = 1


class ListState(NamedTuple):
    """What a page of a list begins with."""

    verb: str
    prefix: str
    set: str
    until: int
    """The last second that counts: of a list without `until`, that of its first page."""
    size: int
    """How many records the list had when it began."""
    cursor: int = 0
    """How many of them came before this page."""
    stamp: int = 0
    """The time of the last one, or the first that counts."""
    source: str = ""
    record: int = -1
    """The number of the last one in its source."""


_TYPES = [str, str, str, int, int, int, int, str, int]


def write_token(state: ListState) -> str:
    """Return the token of the page that begins so."""
    content = json.dumps([_FORM, *state], separators=(",", ":")).encode()
    return urlsafe_b64encode(_checksum(content) + content).decode().rstrip("=")


def read_token(token: str, verb: str) -> ListState:
    """Return how the page of a token begins. Raises OaiPmhError where we gave no such token for this verb."""
    try:
        decoded = urlsafe_b64decode(token + "=" * (-len(token) % 4))
        content = decoded[_CHECKSUM:]
        form, *values = json.loads(content) if decoded[:_CHECKSUM] == _checksum(content) else [None]
        state = ListState(*values)
    except (ValueError, TypeError) as error:
        raise _bad() from error
    if form != _FORM or state.verb != verb or _types(state) != _TYPES or write_token(state) != token:
        raise _bad()
    return state


def _types(state: ListState) -> list[type]:
    return [type(value) for value in state]


def _checksum(content: bytes) -> bytes:
    return blake2s(content, digest_size=_CHECKSUM, person=b"nbkg-oai").digest()


def _bad() -> OaiPmhError:
    return OaiPmhError("badResumptionToken", "this server gave no such token for this verb; begin the list again")
