"""The format in which a page or document is requested."""

from __future__ import annotations

from flask import request

from sparql_endpoint.http.formats import Format, format_of_suffix, negotiate


def requested_format(offered: tuple[Format, ...], suffix: str = "") -> Format:
    """Return the format of the suffix of the address, or without one that of `?format=` and Accept.

    Raises NotFoundError for a suffix that no format has, NotAcceptableError where none is accepted.
    """
    if suffix:
        return format_of_suffix(offered, suffix)
    return negotiate(offered, request.headers.get("Accept"), request.args.get("format"))
