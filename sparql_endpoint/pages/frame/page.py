"""A page of ours: how it shows terms, and the answer it becomes."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, render_template, request

from sparql_endpoint.http import languages
from sparql_endpoint.http.formats import HTML, negotiate
from sparql_endpoint.http.headers import SCRIPTED
from sparql_endpoint.pages.frame.labelled import named
from sparql_endpoint.services.labels import Display
from sparql_endpoint.services.services import serving


def display() -> Display:
    """Shows terms to this request, in its language."""
    return Display(serving(), languages.wanted(), request.script_root, "lang" in request.args, named)


def page(template: str, /, status: int = 200, scripts: Sequence[str] = (), **said: object) -> Response:
    """The page that a template makes, with scripts of `static/` that only make it better.

    Raises NotAcceptableError where the request takes no HTML.
    """
    negotiate((HTML,), request.headers.get("Accept"))
    answer = Response(render_template(template, scripts=scripts, **said), status, content_type=HTML.content_type)
    answer.headers["Content-Language"] = languages.wanted()
    if scripts:
        answer.headers["Content-Security-Policy"] = SCRIPTED
    answer.vary.update(["Accept", "Accept-Language"])
    return answer
