"""Pages that were made for the same address, language and version of the data are given again."""

from __future__ import annotations

from collections.abc import Callable

from flask import request

from sparql_endpoint.http import languages
from sparql_endpoint.services import responses as answering
from sparql_endpoint.services.services import serving


def kept(make: Callable[[], str]) -> bytes:
    """The page of this request, made where it is not kept; one that tells of the day is kept for that day.

    Where nothing tells the data's version nothing is kept.
    """
    here = serving()
    version = here.store.version()
    key = ("page", version, request.url, languages.negotiate())
    of_today = (*key, answering.day())
    found = here.answers.get(key) if version else None
    if found is None and version and (found := here.answers.get(of_today)) is not None:
        answering.today()
    if found is None:
        found = make().encode()
        if version and here.store.version() == version:
            here.answers.put(of_today if answering.is_of_today() else key, found)
    return found
