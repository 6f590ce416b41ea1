"""The language of a page: by `?lang=`, else by Accept-Language, else bokmål; and the pages' own words."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files

from flask import request

OFFERED = ("nb", "nn", "en")
_FALLBACKS = {"nb": ("nb", "no", "nn", "en"), "nn": ("nn", "nb", "no", "en"), "en": ("en", "nb", "nn", "no")}
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


def rank(language: str | None, preferred: str) -> int:
    """How well a text's language suits: less is better, text without a language stands after the four."""
    order = _FALLBACKS[preferred]
    if not language:
        return len(order)
    primary = language.partition("-")[0]
    return order.index(primary) if primary in order else len(order) + 1


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files("sparql_endpoint").joinpath("words.toml").read_text(encoding="utf-8"))


def in_templates() -> dict[str, object]:
    """What every template may use: the language, and the page's own words in it."""
    language = wanted()
    say: Callable[[str], str] = lambda key: _words()[key][language]  # noqa: E731  # a function of the request's language
    return {"language": language, "languages": OFFERED, "say": say}
