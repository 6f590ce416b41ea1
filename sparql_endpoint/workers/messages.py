"""What the server and a worker send each other: a job one way, tagged blocks of bytes the other way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sparql_endpoint.formats import Format
from sparql_endpoint.stores.base import Question

BLOCK = 1 << 16
"""Bytes of an answer that are sent at a time, the last block aside."""

READY, DATA, END, ERROR = b"R", b"D", b"E", b"X"
"""The first byte of a worker's message: it waits for a job; a block; the answer is whole; a pickled error."""


@dataclass(frozen=True)
class Job:
    """One query and how to answer it."""

    question: Question
    form: Format
    prefixes: Mapping[str, str] | None
