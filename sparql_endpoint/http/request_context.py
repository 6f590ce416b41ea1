"""What a request and the server in front of the application tell each other beside HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from nbkg.errors import NbkgError

KEY = "nbkg.exchange"
"""Where the WSGI environment holds it."""


@dataclass(frozen=True)
class Span:
    """Bytes of a file: the first, and the one after the last."""

    file: str
    start: int
    end: int


@dataclass
class Exchange:
    """One request: what the server found wrong with it, and what the application found out while it answered."""

    refusal: NbkgError | None = None
    """An error to be told instead of an answer."""
    stable: bool = False
    """Whether the same request gives the same answer as long as the data is of the same version."""
    text: str = ""
    """The query or update."""
    span: Span | None = None
    """What is to be sent as the answer's body, by the server itself."""

    @property
    def query(self) -> str:
        """The hash by which the log tells of the query or update; empty where there is none."""
        if not self.text:
            return ""
        return sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def told(environ: Mapping[str, object]) -> Exchange | None:
    """That of a request where a server of ours stands in front."""
    found = environ.get(KEY)
    return found if isinstance(found, Exchange) else None


def of(environ: Mapping[str, object]) -> Exchange:
    """That of a request; a new one where no server of ours stands in front."""
    found = environ.get(KEY)
    return found if isinstance(found, Exchange) else Exchange()
