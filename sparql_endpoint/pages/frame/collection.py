"""The page of a list, for programs too: its items and its other formats as links, and the list in schema.org's words.

FAIR Signposting, https://signposting.org/FAIR/; https://schema.org/ItemList
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

from flask import Response, g, request

from sparql_endpoint.http.formats import GRAPHS, HTML, Format
from sparql_endpoint.pages.frame.page import page
from sparql_endpoint.pages.frame.signposting import Link, header
from sparql_endpoint.services.labels import Label

_PAGE = "https://schema.org/CollectionPage"
_MAX_HEADER = 3000
"""Bytes of links: proxies take 4 kB of headers. A longer list has its items only in its text and JSON-LD."""


@dataclass(frozen=True)
class Collection:
    """A list, and the addresses of the same in other formats."""

    name: str
    items: Sequence[Label]
    """Each with its IRI as `title`."""
    documents: Mapping[str, Format]
    wordings: Mapping[str, Label] = field(default_factory=dict)
    """By IRI what an item is called in its source's own words, where its label is a title that others gave it."""

    def page(self, template: str, /, status: int = 200, scripts: Sequence[str] = (), **view: object) -> Response:
        """Return the page that a template makes of the list, for programs too unless it has an error status."""
        if status != HTTPStatus.OK:
            return page(template, status, scripts, **view)
        g.json_ld = self.to_json_ld
        response = page(template, status, scripts, **view)
        response.headers.add("Link", header(self.links()))
        return response

    def to_json_ld(self) -> Mapping[str, object]:
        """Return the list as an ItemList."""
        elements = [
            {"@type": "ListItem", "position": position, "item": self._item(item)}
            for position, item in enumerate(self.items, 1)
        ]
        return {
            "@context": "https://schema.org/",
            "@type": "ItemList",
            "name": self.name,
            "url": request.url,
            "numberOfItems": len(elements),
            "itemListElement": elements,
        }

    def _item(self, item: Label) -> Mapping[str, object]:
        wording = self.wordings.get(item.title or "")
        if wording is None or wording.text == item.text:
            return {"@id": item.title, "name": _text(item)}
        return {"@id": item.title, "name": _text(wording), "alternateName": _text(item)}

    def links(self) -> list[Link]:
        """Return the links; those to items where all of them fit."""
        items = [Link(item.title, "item") for item in self.items if item.title]
        others = [Link(_PAGE, "type"), *self._documents()]
        return [*others, *items] if len(header([*others, *items])) <= _MAX_HEADER else others

    def _documents(self) -> Iterator[Link]:
        for address, form in self.documents.items():
            if form is not HTML:
                yield Link(address, "alternate", form.media_type)
            if form in GRAPHS:
                yield Link(address, "describedby", form.media_type)


def _text(label: Label) -> object:
    return {"@value": label.text, "@language": label.language} if label.language else label.text
