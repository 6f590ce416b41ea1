"""The versions of the API that are served, and which of them a request asks for.

Version 1.0 is a draft that says nothing on this (https://reconciliation-api.github.io/specs/draft/): the media type is
the one that its editors tried in 2026.
"""

from __future__ import annotations

import re

from sparql_endpoint.http.formats import HTML, Format, negotiate

VERSIONS = ("0.1", "0.2", "1.0-draft")
"""The versions that clients of this service may speak."""
JSON_0_2 = Format("0.2", "application/json", ("json",), ("text/json", "application/reconciliation.v0.2+json"))
JSON_1_0 = Format(
    "1.0-draft", "application/reconciliation.v1+json", (), ("application/reconciliation.v1.0-draft+json",)
)
OFFERED = (JSON_0_2, HTML, JSON_1_0)
_NAMED = re.compile(r"application/json\s*;\s*version=\"?1(?:\.0)?(?:-draft)?\"?(?=\s*[,;]|\s*$)", re.IGNORECASE)


def media_type_1_0(accept: str | None) -> str:
    """Return the media type of version 1.0-draft as Accept names it: JSON where it names the version of JSON."""
    return JSON_0_2.media_type if accept and _NAMED.search(accept) else JSON_1_0.media_type


def requested_version(accept: str | None) -> Format:
    """Return what Accept asks for: JSON of a version, 0.2 where it names none, or a page.

    Raises NotAcceptableError.
    """
    if accept and _NAMED.search(accept):
        return JSON_1_0
    return negotiate(OFFERED, accept)
