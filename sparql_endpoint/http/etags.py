"""Which bytes an answer has, and whether the client has them already.

RFC 9110 section 8.8 (validators) and 13 (conditional requests), https://www.rfc-editor.org/rfc/rfc9110#section-13
"""

from __future__ import annotations

import hashlib
import math
import time
from email.utils import formatdate, mktime_tz, parsedate_tz
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, version

NO_CACHE = "public, no-cache"
"""To be kept, and to be asked about before each use: a new version of the data counts from its first moment."""
NO_STORE = "no-store"
"""Not to be kept: the same request may get another answer."""


@cache
def _release() -> str:
    try:
        return version("nbkg")
    except PackageNotFoundError:
        return ""


def tag(*parts: str) -> str:
    """The name of the bytes that all these parts determine."""
    named = "\x00".join((_release(), *parts))
    return hashlib.sha256(named.encode("utf-8", "surrogateescape")).hexdigest()[:24]


def etag(name: str, coding: str = "") -> str:
    """The strong entity tag of a representation in a content coding."""
    return f'"{name}-{coding}"' if coding else f'"{name}"'


def matching(if_none_match: str, name: str, coding: str) -> str:
    """The entity tag that the client has of this representation, in the coding it would get or none; else empty."""
    has = {element.strip().removeprefix("W/") for element in if_none_match.split(",")}
    for candidate in (etag(name, coding), etag(name)):
        if candidate in has or "*" in has:
            return candidate
    return ""


def last_modified(modified: float | None) -> str:
    """The date as HTTP tells it; empty until its second is over: a later change in that second would not be seen."""
    if modified is None or math.ceil(modified) > time.time():
        return ""
    return _date(math.ceil(modified))


@lru_cache(maxsize=16)
def _date(seconds: int) -> str:
    return formatdate(seconds, usegmt=True)


def is_unmodified(if_modified_since: str, modified: float | None) -> bool:
    """Whether nothing has changed since a date."""
    parsed = parsedate_tz(if_modified_since)
    return parsed is not None and bool(last_modified(modified)) and math.ceil(modified or 0) <= mktime_tz(parsed)
