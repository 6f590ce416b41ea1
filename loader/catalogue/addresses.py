"""The addresses of a release and of the services, all below the address of one site."""

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

    def service(self, path: str) -> URIRef:
        """Return the address of a service, such as that of the SPARQL endpoint, `sparql`."""
        return URIRef(f"{self.site}{path}")

    @property
    def openapi(self) -> URIRef:
        """Return the address of the description of all addresses."""
        return URIRef(f"{self.site}openapi.json")

    @property
    def void(self) -> URIRef:
        """Return the address of the server's VoID description."""
        return URIRef(f"{self.site}.well-known/void")

    @property
    def home(self) -> URIRef:
        """Return the address of the first page."""
        return URIRef(self.site)

    def release(self, name: str, path: str = "") -> URIRef:
        """Return the address of a file of a release, or of its folder."""
        return URIRef(f"{self.site}dumps/{name}/{path}")
