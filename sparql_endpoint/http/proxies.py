"""The address by which a request reached the server, as far as that is trusted, and the client's address.

Complete links, names of graphs and the base of relative IRIs begin with it, so none of it comes from a header that
anybody may send: `Host` names this machine, or it is not used. https://portswigger.net/web-security/host-header
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlsplit

from sparql_endpoint.errors import RequestError
from sparql_endpoint.http.request import Request

_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(:[0-9]{1,5})?", re.IGNORECASE)
_SCHEMES = ("http", "https")


@dataclass(frozen=True)
class TrustedAddress:
    """Finds the address of requests."""

    hops: int = 0
    """Proxies in front whose X-Forwarded-For, -Proto, -Host and -Prefix are trusted."""
    public_url: str = ""
    """The address by which others reach the server; it goes before all else. Empty where it is not configured."""
    own_names: frozenset[str] = frozenset()
    """The names of this machine, which a Host may have."""

    def apply(self, request: Request) -> None:
        """Put what is trusted in place of what the connection and the headers say. Raises RequestError."""
        stated = self._stated(request.headers) if self.hops else {}
        request.client = stated.get("for", request.client)
        request.scheme = scheme if (scheme := stated.get("proto", "").lower()) in _SCHEMES else request.scheme
        request.root_path = mount_prefix(prefix) if (prefix := stated.get("prefix")) else ""
        host = stated.get("host", "")
        if not (host and _HOST.fullmatch(host)):
            host = _own_host(request.headers.get("host", ""), request.server, self.own_names)
        if self.public_url:
            public = urlsplit(self.public_url)
            request.scheme, host, request.root_path = public.scheme, public.netloc, mount_prefix(public.path)
        if request.headers.get("host") != host:
            request.headers = {**request.headers, "host": host}

    def _stated(self, headers: Mapping[str, str]) -> dict[str, str]:
        """Return what the last trusted proxy states: of each header the value that the outermost of them added."""
        stated = {}
        for name in ("for", "proto", "host", "prefix"):
            values = [value.strip() for value in headers.get(f"x-forwarded-{name}", "").split(",")]
            if len(values) >= self.hops and (value := values[-self.hops]):
                stated[name] = value
        return stated


@lru_cache(maxsize=256)
def _own_host(host: str, server: tuple[str, int | None] | None, own_names: frozenset[str]) -> str:
    """Return a request's Host where it names this machine, else the address that the connection came in at."""
    match = _HOST.fullmatch(host)
    ip, port = server or ("127.0.0.1", None)
    if host and not match:
        raise RequestError(f"Host: “{host}” is not one host with a port (RFC 9112 section 3.2)")
    if match and (match[1].strip("[]").lower() in {ip, *own_names} or _is_loopback(match[1].lower())):
        return host
    address = f"[{ip}]" if ":" in ip else ip
    return address if port is None else f"{address}:{port}"


@lru_cache(maxsize=256)
def _is_loopback(name: str) -> bool:
    """Return whether a host leads each client to its own machine only."""
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")


def own_names(listens_at: str) -> frozenset[str]:
    """Return the names by which this machine, which listens at an address, may be reached."""
    return frozenset({listens_at.lower(), socket.gethostname().lower()})


def mount_prefix(path: str) -> str:
    """Return the path under which a proxy offers this server, as every address here begins: `/sub/path`, or empty.

    It has one stroke at its beginning, as two would make the first segment a host (RFC 3986 section 4.2).
    """
    segments = [quote(segment, safe="!$&'()*+,;=:@~%") for segment in path.split("/") if segment not in ("", ".", "..")]
    return "".join(f"/{segment}" for segment in segments)
