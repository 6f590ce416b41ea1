"""Entity tags and dates that tell whether a client's copy of an answer is still the right one.

RFC 9110 section 8.8 (validators) and 13 (conditional requests), https://www.rfc-editor.org/rfc/rfc9110#section-13
"""

from __future__ import annotations

import hashlib
import math
import time
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, version

from werkzeug.http import http_date, parse_date, parse_etags

from sparql_endpoint.http import content_coding

NO_CACHE = "public, no-cache"
"""The answer is kept and validated before each use: a new version of the data counts from its first moment."""
NO_STORE = "no-store"
"""The answer is not kept: the same request may get another one."""


@cache
def _release() -> str:
    try:
        return version("nbkg")
    except PackageNotFoundError:
        return ""


def tag(version: str, *parts: str) -> str:
    """Return the name of the bytes that a version of the data and all these parts determine.

    It begins with a name of the version alone, so that an update can be made to depend on any answer of that version.
    """
    return _version_tag(version) + _digest(*parts)[:14]


@lru_cache(maxsize=16)
def _version_tag(version: str) -> str:
    return _digest(_release(), version)[:10]


def extend(tag: str, *parts: str) -> str:
    """Return the name of bytes that these parts determine too, besides those of a tag; without parts the tag itself."""
    return tag[:10] + _digest(tag, *parts)[:14] if parts else tag


def is_of_version(entity_tag: str, version: str) -> bool:
    """Return whether an entity tag is that of an answer made of a version of the data."""
    return bool(version) and len(entity_tag.partition("-")[0]) == 24 and entity_tag[:10] == tag(version)[:10]


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


@dataclass(frozen=True)
class Validators:
    """What identifies an answer: the tag of its bytes before any coding, and when it last changed."""

    tag: str = ""
    """The name that `tag` gives; empty where the same request may get another answer."""
    modified: float | None = None
    """When the answer last changed, in seconds since 1970; None where that is not known."""

    def headers(self, coding: str = "") -> list[tuple[str, str]]:
        """Return Cache-Control, and ETag and Last-Modified where there are such."""
        if not self.tag:
            return [("cache-control", NO_STORE)]
        headers = [("cache-control", NO_CACHE), ("etag", f'"{_etag(self.tag, coding)}"')]
        if date := self._last_modified():
            headers.append(("last-modified", date))
        return headers

    def find_match(self, if_none_match: str | None, if_modified_since: str | None, coding: str) -> str | None:
        """Return the coding of the client's copy where that is still right, "" for none; None where it is not right.

        `coding` is the one that the client would get now. If-None-Match goes before If-Modified-Since (RFC 9110
        section 13.2.2).
        """
        if not self.tag:
            return None
        if if_none_match:
            client_tags = parse_etags(if_none_match)
            return next((one for one in (coding, "") if client_tags.contains_weak(_etag(self.tag, one))), None)
        since = parse_date(if_modified_since)
        if since is None or not self._last_modified() or math.ceil(self.modified or 0) > since.timestamp():
            return None
        return coding

    def has(self, entity_tag: str) -> bool:
        """Return whether an entity tag, without its quotes, is that of this answer in some content coding."""
        name, _, coding = entity_tag.partition("-")
        return bool(self.tag) and name == self.tag and coding in ("", *content_coding.OFFERED)

    def _last_modified(self) -> str:
        """Return the date, but none before its second is over: a later change in that second would not be seen."""
        if self.modified is None or math.ceil(self.modified) > time.time():
            return ""
        return _date(math.ceil(self.modified))


def _etag(name: str, coding: str) -> str:
    """Return the strong entity tag of a representation in a content coding, without its quotes."""
    return f"{name}-{coding}" if coding else name


@lru_cache(maxsize=16)
def _date(seconds: int) -> str:
    return http_date(seconds)
