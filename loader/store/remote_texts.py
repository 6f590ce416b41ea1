"""Reads the texts of a store on another server by SPARQL, a page at a time, and goes on where it was interrupted.

https://www.w3.org/TR/sparql11-protocol/#query-via-post-urlencoded
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox

from loader.queries import query
from nbkg.errors import HttpClientError, ServiceError, UsageError
from nbkg.http_client.client import Client, ClientSettings, Request, Response, parse_address
from nbkg.matching.roles import read_roles
from nbkg.rdf import solutions
from nbkg.rdf.solutions import Row, iri_value, text
from nbkg.storage.atomic_replace import replace_file
from nbkg.text_index.folder import State, counts_query

PAGE_SIZE = 50_000
"""Rows that are asked for at a time; a server that gives fewer is asked for the rest."""
_SECONDS = 600.0
_RETRIES = 5
_BLOCK = 1 << 20
FACT = b"="
"""What stands before the property of a value that is no text."""
_JSON = "application/sparql-results+json"

Advance = Callable[[int, int], object]
"""A function that takes how many texts were read, and of how many."""


class RemoteTexts:
    """The texts of the store whose queries an address takes."""

    def __init__(self, address: str) -> None:
        self._address = parse_address(address)
        self.url = self._address.url
        self._client = Client(ClientSettings(_SECONDS, retries=_RETRIES, headers=self._address.authorization))
        self.close = self._client.close

    def state(self) -> State:
        """Return the present state. Raises ServiceError or UsageError, as all methods."""
        return State.read(self._select(counts_query(), is_whole=True))

    def read(self, state: State, folder: Path, advance: Advance) -> Path:
        """Return a file of lines, each with a resource, a property, a text as JSON and its language, parted by tabs.

        The folder holds the lines and how far they go, so that another call goes on there as long as the state is
        the same.
        """
        folder.mkdir(parents=True, exist_ok=True)
        lines, bookmark = folder / "lines", _Bookmark(folder / "progress.json", self.url, state)
        total = sum(state.counts.values())
        with lines.open("r+b" if bookmark.size and lines.is_file() else "wb") as stream:
            stream.truncate(bookmark.size)
            stream.seek(bookmark.size)
            for prop, count in list(state.counts.items())[bookmark.property :]:
                while bookmark.offset < count:
                    advance(bookmark.rows, total)
                    page = self._page("texts", prop, bookmark.offset)
                    if not page:
                        problem = f"gave {bookmark.offset} of {count} texts of <{prop}>; the data may have changed"
                        raise ServiceError(f"{self.url}: {problem}; the same command begins anew")
                    stream.writelines(page)
                    stream.flush()
                    bookmark.advance(len(page), stream.tell())
                bookmark.end_property()
            for prop in sorted(read_roles().by_property):
                stream.writelines(self._facts(prop))  # after an interruption they are read again
        advance(total, total)
        return lines

    def _facts(self, prop: str) -> Iterator[bytes]:
        """Yield the lines of values that are no texts; their property has a mark before it."""
        offset = 0
        while page := self._page("facts", prop, offset):
            offset += len(page)
            yield from (line.replace(b"\t", b"\t" + FACT, 1) for line in page)

    def _page(self, name: str, prop: str, offset: int) -> Sequence[bytes]:
        bound = query(f"index/{name}").replace("WHERE {", f"WHERE {{ VALUES ?property {{ {ox.NamedNode(prop)} }}", 1)
        rows = self._select(f"{bound} LIMIT {PAGE_SIZE} OFFSET {offset}")
        return [_line(row, prop) for row in rows]

    def _select(self, text: str, *, is_whole: bool = False) -> Iterator[Row]:
        """Send a query as a form: Virtuoso 7.2.5 never answers one that is the body itself."""
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": _JSON}
        body = urlencode({"query": text}).encode()
        try:
            with closing(self._client.send(Request("POST", self.url, headers, body))) as response:
                body = b"".join(iter(lambda: response.read(_BLOCK), b""))
        except HttpClientError as error:
            raise ServiceError(f"{self.url}: {error}; the same command continues where it stopped") from error
        if response.status != 200:
            raise _refusal(self.url, response, body)
        _check_not_partial(self.url, response, is_whole=is_whole)
        try:
            yield from solutions.rows(ox.parse_query_results(body, ox.QueryResultsFormat.JSON))
        except (SyntaxError, ValueError, TypeError) as error:
            raise ServiceError(f"{self.url}: its answer is not SPARQL results in JSON: {error}") from error


def _line(row: Row, prop: str) -> bytes:
    value = row["text"]
    language = value.language or "" if isinstance(value, ox.Literal) else ""
    return f"{iri_value(row, 'subject')}\t{prop}\t{json.dumps(text(row, 'text'))}\t{language}\n".encode()


def _refusal(url: str, response: Response, body: bytes) -> ServiceError | UsageError:
    message = " ".join(body[:300].decode("utf-8", "replace").split())
    kind = UsageError if 400 <= response.status < 500 else ServiceError
    return kind(f"{url}: answered {response.status} {response.reason}: {message}")


def _check_not_partial(url: str, response: Response, *, is_whole: bool) -> None:
    """Raise ServiceError where Virtuoso ended a query early, and where a whole answer lacks rows.

    http://docs.openlinksw.com/virtuoso/rdfsparql/ (X-SQL-State, X-SPARQL-MaxRows)
    """
    if state := response.headers.get("X-SQL-State"):
        raise ServiceError(f"{url}: ended the query before it was done ({state}); allow it more time")
    if is_whole and (rows := response.headers.get("X-SPARQL-MaxRows")):
        raise ServiceError(f"{url}: sends {rows} rows at most, and has more properties; raise ResultSetMaxRows")


class _Bookmark:
    """How far the lines go; kept in a file after each page."""

    def __init__(self, file: Path, url: str, state: State) -> None:
        self._file = file
        self._of = {"address": url, "state": state.digest}
        known = json.loads(file.read_bytes()) if file.is_file() else {}
        is_same = {name: known.get(name) for name in self._of} == self._of
        at: tuple[int, int, int, int] = known["at"] if is_same else (0, 0, 0, 0)
        self.property, self.offset, self.rows, self.size = at

    def advance(self, rows: int, size: int) -> None:
        """Note that so many more rows were written, which end at a byte of the file."""
        self.offset, self.rows, self.size = self.offset + rows, self.rows + rows, size
        self._write()

    def end_property(self) -> None:
        """Note that the next property comes."""
        self.property, self.offset = self.property + 1, 0
        self._write()

    def _write(self) -> None:
        at = (self.property, self.offset, self.rows, self.size)
        replace_file(self._file, json.dumps({**self._of, "at": at}).encode())
