"""Pages that were made for the same address, language and version of the data are given again."""

from __future__ import annotations

from collections.abc import Callable

from flask import request

from sparql_endpoint import languages
from sparql_endpoint.serving import serving


def kept(make: Callable[[], str]) -> bytes:
    """The page of this request, made where it is not kept; where nothing tells the data's version nothing is kept."""
    here = serving()
    version = here.store.version()
    key = ("page", version, request.url, languages.wanted())
    found = here.answers.get(key) if version else None
    if found is None:
        found = make().encode()
        if version and here.store.version() == version:
            here.answers.put(key, found)
    return found
