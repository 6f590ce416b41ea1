"""One page of a feed: its entries in words, and the addresses that it is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from flask import request
from markupsafe import escape
from pyoxigraph import NamedNode

from sparql_endpoint.errors import NotFoundError, RequestError
from sparql_endpoint.http import languages
from sparql_endpoint.http.formats import HTML, Format
from sparql_endpoint.pages.frame.signposting import SAFE
from sparql_endpoint.pages.site.feed_scope import FeedScope
from sparql_endpoint.pages.strategy.changes import change_log
from sparql_endpoint.pages.strategy.changes.change import Change
from sparql_endpoint.pages.strategy.changes.change_text import ChangeText, Sentence
from sparql_endpoint.services.labels import Labels
from sparql_endpoint.services.services import serving

PAGE_SIZE = 50


@dataclass(frozen=True)
class FeedEntry:
    """An entry: the IRI and kind of the change, what changed, when, and in which words."""

    iri: str
    kind: str
    subject: str
    title: Sentence
    page: str
    """The address of the page of what changed."""
    day: str
    sentences: Sequence[Sentence]
    fields: Sequence[str]
    """The names of the fields that changed."""

    @property
    def updated(self) -> str:
        """Return the day of the report or release as a date and time (RFC 3339)."""
        return f"{self.day}T00:00:00Z"

    @property
    def html(self) -> str:
        """Return the sentences as a list in HTML."""
        return f"<ul>{''.join(map(_item, self.sentences))}</ul>"


def _item(sentence: Sentence) -> str:
    language = f' lang="{escape(sentence.language)}"' if sentence.language else ""
    quoted = f" <span{language}>{escape(sentence.quoted)}</span>" if sentence.quoted else ""
    return f"<li>{escape(sentence.text)}{quoted}</li>"


@dataclass(frozen=True)
class FeedPage:
    """One page of a feed, with what its addresses are made of."""

    scope: FeedScope
    iri: str
    entries: Sequence[FeedEntry]
    number: int
    pages: int
    total: int
    updated: str

    def address(self, form: Format, number: int = 1) -> str:
        """Return the complete address of a page of this feed in a format, in the language of the request."""
        return self._address(form, {"page": number} if number > 1 else {})

    def page_address(self, form: Format, number: int) -> str:
        """Return the same with the number of the first page too: a collection is not its first page."""
        return self._address(form, {"page": number})

    @property
    def alternate(self) -> str:
        """Return the complete address of the page that the feed belongs to."""
        return _address(self.scope.page, self.scope.query)

    def _address(self, form: Format, page: Mapping[str, object]) -> str:
        suffix = "" if form is HTML else f".{form.suffixes[0]}"
        return _address(f"{self.scope.path}{suffix}", {**self.scope.query, **page})

    @property
    def start(self) -> int:
        """Return the position of the first entry among all, counted from 1."""
        return (self.number - 1) * PAGE_SIZE + 1


def feed_page(scope: FeedScope, labels: Labels) -> FeedPage:
    """Return the page that the request wants. Raises NotFoundError where there is no log, or no such page."""
    log = change_log.change_log()
    if not log:
        raise NotFoundError("This data holds no reports and keeps no releases, so it has no changes.")
    included = [change for change in log if scope.includes(change)]
    number, pages = _number(), max(1, -(-len(included) // PAGE_SIZE))
    if number > pages:
        raise NotFoundError(f"This feed has {pages} page{'s' if pages > 1 else ''}, and no page {number}.")
    on_page = included[PAGE_SIZE * (number - 1) : PAGE_SIZE * number]
    labels.expect(term for change in on_page for term in change.terms() if isinstance(term, NamedNode))
    text, day = ChangeText(labels), (included or log)[0].day
    iri = f"{serving().settings.base}{scope.path}{'?' if scope.query else ''}{urlencode(scope.query)}"
    entries = [_entry(change, text, labels) for change in on_page]
    return FeedPage(scope, iri, entries, number, pages, len(included), f"{day}T00:00:00Z")


def _number() -> int:
    text = request.args.get("page", "1")
    if not text.isascii() or not text.isdecimal() or int(text[:9]) < 1:
        raise RequestError(f"“{text}” is not the number of a page: expected a number from 1 on")
    return int(text[:9])


def _entry(change: Change, text: ChangeText, labels: Labels) -> FeedEntry:
    subject = change.subject.value if isinstance(change.subject, NamedNode) else str(change.subject)
    href = labels.addresses.link(subject) or subject
    address = f"{request.url_root[:-1]}{href.removeprefix(request.script_root)}" if href.startswith("/") else href
    fields = [field.field for field in change.fields]
    return FeedEntry(
        change.iri, change.kind, subject, text.title(change), address, change.day, text.sentences(change), fields
    )


def _address(path: str, query: Mapping[str, object]) -> str:
    language = {"lang": request.args["lang"]} if request.args.get("lang") in languages.OFFERED else {}
    arguments = urlencode({**query, **language})
    return f"{request.url_root}{quote(path, safe=SAFE)}{'?' if arguments else ''}{arguments}"
