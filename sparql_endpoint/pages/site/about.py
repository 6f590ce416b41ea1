"""What this is and how it is made; and how accessible the software is, for whoever runs it to complete."""

from __future__ import annotations

from flask import Blueprint, Response

from sparql_endpoint.pages.frame.page import page

blueprint = Blueprint("about", __name__)


@blueprint.get("/about")
def about() -> Response:
    """Answer what this is, on what terms, and who answers questions."""
    return page("about.html")


@blueprint.get("/accessibility")
def accessibility() -> Response:
    """Answer how accessible the pages are, how that was tested, and how to complain."""
    return page("accessibility.html")
