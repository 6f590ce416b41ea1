"""Who may change the store: clients that send the token, and no page of another site on their behalf.

RFC 6750 section 2.1 (bearer tokens), https://www.rfc-editor.org/rfc/rfc6750#section-2.1
"""

from __future__ import annotations

import hmac
from urllib.parse import urlsplit

from sparql_endpoint.errors import ForeignOriginError, UnauthorizedError, UpdateRefusedError
from sparql_endpoint.http.request import Request

_OWN_SITE = frozenset({"same-origin", "none"})


def check_permission(request: Request, token: str) -> None:
    """Check that a request may change the store, whose token this is; an empty one allows no changes.

    There are no cookies, so a browser adds nothing by itself; a request from a page of another site is refused all the
    same (https://www.w3.org/TR/fetch-metadata/).
    Raises UpdateRefusedError where nothing is written, UnauthorizedError or ForeignOriginError.
    """
    if not token:
        raise UpdateRefusedError("this server only reads")
    _check_origin(request)
    scheme, _, sent = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise UnauthorizedError("a change needs the header “Authorization: Bearer …” with the server's token")
    if not hmac.compare_digest(sent.strip().encode("utf-8", "surrogateescape"), token.encode()):
        raise UnauthorizedError("the token is not this server's")


def _check_origin(request: Request) -> None:
    site = request.headers.get("sec-fetch-site", "none").lower()
    origin = request.headers.get("origin")
    if site not in _OWN_SITE or (origin is not None and urlsplit(origin).netloc != request.host):
        raise ForeignOriginError("a page of another site may not change this store")
