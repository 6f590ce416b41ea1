"""A page of ours: how it shows terms, and the answer it becomes."""

from __future__ import annotations

from flask import Response, render_template, request

from sparql_endpoint import languages
from sparql_endpoint.display import Display
from sparql_endpoint.formats import HTML, negotiate
from sparql_endpoint.serving import serving


def display() -> Display:
    """Shows terms to this request, in its language."""
    return Display(serving(), languages.wanted(), request.script_root, "lang" in request.args)


def page(template: str, /, status: int = 200, **said: object) -> Response:
    """The page that a template makes. Raises NotAcceptableError where the request takes no HTML."""
    negotiate((HTML,), request.headers.get("Accept"))
    answer = Response(render_template(template, **said), status, content_type=HTML.content_type)
    answer.headers["Content-Language"] = languages.wanted()
    answer.vary.update(["Accept", "Accept-Language"])
    return answer
