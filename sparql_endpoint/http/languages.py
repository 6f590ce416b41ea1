"""The language of a page: by `?lang=`, else by Accept-Language, else bokmål; and the pages' own words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from flask import Flask, current_app, request, url_for

from sparql_endpoint.http import dates
from sparql_endpoint.words import words

NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
OFFERED = tuple(NAMES)
_SAME = {"no": "nb"}


def wanted() -> str:
    """The language that the request wants, of those that are offered."""
    if (asked := request.args.get("lang", "")) in OFFERED:
        return asked
    for tag, quality in request.accept_languages:
        primary = tag.lower().partition("-")[0]
        if quality > 0 and (language := _SAME.get(primary, primary)) in OFFERED:
            return language
    return OFFERED[0]


def say(key: str, language: str, **values: object) -> str:
    """The pages' own words of that key, with values in place of their `{name}`s."""
    text = words()[key][language]
    return text.format(**values) if values else text


def linked(endpoint: str, **values: Any) -> str:
    """The address of a page of ours, which goes on asking for the language that this request asks for by `?lang=`."""
    asked = {"lang": request.args["lang"]} if request.args.get("lang") in OFFERED else {}
    return url_for(endpoint, **{**asked, **values})


def in_language(language: str) -> str:
    """The address of this page in another language."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    return f"{request.script_root}{request.path}?{urlencode([*kept, ('lang', language)])}"


def other_format(name: str) -> str:
    """The address of this page's content in another format."""
    kept = [(key, value) for key, value in request.args.items(multi=True) if key not in ("lang", "format")]
    return f"?{urlencode([*kept, ('format', name)])}"


def in_templates() -> dict[str, object]:
    """What every template may use: the language, and the page's own words in it."""
    language = wanted()
    told: Callable[..., str] = lambda key, **values: say(key, language, **values)  # noqa: E731  # a function of the request's language
    return {
        "language": language,
        "languages": OFFERED,
        "language_names": NAMES,
        "endpoints": current_app.view_functions,
        "say": told,
        "linked": linked,
        "in_language": in_language,
        "other_format": other_format,
    }


def register(app: Flask) -> None:
    """Adds to the templates words, and dates and numbers as the page's language writes them."""
    app.context_processor(in_templates)
    app.template_filter("day")(lambda value: dates.day(str(value), wanted()))
    app.template_filter("edtf")(lambda value: dates.edtf(str(value), wanted()))
    app.template_filter("number")(lambda value: dates.number(value, wanted()))
