"""Identifiers of records: `oai:` host of the IRIs `:` path of the IRIs, source and key of the record.

They follow http://www.openarchives.org/OAI/2.0/guidelines-oai-identifier.htm and stay the same on whatever host serves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_DOMAIN = re.compile(r"[a-zA-Z][a-zA-Z0-9\-]*(\.[a-zA-Z][a-zA-Z0-9\-]*)+")


@dataclass(frozen=True)
class IdentifierScheme:
    """How the names of records become identifiers."""

    domain: str
    """The host of the IRIs, by which identifiers are unique in the world."""
    prefix: str
    """What stands before the name of a record."""

    @classmethod
    def of_base(cls, base: str) -> IdentifierScheme:
        """Return the scheme for the base of the IRIs of the data."""
        parts = urlsplit(base)
        domain = parts.hostname or ""
        path = parts.path.strip("/")
        domain = domain if _DOMAIN.fullmatch(domain) else "localhost.localdomain"
        return cls(domain, f"oai:{domain}:{path}/" if path else f"oai:{domain}:")

    def write(self, name: str) -> str:
        """Return the identifier of a record by its name in the listing."""
        return f"{self.prefix}{name}"

    def read(self, identifier: str) -> str:
        """Return the name of the record that an identifier may be of; empty where it is none of ours."""
        return identifier.removeprefix(self.prefix) if identifier.startswith(self.prefix) else ""
