"""What proxies in front say of a client: its address, and the scheme, host and prefix that it asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from werkzeug.middleware.proxy_fix import ProxyFix

from sparql_endpoint.http.request import Request

_TRUSTED = ("for", "proto", "host", "prefix")


class TrustedProxies:
    """Reads X-Forwarded-For, -Proto, -Host and -Prefix of so many proxies, by werkzeug's ProxyFix."""

    def __init__(self, hops: int) -> None:
        self._fix = ProxyFix(_nothing, **{f"x_{name}": hops for name in _TRUSTED})
        self._hops = hops

    def apply(self, request: Request) -> None:
        """Put what the trusted proxies say in place of what the connection says."""
        if not self._hops:
            return
        host = request.headers.get("host", "")
        server = request.server or ("", 0)
        environ: dict[str, Any] = {
            "REMOTE_ADDR": request.client,
            "wsgi.url_scheme": request.scheme,
            "HTTP_HOST": host,
            "SERVER_NAME": server[0],
            "SERVER_PORT": str(server[1]),
            "SCRIPT_NAME": request.root_path,
        }
        for name in _TRUSTED:
            if value := request.headers.get(f"x-forwarded-{name}"):
                environ[f"HTTP_X_FORWARDED_{name.upper()}"] = value
        self._fix(environ, cast(Any, None))
        request.client, request.scheme = environ["REMOTE_ADDR"], environ["wsgi.url_scheme"]
        request.root_path = environ["SCRIPT_NAME"]
        request.headers = {**request.headers, "host": environ["HTTP_HOST"]}


def _nothing(*_: Any) -> Iterable[bytes]:
    return ()
