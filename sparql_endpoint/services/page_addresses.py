"""The addresses of pages: where on this host an IRI is described."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

_LINKED = ("http", "https")
_VOID = ".well-known/void"
"""A page whose fragments are there whatever the data declares."""
_CHANGED_ON_THE_WAY = re.compile(r"^/|\?|//|(?:^|/)(?:\.|%2[eE]){1,2}(?:/|$)")
"""Paths that browsers or servers read as others: of another host, with a query, with empty or dotted segments."""

_READ_AS_CHARACTERS = re.compile(r"%[89A-Fa-f][0-9A-Fa-f]|%.*[^\x00-\x7f]|[^\x00-\x7f].*%")
"""Paths with escapes of what is not ASCII, which an address cannot tell from the characters themselves."""


@dataclass(frozen=True)
class PageAddresses:
    """Makes addresses for IRIs: those below `base` are served here under their own path."""

    base: str
    root: str = ""
    """The path below which this application is mounted."""
    language: str = ""
    """The language that links go on asking for by `?lang=`; empty where they leave it to the browser."""
    namespaces: Collection[str] = ()
    """The namespaces whose terms stand on the page of their document, each at its own fragment."""

    def own_page(self, iri: str) -> str:
        """Return the address of the page here that describes an IRI of any host."""
        language = f"&lang={self.language}" if self.language else ""
        return f"{self.root}/resource?iri={quote(iri, safe='')}{language}"

    def link(self, iri: str) -> str | None:
        """Return where a link to an IRI goes: to its path here, or to itself where it is of another host of the web."""
        if not iri.startswith(self.base):
            return iri if urlsplit(iri).scheme.lower() in _LINKED else None
        path, mark, fragment = iri.removeprefix(self.base).partition("#")
        if _CHANGED_ON_THE_WAY.search(path) or _READ_AS_CHARACTERS.search(path):
            return self.own_page(iri)
        if fragment and path != _VOID and f"{self.base}{path}#" not in self.namespaces:
            return self.own_page(iri)
        language = f"?lang={self.language}" if self.language else ""
        return f"{self.root}/{path}{language}{mark}{fragment}"
