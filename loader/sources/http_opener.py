"""The opener `http`: a file behind an address, fetched to its end before anything is made of it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing

from loader.sources.source import Document, Source
from nbkg.errors import HttpClientError, ServiceError
from nbkg.http_client.client import Client, ClientSettings, Request, parse_address

_SETTINGS = ClientSettings(seconds=60, per_block=True, retries=3, redirects=5)
_BLOCK = 1 << 20


def open_http(source: Source) -> Iterator[Document]:
    """Yield the body of the response to GET as one document.

    Raises ServiceError where the server cannot be reached, answers with an error, or breaks off.
    """
    address = parse_address(source.address)
    with tempfile.TemporaryFile() as stream, closing(Client(_SETTINGS)) as client:
        try:
            with closing(client.send(Request("GET", address.url, address.authorization))) as response:
                if response.status != 200:
                    raise ServiceError(f"{address.url}: the server answered {response.status} for <{source.iri}>")
                while block := response.read(_BLOCK):
                    stream.write(block)
        except HttpClientError as error:
            raise ServiceError(f"{address.url}: cannot be fetched for <{source.iri}> ({error})") from error
        stream.seek(0)
        yield Document(address.url, stream)
