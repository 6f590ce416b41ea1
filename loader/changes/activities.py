"""What changed, for machines: ActivityStreams 2, as the Entity Metadata Management API has it.

https://www.w3.org/TR/activitystreams-core/, https://emm-spec.org/1.0/

The newest page comes first, and each leads to the next older one, over all releases: a page that is once written stays
as it is. A release's own collection is `activities.jsonld` beside its pages; `feed` joins those of all releases.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

MEDIA_TYPE = "application/activity+json"
PAGE = 1000
"""Activities on a page."""
CONTEXT = ("https://www.w3.org/ns/activitystreams", "https://emm-spec.org/1.0/context.json")
_SAYS = {"Create": "New", "Update": "Changed", "Deprecate": "Deprecated", "Delete": "Removed"}


@dataclass(frozen=True)
class Place:
    """Where the activities of one step will be found."""

    address: str
    """Of the folder of the step's changes, with `/` at its end."""
    feed: str
    """Of the collection of all releases' activities."""
    issued: str
    """The date of the release."""
    older: str = ""
    """The first page of the step before."""

    @property
    def published(self) -> str:
        """The release's date as xsd:dateTime."""
        return f"{self.issued}T00:00:00Z"

    def page(self, number: int) -> str:
        """The address of a page, counted from 1."""
        return f"{self.address}{name(number)}"


def name(number: int) -> str:
    """The path of a page below the folder of changes."""
    return f"activities/{number}.jsonld"


def activity(what: str, iri: str, classes: Sequence[str], place: Place) -> dict[str, Any]:
    """One thing that was made, changed or removed."""
    about: dict[str, Any] = {"id": iri}
    if classes:
        about["type"] = classes[0] if len(classes) == 1 else list(classes)
    about["updated"] = place.published
    return {"type": what, "summary": f"{_SAYS[what]}: {iri}", "published": place.published, "object": about}


@dataclass
class Pages:
    """Puts activities on pages; `total` and `count` tell afterwards how many there were."""

    place: Place
    total: int = 0
    count: int = 0
    _held: list[dict[str, Any]] = field(default_factory=list)

    def of(self, activities: Iterable[dict[str, Any]]) -> Iterator[tuple[str, bytes]]:
        """The pages' paths and contents, at least one; a page is held until it is known whether another follows."""
        for one in activities:
            if len(self._held) == PAGE:
                yield self._page(more=True)
            self._held.append(one)
            self.total += 1
        yield self._page(more=False)

    def _page(self, *, more: bool) -> tuple[str, bytes]:
        self.count += 1
        number, place = self.count, self.place
        found: dict[str, Any] = {"@context": list(CONTEXT), "type": "OrderedCollectionPage", "id": place.page(number)}
        found["partOf"] = {"type": "OrderedCollection", "id": place.feed}
        if number > 1:
            found["prev"] = _link(place.page(number - 1))
        if following := place.page(number + 1) if more else place.older:
            found["next"] = _link(following)
        found |= {"totalItems": len(self._held), "orderedItems": self._held}
        self._held = []
        return name(number), written(found)

    def collection(self, summary: str) -> dict[str, Any]:
        """The collection of the pages so far."""
        first = self.place.page(1) if self.count else ""
        return collection(
            f"{self.place.address}activities.jsonld", summary, (first, self.place.page(self.count)), self.total
        )


def collection(address: str, summary: str, ends: tuple[str, str], total: int) -> dict[str, Any]:
    """A collection; `ends` are its first and its last page."""
    found: dict[str, Any] = {"@context": list(CONTEXT), "type": "OrderedCollection", "id": address, "summary": summary}
    return {**found, "first": _link(ends[0]), "last": _link(ends[1]), "totalItems": total}


def _link(address: str) -> dict[str, str]:
    return {"type": "OrderedCollectionPage", "id": address}


def written(document: dict[str, Any]) -> bytes:
    """A document as it is written."""
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
