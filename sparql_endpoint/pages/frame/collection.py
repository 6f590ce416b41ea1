"""The page of a list, for programs too: its items and its other formats as links, and the list in schema.org's words.

FAIR Signposting, https://signposting.org/FAIR/; https://schema.org/ItemList
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import Response, g, request

from sparql_endpoint.http.formats import GRAPHS, HTML, Format
from sparql_endpoint.pages.frame.page import page
from sparql_endpoint.pages.frame.signposting import Link, header
from sparql_endpoint.services.labels import Label

_PAGE = "https://schema.org/CollectionPage"
_LARGEST = 3000
"""Bytes of links: proxies take 4 kB of headers. A longer list tells its items only in its text and JSON-LD."""


@dataclass(frozen=True)
class Collection:
    """What a page lists, and the addresses of the same in other formats."""

    name: str
    things: Sequence[Label]
    """Each with its IRI as `title`."""
    documents: Mapping[str, Format]

    def page(self, template: str, /, status: int = 200, scripts: Sequence[str] = (), **said: object) -> Response:
        """The page that a template makes of it; one that tells of an error is no list. Raises NotAcceptableError."""
        if status != HTTPStatus.OK:
            return page(template, status, scripts, **said)
        g.structured = self.structured
        answer = page(template, status, scripts, **said)
        answer.headers.add("Link", header(self.links()))
        return answer

    def structured(self) -> Mapping[str, object]:
        """The list as an ItemList."""
        items = [
            {"@type": "ListItem", "position": place, "item": {"@id": thing.title, "name": _text(thing)}}
            for place, thing in enumerate(self.things, 1)
        ]
        told = {"name": self.name, "url": request.url, "numberOfItems": len(items), "itemListElement": items}
        return {"@context": "https://schema.org/", "@type": "ItemList", **told}

    def links(self) -> list[Link]:
        """The links; those to items where all of them fit."""
        items = [Link(thing.title, "item") for thing in self.things if thing.title]
        others = [Link(_PAGE, "type"), *self._documents()]
        return [*others, *items] if len(header([*others, *items])) <= _LARGEST else others

    def _documents(self) -> Iterator[Link]:
        for address, form in self.documents.items():
            if form is not HTML:
                yield Link(address, "alternate", form.media_type)
            if form in GRAPHS:
                yield Link(address, "describedby", form.media_type)


def _text(thing: Label) -> object:
    return {"@value": thing.text, "@language": thing.language} if thing.language else thing.text
