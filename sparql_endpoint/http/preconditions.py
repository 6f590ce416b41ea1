"""Preconditions: a request is carried out only where the client's view of a resource is still the right one.

RFC 9110 section 13, https://www.rfc-editor.org/rfc/rfc9110#section-13
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from werkzeug.http import parse_date, parse_etags

from sparql_endpoint.errors import PreconditionFailedError

HEADERS = ("if-match", "if-none-match", "if-unmodified-since")
READS = frozenset({"GET", "HEAD"})


@dataclass(frozen=True)
class Current:
    """The state of the resource that a request is about."""

    has: Callable[[str], bool]
    """Whether an entity tag, without its quotes, is that of a current representation."""
    modified: float | None = None
    """When it last changed, in seconds since 1970; None where that is not known."""
    exists: bool = True


def check(method: str, headers: Mapping[str, str], current: Current) -> None:
    """Raise PreconditionFailedError where a precondition does not hold, in the order of section 13.2.2.

    `headers` have their names in lower case. If-None-Match of GET and HEAD is left to `Validators.find_match`, which
    makes it 304.
    """
    if_match, if_none_match = headers.get("if-match"), headers.get("if-none-match")
    if if_match and not _matches(if_match, current, weakly=False):
        raise _failed("If-Match")
    if not if_match and _has_changed_since(headers.get("if-unmodified-since"), current):
        raise _failed("If-Unmodified-Since")
    if method not in READS and if_none_match and _matches(if_none_match, current, weakly=True):
        raise _failed("If-None-Match")


def _has_changed_since(date: str | None, current: Current) -> bool:
    since = parse_date(date)
    if since is None or current.modified is None or not current.exists:
        return False
    return math.ceil(current.modified) > since.timestamp()


def _matches(header: str, current: Current, *, weakly: bool) -> bool:
    """Return whether a list of entity tags, or `*`, names the current state (section 8.8.3.2)."""
    sent = parse_etags(header)
    if sent.star_tag:
        return current.exists
    return current.exists and any(current.has(tag) for tag in sent.as_set(include_weak=weakly))


def _failed(header: str) -> PreconditionFailedError:
    return PreconditionFailedError(
        f"{header}: what the server has now is not what the request expects; nothing was done. Read it again first"
    )
