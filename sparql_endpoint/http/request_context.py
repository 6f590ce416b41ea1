"""What the gateway and the handlers of a request tell each other beside HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

KEY = "nbkg.context"
"""The key in the ASGI scope that holds the context of a request."""
REFUSAL = "nbkg.refusal"
"""The key in the ASGI scope that holds the error of a request whose head could not be read."""


@dataclass
class RequestContext:
    """The error that the gateway met with a request, and what its handler learns while it answers."""

    refusal: Exception | None = None
    """An error that is answered instead of the request."""
    is_stable: bool = False
    """Whether the same request gets the same answer as long as the data is of the same version."""
    operation: str = ""
    """The text of the query or update."""

    @property
    def operation_hash(self) -> str:
        """The hash by which the access log names a query or update; empty where there is none."""
        if not self.operation:
            return ""
        return sha256(self.operation.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def of(environ: Mapping[str, Any]) -> RequestContext:
    """Return the context of a WSGI request, or a new one where the gateway is not in front."""
    context = environ.get("asgi.scope", {}).get(KEY)
    return context if isinstance(context, RequestContext) else RequestContext()
