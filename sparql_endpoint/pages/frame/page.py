"""The response that a page's template becomes."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask, Response, render_template, request

from nbkg.rdf.xml_output import replace_illegal
from sparql_endpoint.http import languages
from sparql_endpoint.http.formats import HTML, negotiate
from sparql_endpoint.http.headers import SCRIPTED
from sparql_endpoint.pages.frame.derived_labels import derive_labels, licence_name, name_codes
from sparql_endpoint.services import labels


def page(template: str, /, status: int = 200, scripts: Sequence[str] = (), **view: object) -> Response:
    """Return the page that a template makes, with scripts of `static/` that only make it better.

    Raises NotAcceptableError where the request takes no HTML.
    """
    negotiate((HTML,), request.headers.get("Accept"))
    response = Response(render_template(template, scripts=scripts, **view), status, content_type=HTML.content_type)
    response.headers["Content-Language"] = languages.negotiate()
    if scripts:
        response.headers["Content-Security-Policy"] = SCRIPTED
    response.vary.update(["Accept", "Accept-Language"])
    return response


def xml_document(template: str, media_type: str, /, **view: object) -> Response:
    """Return the XML document that a template makes; characters of the data that no XML can hold are replaced."""
    return Response(replace_illegal(render_template(template, **view)), content_type=media_type)


def register(app: Flask) -> None:
    """Have the labels of an application come from its data, or be derived from it."""
    labels.register(app, labels.LabelSource("pages/labels", derive_labels, name_codes))
    app.template_filter("licence_name")(licence_name)
