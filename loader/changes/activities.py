"""What changed, for machines: ActivityStreams 2, as the Entity Metadata Management API has it.

https://www.w3.org/TR/activitystreams-core/, https://emm-spec.org/1.0/

The newest page comes first, and each leads to the next older one, over all releases: a page that is once written stays
as it is. A release's own collection is `activities.jsonld` beside its pages; a feed joins those of all releases.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

MEDIA_TYPE = "application/activity+json"
PAGE_SIZE = 1000
"""Activities on a page."""
CONTEXT = ("https://www.w3.org/ns/activitystreams", "https://emm-spec.org/1.0/context.json")
_SUMMARIES = {"Create": "New", "Update": "Changed", "Deprecate": "Deprecated", "Delete": "Removed"}


@dataclass(frozen=True)
class ActivityAddresses:
    """The addresses at which the activities between two releases will be published."""

    folder: str
    """The folder of the changes between the two releases, with `/` at its end."""
    feed: str
    """The collection of all releases' activities."""
    issued: str
    """The date of the later release."""
    older: str = ""
    """The first page of the release before."""

    @property
    def published(self) -> str:
        """Return the release's date as xsd:dateTime."""
        return f"{self.issued}T00:00:00Z"

    def page(self, number: int) -> str:
        """Return the address of a page, counted from 1."""
        return f"{self.folder}{page_name(number)}"


def page_name(number: int) -> str:
    """Return the path of a page below the folder of changes."""
    return f"activities/{number}.jsonld"


def activity(kind: str, iri: str, classes: Sequence[str], addresses: ActivityAddresses) -> dict[str, Any]:
    """Return the activity of one resource that was created, updated, deprecated or deleted."""
    resource: dict[str, Any] = {"id": iri}
    if classes:
        resource["type"] = classes[0] if len(classes) == 1 else list(classes)
    resource["updated"] = addresses.published
    summary = f"{_SUMMARIES[kind]}: {iri}"
    return {"type": kind, "summary": summary, "published": addresses.published, "object": resource}


@dataclass
class ActivityPages:
    """Puts activities on pages; `total` and `count` are afterwards the numbers of activities and of pages."""

    addresses: ActivityAddresses
    total: int = 0
    count: int = 0
    _held: list[dict[str, Any]] = field(default_factory=list)

    def serialize(self, activities: Iterable[dict[str, Any]]) -> Iterator[tuple[str, bytes]]:
        """Yield the pages' paths and contents, at least one; a page waits until it is known whether another follows."""
        for one in activities:
            if len(self._held) == PAGE_SIZE:
                yield self._page(more=True)
            self._held.append(one)
            self.total += 1
        yield self._page(more=False)

    def _page(self, *, more: bool) -> tuple[str, bytes]:
        self.count += 1
        number, addresses = self.count, self.addresses
        page: dict[str, Any] = {
            "@context": list(CONTEXT),
            "type": "OrderedCollectionPage",
            "id": addresses.page(number),
        }
        page["partOf"] = {"type": "OrderedCollection", "id": addresses.feed}
        if number > 1:
            page["prev"] = _link(addresses.page(number - 1))
        if following := addresses.page(number + 1) if more else addresses.older:
            page["next"] = _link(following)
        page |= {"totalItems": len(self._held), "orderedItems": self._held}
        self._held = []
        return page_name(number), serialize_document(page)

    def collection(self, summary: str) -> dict[str, Any]:
        """Return the collection of the pages so far."""
        first = self.addresses.page(1) if self.count else ""
        address = f"{self.addresses.folder}activities.jsonld"
        return collection(address, summary, (first, self.addresses.page(self.count)), self.total)


def collection(address: str, summary: str, ends: tuple[str, str], total: int) -> dict[str, Any]:
    """Return a collection; `ends` are its first and its last page."""
    about = {"@context": list(CONTEXT), "type": "OrderedCollection", "id": address, "summary": summary}
    return {**about, "first": _link(ends[0]), "last": _link(ends[1]), "totalItems": total}


def _link(address: str) -> dict[str, str]:
    return {"type": "OrderedCollectionPage", "id": address}


def serialize_document(document: dict[str, Any]) -> bytes:
    """Return a document as it is written."""
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
