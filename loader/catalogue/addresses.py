"""Where a release and the services are: all below the address of one site."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import URIRef

from loader.namespaces import BASE


@dataclass(frozen=True)
class Addresses:
    """The addresses of a site that serves nbkg; `site` ends in a slash."""

    site: str = BASE

    def __post_init__(self) -> None:
        if not self.site.endswith("/"):
            object.__setattr__(self, "site", f"{self.site}/")

    @property
    def sparql(self) -> URIRef:
        """Of the SPARQL endpoint."""
        return URIRef(f"{self.site}sparql")

    @property
    def void(self) -> URIRef:
        """Of the description that the server gives."""
        return URIRef(f"{self.site}.well-known/void")

    @property
    def home(self) -> URIRef:
        """Of the first page."""
        return URIRef(self.site)

    def release(self, version: str, path: str = "") -> URIRef:
        """Of a file of a release, or of its folder."""
        return URIRef(f"{self.site}dumps/{version}/{path}")
