"""Pages are kept for requests with the same address, language, version of the data, and releases."""

from __future__ import annotations

from collections.abc import Callable

from flask import request

from sparql_endpoint.http import languages
from sparql_endpoint.services import responses
from sparql_endpoint.services.services import serving


def cached_page(render: Callable[[], str]) -> bytes:
    """Return the page of this request, rendered where the cache has none; one that depends on the day is kept for it.

    Nothing is kept where the store does not know the version of its data.
    """
    here = serving()
    version = here.state()
    key = ("page", version, request.url, responses.raw_path(), languages.negotiate(), *responses.beyond())
    key_of_day = (*key, responses.day())
    page = here.answers.get(key) if version else None
    if page is None and version and (page := here.answers.get(key_of_day)) is not None:
        responses.today()
    if page is None:
        page = render().encode()
        if version and here.state() == version:
            here.answers.put(key_of_day if responses.day().isoformat() in responses.beyond() else key, page)
    return page
