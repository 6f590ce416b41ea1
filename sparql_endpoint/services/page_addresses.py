"""The addresses of pages: where on this host an IRI is described."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

_LINKED = ("http", "https")


@dataclass(frozen=True)
class PageAddresses:
    """Makes addresses for IRIs: those below `base` are served here under their own path."""

    base: str
    root: str = ""
    """The path below which this application is mounted."""
    language: str = ""
    """The language that links go on asking for by `?lang=`; empty where they leave it to the browser."""

    def own_page(self, iri: str) -> str:
        """Return the address of the page here that describes an IRI of any host."""
        language = f"&lang={self.language}" if self.language else ""
        return f"{self.root}/resource?iri={quote(iri, safe='')}{language}"

    def link(self, iri: str) -> str | None:
        """Return where a link to an IRI goes: to its path here, or to itself where it is of another host of the web."""
        if not iri.startswith(self.base):
            return iri if urlsplit(iri).scheme.lower() in _LINKED else None
        path, mark, fragment = iri.removeprefix(self.base).partition("#")
        if path.startswith("/") or "?" in path:  # //host would be another host, and a query is none of the path
            return self.own_page(iri)
        language = f"?lang={self.language}" if self.language else ""
        return f"{self.root}/{path}{language}{mark}{fragment}"
