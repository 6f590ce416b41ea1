"""The link by which a reader reports an error: it carries the page's address and the words that it is about.

A mail address becomes a `mailto:` link (RFC 6068, https://www.rfc-editor.org/rfc/rfc6068); the address of an issue
tracker gets the same texts in place of its `{name}`s, percent-encoded.
"""

from __future__ import annotations

from urllib.parse import quote

from flask import request
from markupsafe import Markup

from sparql_endpoint.http import languages
from sparql_endpoint.pages.frame.signposting import SAFE
from sparql_endpoint.services.services import serving

_MAX_QUOTE = 500
"""Characters of the quoted words: mail programs and browsers cut long addresses."""
_MAX_PAGE = 1500


def in_templates() -> dict[str, object]:
    """Return what every template may use: `error_report(title)`."""
    return {"error_report": error_report}


def error_report(title: str, quoted: str = "", fragment: str = "") -> str:
    """Return the address to report an error at; an empty text where whoever runs the server receives no reports.

    `title` is the page's, `quoted` the words that the report is about, `fragment` where on the page they stand.
    """
    receiver = serving().settings.report_errors_to
    if not receiver:
        return ""
    language, words = languages.negotiate(), _shortened(_plain(quoted))
    page = f"{_page()}{f'#{fragment}' if fragment else ''}"
    key = "report_error_quoting" if words else "report_error_body"
    texts = {
        "title": languages.say("report_error_title", language, title=_plain(title)),
        "body": languages.say(key, language, page=page, **({"quote": words} if words else {})),
        "page": page,
        "quote": words,
    }
    return _mail(receiver, texts) if "://" not in receiver else _filled(receiver, texts)


def _mail(receiver: str, texts: dict[str, str]) -> str:
    body = texts["body"].replace("\n", "\r\n")
    address = quote(receiver.removeprefix("mailto:"), safe="@")
    return f"mailto:{address}?subject={quote(texts['title'], safe='')}&body={quote(body, safe='')}"


def _filled(template: str, texts: dict[str, str]) -> str:
    """Return the template with each `{name}` filled; texts that hold braces are not filled again."""
    return template.format(**{name: quote(text, safe="") for name, text in texts.items()})


def _page() -> str:
    """Return the complete address of this page, without its query where that is very long."""
    address = f"{request.url_root[:-1]}{quote(request.path, safe=SAFE)}"
    complete = f"{address}?{request.query_string.decode('latin-1')}" if request.query_string else address
    return complete if len(complete) <= _MAX_PAGE else address


def _plain(text: str) -> str:
    """Return the text of HTML that a template made, or a text as it is, in one line."""
    return " ".join((text.striptags() if isinstance(text, Markup) else text).split())


def _shortened(text: str) -> str:
    return text if len(text) <= _MAX_QUOTE else f"{text[:_MAX_QUOTE].rstrip()} …"
