"""Who may change the store: those who send the token, and no page of another site on their behalf.

RFC 6750 section 2.1 (bearer tokens), https://www.rfc-editor.org/rfc/rfc6750#section-2.1
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from urllib.parse import urlsplit

from sparql_endpoint.errors import ForeignOriginError, UnauthorizedError, UpdateRefusedError

_OUR_OWN = frozenset({"same-origin", "none"})


def check(headers: Mapping[str, str], token: str, host: str) -> None:
    """Raises UpdateRefusedError where nothing is written, UnauthorizedError or ForeignOriginError.

    `host` is what the request calls this server. There are no cookies, so a browser adds nothing by itself; what comes
    from a page of another site is refused all the same (https://www.w3.org/TR/fetch-metadata/).
    """
    if not token:
        raise UpdateRefusedError("this server only reads")
    _check_origin(headers, host)
    scheme, _, given = headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise UnauthorizedError("a change needs the header “Authorization: Bearer …” with the server's token")
    if not hmac.compare_digest(given.strip().encode("utf-8", "surrogateescape"), token.encode()):
        raise UnauthorizedError("the token is not this server's")


def _check_origin(headers: Mapping[str, str], host: str) -> None:
    site = headers.get("Sec-Fetch-Site", "none").lower()
    origin = headers.get("Origin")
    if site not in _OUR_OWN or (origin is not None and urlsplit(origin).netloc != host):
        raise ForeignOriginError("a page of another site may not change this store")
