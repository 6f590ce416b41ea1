"""The table of openers: what turns the address of a source into bytes. A new opener is one module and one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from loader.sources.refused_documents import refuse_borrowers
from loader.sources.source import Document, Source

Opener = Callable[[Source], Iterator[Document]]
"""Yields the documents of a source, one at a time: a document is closed when the next one is asked for.

Raises UsageError for an address that names nothing, ServiceError for a server that cannot be reached or refuses.
"""


def _file() -> Opener:
    from loader.sources.file_opener import open_file  # noqa: PLC0415  an opener is imported when it is first used

    return open_file


def _http() -> Opener:
    from loader.sources.http_opener import open_http  # noqa: PLC0415  an opener is imported when it is first used

    return open_http


def _stored() -> Opener:
    from loader.sources.stored_records import open_stored_records  # noqa: PLC0415  an opener is imported when it is used

    return open_stored_records


OPENERS: dict[str, Callable[[], Opener]] = {
    "file": _file,
    "http": _http,
    "oai_pmh": _stored,
    "sru": _stored,
}
"""Name to a function that imports the opener."""

SCHEMES = {"http": "http", "https": "http"}
"""Scheme of an address to the opener that is used where the description names none."""


def open_source(source: Source) -> Iterator[Document]:
    """Yield the documents of a source.

    Raises CuratedError for an opener that is not in `OPENERS`, DataError for a document about borrowers or loans.
    """
    if source.opener not in OPENERS:
        known = ", ".join(sorted(OPENERS))
        raise source.error(f"there is no opener “{source.opener}”; choose one of {known}")
    yield from map(refuse_borrowers, OPENERS[source.opener]()(source))
