"""Answers that pass through: block by block, and the last block only once the answer is known to be whole."""

from __future__ import annotations

from collections.abc import Iterable

from sparql_endpoint.errors import BadGatewayError, QueryTooLargeError, QueryTooSlowError
from sparql_endpoint.http.formats import Format
from sparql_endpoint.stores.remote.completeness import check
from sparql_endpoint.stores.remote.transport import Answer
from sparql_endpoint.stores.remote.upstream_errors import refused

_BLOCK = 1 << 16
_TOLD = 300
_SHOWN = 60
"""Bytes of the end of a broken answer that are shown."""


def passed(answer: Answer, form: Format, largest: int | None = None) -> Iterable[bytes]:
    """Its blocks: a list where two hold it all, else an iterator that is to be closed.

    Raises NbkgError here or, of what comes later, at the block: where the server refused, gave another format or a
    part of the answer, where it breaks off or has no end, and above `largest` bytes.
    """
    try:
        _accept(answer, form)
        blocks = _Blocks(answer, form, largest)
        held = [blocks.read(), blocks.read()]
    except BaseException:
        answer.close()
        raise
    if not held[1]:
        return [held[0]]
    blocks.held = held
    return blocks


def _accept(answer: Answer, form: Format) -> None:
    refuse_part(answer)
    if answer.status != 200:
        raise refused(answer)
    given = answer.headers.get("Content-Type", "")
    media_type = given.partition(";")[0].strip().lower()
    if media_type not in form.media_types:
        told = f"the server behind was asked for {form.media_type} and gave {given[:_TOLD] or 'no type'}"
        raise BadGatewayError(told)
    if answer.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise BadGatewayError("the server behind encodes its answer, which was not asked for")


def refuse_part(answer: Answer) -> None:
    """Virtuoso gives what it found in its time, or as many rows as it gives at most, with 200 or 206 and a header.

    Raises QueryTooSlowError or BadGatewayError for such a part.
    """
    state = answer.headers.get("X-SQL-State", "")
    if state in ("S1TAT", "S1T00"):
        raise QueryTooSlowError("the server behind ended the query before it was done", answer.seconds)
    if state:
        told = answer.headers.get("X-SQL-Message", "")[:_TOLD]
        raise BadGatewayError(f"the server behind failed with {state}: {told}")
    if rows := answer.headers.get("X-SPARQL-MaxRows"):
        raise BadGatewayError(
            f"the server behind gives {rows[:20]} rows at most, and there may be more; ask with LIMIT"
        )
    if answer.status == 206:
        raise BadGatewayError("the server behind gave a part of the answer")


class _Blocks:
    """The blocks of an answer, two of them held back."""

    def __init__(self, answer: Answer, form: Format, largest: int | None) -> None:
        self._answer = answer
        self._form = form
        self._check = check(form)
        self._largest = largest
        self._size = 0
        self._last = b""
        self.held: list[bytes] = []

    def __iter__(self) -> _Blocks:
        return self

    def __next__(self) -> bytes:
        if not self.held:
            raise StopIteration
        block = self.held.pop(0)
        if self.held:
            try:
                following = self.read()
            except BaseException:
                self.close()
                raise
            if following:
                self.held.append(following)
        return block

    def read(self) -> bytes:
        """The next block from the server; none at the end of what was found to be whole."""
        block = self._answer.read(_BLOCK)
        self._size += len(block)
        if self._largest is not None and self._size > self._largest:
            raise QueryTooLargeError(f"the answer is larger than {self._largest} bytes; ask for less")
        if block:
            self._check.see(block)
            self._last = block[-_SHOWN:]
        elif not self._check.is_whole():
            ends = " ".join(self._last.decode("utf-8", "replace").split())
            raise BadGatewayError(f"the server behind gave no whole {self._form.media_type}; it ends in “{ends}”")
        return block

    def close(self) -> None:
        """Ends the connection; WSGI servers call it when the client has gone."""
        self.held = []
        self._answer.close()
