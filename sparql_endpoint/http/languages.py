"""The language of a page: by `?lang=`, else by Accept-Language, else bokmål; and the words of pages."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Flask, current_app, request, url_for

from sparql_endpoint.http import dates
from sparql_endpoint.words import words

NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
OFFERED = tuple(NAMES)
_SAME = {"no": "nb"}
_ADDRESSES = "sparql_endpoint.http.languages.addresses"
"""The addresses without values that `linked` has made: each page has over a dozen, and making one takes 30 µs."""


def negotiate() -> str:
    """Return the language that the request wants, of those that are offered."""
    if (language := request.args.get("lang", "")) in OFFERED:
        return language
    for tag, quality in request.accept_languages:
        primary = tag.lower().partition("-")[0]
        if quality > 0 and (language := _SAME.get(primary, primary)) in OFFERED:
            return language
    return OFFERED[0]


def say(key: str, language: str, **values: object) -> str:
    """Return the pages' words of a key, with values in place of their `{name}`s."""
    text = words()[key][language]
    return text.format(**values) if values else text


def linked(endpoint: str, **values: Any) -> str:
    """Return the address of a page, which goes on asking for the language that this request has in `?lang=`."""
    language: dict[str, Any] = {"lang": lang} if (lang := request.args.get("lang")) in OFFERED else {}
    if values:
        return url_for(endpoint, **{**language, **values})
    known: dict[tuple[str, str, str | None], str] = current_app.extensions[_ADDRESSES]
    key = request.script_root, endpoint, language.get("lang")
    if key not in known:
        known[key] = url_for(endpoint, **language)
    return known[key]


def in_language(language: str) -> str:
    """Return the address of this page in another language."""
    arguments = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    return f"{request.script_root}{request.path}?{urlencode([*arguments, ('lang', language)])}"


def other_format(name: str) -> str:
    """Return the address of this page's content in another format."""
    arguments = [(key, value) for key, value in request.args.items(multi=True) if key not in ("lang", "format")]
    return f"?{urlencode([*arguments, ('format', name)])}"


def in_templates() -> dict[str, object]:
    """Return what every template may use: the language, and the pages' words in it."""
    language = negotiate()

    def say_here(key: str, **values: object) -> str:
        return say(key, language, **values)

    return {
        "language": language,
        "languages": OFFERED,
        "language_names": NAMES,
        "endpoints": current_app.view_functions,
        "say": say_here,
        "linked": linked,
        "in_language": in_language,
        "other_format": other_format,
    }


def register(app: Flask) -> None:
    """Add words to the templates, and dates and numbers as the page's language writes them."""
    app.extensions[_ADDRESSES] = {}
    app.context_processor(in_templates)
    app.template_filter("day")(lambda value: dates.day(str(value), negotiate()))
    app.template_filter("edtf")(lambda value: dates.edtf(str(value), negotiate()))
    app.template_filter("number")(lambda value: dates.number(value, negotiate()))
