"""A list that a provider gives out page by page, as any protocol reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

Cursor = Mapping[str, str | int]
"""What the next page is asked with: it is kept on disk, so that another process can go on with it."""


class DeletionPolicy(StrEnum):
    """How a provider treats deleted records (https://www.openarchives.org/OAI/openarchivesprotocol.html#DeletedRecords)."""

    NO = "no"
    TRANSIENT = "transient"
    PERSISTENT = "persistent"


@dataclass(frozen=True)
class ItemHeader:
    """What a list says of a record besides its content."""

    identifier: str
    datestamp: str = ""
    """When the record changed, as the provider writes it."""
    is_deleted: bool = False
    sets: tuple[str, ...] = ()
    is_oai: bool = False
    """Whether the identifier is one of OAI-PMH, by which the store of records knows a record too."""


@dataclass(frozen=True)
class ListItem:
    """One record of a page."""

    header: ItemHeader
    content: bytes = b""
    """The XML of the record in an element that declares all its namespaces; empty where there is none."""
    fault: str = ""
    """Why the record cannot be read, where the page itself could."""


@dataclass(frozen=True)
class ListPage:
    """One page of a list."""

    items: tuple[ListItem, ...]
    response_date: str = ""
    """When the provider answered, as it writes it."""
    following: Cursor | None = None
    """What the next page is asked with; None at the end of the list."""
    size: int | None = None
    """How many records the whole list has, where the provider says it."""
    is_size_exact: bool = False
    """Whether a list with fewer records lacks some."""
    is_nothing: bool = False
    """Whether the provider says that no record matches."""
    notes: tuple[str, ...] = ()
    """What was odd about the answer and did not stop it from being read."""


@dataclass(frozen=True)
class ListStart:
    """How a list begins."""

    cursor: Cursor
    deletions: DeletionPolicy
    is_increment: bool
    """Whether the list has only what changed."""
    notes: tuple[str, ...] = ()


class ListReader(Protocol):
    """Reads lists by one protocol."""

    def start(self, since: str) -> ListStart:
        """Return how a list begins: of all records, or of those that changed since a time in UTC.

        Raises ServiceError for a provider out of reach, ProviderError for one that answers with something else.
        """

    def read(self, cursor: Cursor) -> ListPage:
        """Return a page. Raises the errors of `start`, and ListExpiredError where the list must be begun again."""

    def close(self) -> None:
        """Close the connections."""
