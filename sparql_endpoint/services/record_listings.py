"""The listing of the store of records that the server was given, kept up to date while it serves."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from flask import current_app

from nbkg.errors import NbkgError, StoreUnavailableError
from nbkg.records.listing.listing_file import FILE
from nbkg.records.listing.listing_update import update_listing
from nbkg.records.listing.record_listing import RecordListing, open_record_listing
from nbkg.records.store.record_folder import LOG
from sparql_endpoint.errors import NotFoundError

_LOG = logging.getLogger(__name__)
_NAME = "sparql_endpoint.record_listings"
_SECONDS = 1.0
"""Seconds after which it is looked again whether the store of records changed."""
_SMALL = 1 << 20
"""Bytes by which the records have grown that are taken in while a request waits: about two seconds of work."""


class ListingNotReadyError(StoreUnavailableError):
    """The listing is being made."""

    status = 503
    title = "The listing is being made"
    headers = {"Retry-After": "30"}  # noqa: RUF012  # as its base has it


@dataclass
class ListingKeeper:
    """Keeps the listing of one store of records up to date."""

    folder: Path
    _sizes: dict[str, int] = field(default_factory=dict)
    """The sizes of the sources' files as the listing knows them."""
    _looked: float = float("-inf")
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _worker: threading.Thread | None = None

    @contextmanager
    def open(self) -> Iterator[RecordListing]:
        """Open the listing. Raises ListingNotReadyError while it is made for the first time, ListingTooSlowError."""
        self._look()
        with open_record_listing(self.folder) as listing:
            if listing is None:
                raise ListingNotReadyError("the listing of records is being made; try again in half a minute")
            yield listing

    def _look(self) -> None:
        """Take in what is new: at once where it is little, else in a thread while the listing serves as it is."""
        with self._lock:
            if time.monotonic() - self._looked < _SECONDS:
                return
            self._looked = time.monotonic()
            sizes = {file.parent.name: file.stat().st_size for file in self.folder.glob(f"*/{LOG}")}
            grown = sum(size - self._sizes.get(name, 0) for name, size in sizes.items())
            if sizes == self._sizes and (self.folder / FILE).is_file():
                return
            if grown <= _SMALL and self._worker is None:
                self._update(sizes)
            elif self._worker is None:
                self._worker = threading.Thread(target=self._work, args=(sizes,), name="listing", daemon=True)
                self._worker.start()

    def _work(self, sizes: dict[str, int]) -> None:
        try:
            self._update(sizes)
        finally:
            self._worker = None

    def _update(self, sizes: dict[str, int]) -> None:
        try:
            report = update_listing(self.folder)
        except (NbkgError, OSError) as error:  # the listing serves as it was; the next look tries again
            _LOG.error("%s: the listing of records could not be brought up to date: %s", self.folder, error)
            return
        if report is not None:
            self._sizes = sizes
            for problem in report.problems:
                _LOG.warning("not given out: %s", problem)


def records_folder(setting: str, store: str) -> Path | None:
    """Return the folder of the store of records: that of the setting, else `records` beside the folder of the store."""
    if setting:
        return Path(setting)
    if not store or "://" in store or store == "memory:":
        return None
    sibling = Path(store).parent / "records"
    return sibling if sibling.is_dir() else None


def listing_keeper() -> ListingKeeper:
    """Return the keeper of the application's listing. Raises NotFoundError where it serves no records."""
    keeper: ListingKeeper | None = current_app.extensions.get(_NAME)
    if keeper is None:
        raise NotFoundError("this server was given no store of records (--records)")
    return keeper


def install_listings(folder: Path | None) -> None:
    """Have the current application serve the records of a folder."""
    if folder is not None:
        current_app.extensions[_NAME] = ListingKeeper(folder)
