"""Fetches the files of a release from an address into a folder, where they are checked."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from loader.meter import Advance
from loader.release.release_index import CHECKSUMS, INDEX, Release, read_release
from nbkg.errors import DataError, HttpClientError, ServiceError
from nbkg.http_client.client import Client, ClientSettings, Request

_BLOCK = 1 << 20
_LARGEST_INDEX = 64 << 20
"""Bytes of an index or of checksums."""


class RemoteRelease:
    """The folder of a release at an address."""

    def __init__(self, address: str) -> None:
        self._address = address if address.endswith("/") else f"{address}/"
        self._client = Client(ClientSettings(60, True, retries=3, redirects=3))
        self.close = self._client.close

    def fetch_index(self, folder: Path) -> Release:
        """Fetch the index and the checksums into the folder. Raises ServiceError where they do not exist."""
        for name in (INDEX, CHECKSUMS):
            if not self._get(name, folder / name, _LARGEST_INDEX, lambda _: None):
                raise ServiceError(f"{self._address}{name}: is not there; is it the address of a release's folder?")
        return read_release((folder / INDEX).read_bytes())

    def fetch(self, path: str, folder: Path, size: int, advance: Advance) -> bool:
        """Fetch a file into the folder, at most one byte more than `size`; return False where it does not exist."""
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        return self._get(path, folder / path, size + 1, advance)

    def _get(self, path: str, to: Path, most: int, advance: Advance) -> bool:
        try:
            with closing(self._client.send(Request("GET", self._address + path, {"Accept": "*/*"}))) as response:
                if response.status in {404, 410}:
                    return False
                if response.status != 200:
                    raise ServiceError(f"{self._address}{path}: the server answers {response.status}")
                with to.open("wb") as file:
                    while most and (block := response.read(min(_BLOCK, most))):
                        file.write(block)
                        advance(len(block))
                        most -= len(block)
        except HttpClientError as error:
            raise ServiceError(f"{self._address}{path}: cannot be fetched: {error}") from error
        return True


def parse_checksums(content: bytes) -> dict[str, str]:
    """Return path to SHA-256 from the content of `SHA256SUMS`. Raises DataError for a line that is no checksum."""
    checksums = {}
    for number, line in enumerate(content.decode(errors="replace").splitlines(), 1):
        digest, space, path = line.partition("  ")
        if not space or len(digest) != 64:
            raise DataError("is not a checksum and a path", file=CHECKSUMS, line=number)
        checksums[path] = digest
    return checksums
