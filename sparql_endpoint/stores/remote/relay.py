"""Relays the upstream's responses block by block, and the last block only once a response is known to be complete."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sparql_endpoint.errors import BadGatewayError, QueryTooLargeError, QueryTooSlowError
from sparql_endpoint.http.charsets import is_part_of_utf_8, read_charset
from sparql_endpoint.http.formats import Format
from sparql_endpoint.stores.remote.completeness import completeness_check
from sparql_endpoint.stores.remote.transport import UpstreamResponse
from sparql_endpoint.stores.remote.upstream_errors import LONGEST_MESSAGE, upstream_error

_BLOCK = 1 << 16
_QUOTED_END = 60
"""Bytes of the end of an incomplete response that are quoted in the message."""


def relay(response: UpstreamResponse, form: Format, largest: int | None = None) -> Iterable[bytes]:
    """Return the blocks of a response: a list where two hold it all, else an iterator that must be closed.

    Raises NbkgError here or, for what comes later, at the block: where the upstream refused, answered in another format
    or only in part, where the response breaks off or has no end, and above `largest` bytes.
    """
    try:
        _check_header(response, form)
        blocks = _RelayedBlocks(response, form, largest)
        held = [blocks.read(), blocks.read()]
    except BaseException:
        response.close()
        raise
    if not held[1]:
        return [held[0]]
    blocks.held = held
    return blocks


def _check_header(response: UpstreamResponse, form: Format) -> None:
    check_not_partial(response)
    if response.status != 200:
        raise upstream_error(response)
    content_type = response.headers.get("Content-Type", "")
    if content_type.partition(";")[0].strip().lower() not in form.media_types:
        sent = content_type[:LONGEST_MESSAGE] or "no type"
        raise BadGatewayError(f"the upstream server was asked for {form.media_type} and sent {sent}")
    if not is_part_of_utf_8(charset := read_charset(content_type)):
        raise BadGatewayError(
            f"the upstream server sent its answer in the charset “{charset[:LONGEST_MESSAGE]}”; only UTF-8 is passed on"
        )
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise BadGatewayError("the upstream server encodes its answer, which was not asked for")


def check_not_partial(response: UpstreamResponse) -> None:
    """Raise QueryTooSlowError or BadGatewayError for a part of the results.

    Virtuoso sends what it found in its time, or as many rows as it sends at most, with 200 or 206 and a header field.
    """
    state = response.headers.get("X-SQL-State", "")
    if state in ("S1TAT", "S1T00"):
        raise QueryTooSlowError("the upstream server ended the query before it was done", response.seconds)
    if state:
        message = response.headers.get("X-SQL-Message", "")[:LONGEST_MESSAGE]
        raise BadGatewayError(f"the upstream server failed with {state}: {message}")
    if rows := response.headers.get("X-SPARQL-MaxRows"):
        raise BadGatewayError(
            f"the upstream server sends {rows[:20]} rows at most, and there may be more; ask with LIMIT"
        )
    if response.status == 206:
        raise BadGatewayError("the upstream server sent a part of the answer")


class _RelayedBlocks(Iterator[bytes]):
    """The blocks of a response, two of them held back."""

    def __init__(self, response: UpstreamResponse, form: Format, largest: int | None) -> None:
        self._response = response
        self._form = form
        self._check = completeness_check(form)
        self._largest = largest
        self._size = 0
        self._last = b""
        self.held: list[bytes] = []

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
        """Read the next block from the upstream; an empty one is the end of a complete response."""
        block = self._response.read(_BLOCK)
        self._size += len(block)
        if self._largest is not None and self._size > self._largest:
            raise QueryTooLargeError(f"the answer is larger than {self._largest} bytes; ask for less")
        if block:
            self._check.see(block)
            self._last = block[-_QUOTED_END:]
        elif not self._check.is_complete():
            ends = " ".join(self._last.decode("utf-8", "replace").split())
            raise BadGatewayError(f"the upstream server sent no complete {self._form.media_type}; it ends in “{ends}”")
        return block

    def close(self) -> None:
        """End the connection; WSGI servers call it when the client has gone."""
        self.held = []
        self._response.close()
