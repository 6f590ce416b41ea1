"""A release at an address: its files are fetched into a folder, as they are, and checked there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import urllib3

from loader.release.model import INDEX, SUMS, Release, read_release
from nbkg.errors import DataError, ServiceError

_BLOCK = 1 << 20
_MOST = 64 << 20
"""Bytes of an index or of check sums."""
Told = Callable[[int], object]
"""Is told how many more bytes came."""


class Site:
    """The folder of a release at an address."""

    def __init__(self, address: str) -> None:
        self._address = address if address.endswith("/") else f"{address}/"
        self._pool = urllib3.PoolManager(timeout=urllib3.Timeout(connect=10, read=60), retries=urllib3.Retry(3))

    def index(self, folder: Path) -> Release:
        """The index, which is put into the folder with the check sums. Raises ServiceError where it is not there."""
        for name in (INDEX, SUMS):
            if not self._get(name, folder / name, _MOST, lambda _: None):
                raise ServiceError(f"{self._address}{name}: is not there; is it the address of a release's folder?")
        return read_release((folder / INDEX).read_bytes())

    def fetch(self, path: str, folder: Path, size: int, told: Told) -> bool:
        """Puts a file into the folder; False where it is not there. What is longer than `size` is cut just after it."""
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        return self._get(path, folder / path, size + 1, told)

    def _get(self, path: str, to: Path, most: int, told: Told) -> bool:
        try:
            answer = self._pool.request(
                "GET",
                self._address + path,
                headers={"Accept-Encoding": "identity", "Accept": "*/*"},
                preload_content=False,
                decode_content=False,
            )
            if answer.status in {404, 410}:
                return False
            if answer.status != 200:
                raise ServiceError(f"{self._address}{path}: the server says {answer.status}")
            self._write(answer, to, most, told)
        except urllib3.exceptions.HTTPError as error:
            raise ServiceError(f"{self._address}{path}: cannot be fetched: {error}") from error
        return True

    @staticmethod
    def _write(answer: urllib3.BaseHTTPResponse, to: Path, most: int, told: Told) -> None:
        left = most
        with to.open("wb") as file:
            while left and (block := answer.read(min(_BLOCK, left), decode_content=False)):
                file.write(block)
                told(len(block))
                left -= len(block)
        if left:
            answer.release_conn()
        else:
            answer.close()


def paths(sums: bytes) -> dict[str, str]:
    """Path to SHA-256, from the content of `SHA256SUMS`. Raises DataError for what is none."""
    found = {}
    for number, line in enumerate(sums.decode(errors="replace").splitlines(), 1):
        digest, space, path = line.partition("  ")
        if not space or len(digest) != 64:
            raise DataError("is no check sum and path", file=SUMS, line=number)
        found[path] = digest
    return found
