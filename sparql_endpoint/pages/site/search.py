"""Searching by words, and how a browser or another program finds that it can."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Flask, Response, redirect, render_template, request
from pyoxigraph import Literal, NamedNode
from werkzeug.wrappers import Response as Answer

from nbkg.errors import NbkgError
from nbkg.rdf.label_choice import language_rank
from sparql_endpoint.http.formats import HTML, Format, negotiate
from sparql_endpoint.pages.frame.page import page
from sparql_endpoint.pages.site.search_facets import Kinds, kinds
from sparql_endpoint.pages.site.snippets import Piece, pattern, snippet
from sparql_endpoint.queries import query
from sparql_endpoint.services import text_search as seeking
from sparql_endpoint.services.labels import Label, Labels, request_labels
from sparql_endpoint.services.resource_description import is_known
from sparql_endpoint.services.services import serving
from sparql_endpoint.services.text_search import SearchResult
from sparql_endpoint.stores.base import Row
from sparql_endpoint.stores.rows import among

blueprint = Blueprint("search", __name__)
_JSON = Format("json", "application/json", ("json",))
_PAGE = 20
_LONGEST = 300
"""Characters of what is sought."""
_SUGGESTED = 5


@dataclass(frozen=True)
class Hit:
    """A thing that was found: what it is, and where the words stand in what is said of it."""

    thing: Label
    kinds: Sequence[Label]
    text: Sequence[Piece]
    language: str | None


@blueprint.get("/search")
def search() -> Answer:
    """What is found, as a page or as JSON; an IRI that is known leads to its page."""
    form = negotiate((HTML, _JSON), request.headers.get("Accept"), request.args.get("format"))
    sought, labels = request.args.get("q", "").strip()[:_LONGEST], request_labels()
    if (iri := _iri(sought)) and is_known(serving().store, iri):
        return redirect(labels.addresses.own_page(iri.value), 303)
    found = seeking.find(sought) if sought else SearchResult([], False, False)
    told, chosen = kinds(serving().store, found.resources), request.args.get("kind", "")
    things = _listed(found.resources, told, chosen)
    pages = max(1, -(-len(things) // _PAGE))
    number = min(max(1, request.args.get("page", 1, type=int)), pages)
    shown = things[_PAGE * (number - 1) : _PAGE * number]
    if form is _JSON:
        return _json(sought, _hits(shown, told, sought, labels), shown, found, len(things))
    facets = [
        _facets([thing for thing in found.resources if told.stands_behind(thing) is behind], told, chosen, labels)
        for behind in (False, True)
    ]
    return page(
        "search.html",
        sought=sought,
        hits=_hits(shown, told, sought, labels),
        count=len(things),
        found=found,
        kinds=facets[0],
        behind=facets[1],
        chosen=chosen,
        number=number,
        pages=pages,
        to=_to,
    )


def _iri(text: str) -> NamedNode | None:
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:\S+$", text):
        return None
    try:
        return NamedNode(text)
    except ValueError:
        return None


def _listed(things: Sequence[NamedNode], told: Kinds, chosen: str) -> Sequence[NamedNode]:
    """Those of the chosen kind; without one those that do not only stand behind others, where there are such."""
    if chosen:
        return [thing for thing in things if told.is_of(thing, chosen)]
    return [thing for thing in things if not told.stands_behind(thing)] or things


def _hits(things: Sequence[NamedNode], told: Kinds, sought: str, labels: Labels) -> list[Hit]:
    rows = serving().store.select(among(query("found"), "iri", things)) if things else ()
    labels.prefer_own_pages([*things, *(kind for thing in things for kind in told.told(thing))])
    names = [(labels.of(thing), [labels.of(kind) for kind in told.told(thing)]) for thing in things]
    return [
        Hit(name, kinds, *_snippet(name, [r for r in rows if r["iri"] == thing], sought, labels.language))
        for thing, (name, kinds) in zip(things, names, strict=True)
    ]


def _snippet(name: Label, rows: Sequence[Row], sought: str, language: str) -> tuple[Sequence[Piece], str | None]:
    """Return the text about a hit in which most of the words stand, cut to them, and its language."""
    words = pattern(sought)
    texts = [text for row in rows if isinstance(text := row["value"], Literal) and text.value != name.text]
    ranked = sorted(texts, key=lambda text: (language_rank(text.language, language), text.value))
    pieces = [(snippet(text.value, words), text.language) for text in ranked] if words else []
    return max(pieces, key=lambda piece: len({p.text.lower() for p in piece[0] if p.marked}), default=([], None))


def _facets(
    things: Sequence[NamedNode], told: Kinds, chosen: str, labels: Labels
) -> list[tuple[Label, int, str, bool]]:
    """Each kind, how many of it were found, the address that shows only these, and whether it is chosen."""
    counts: dict[NamedNode, int] = {}
    for thing in things:
        for kind in told.told(thing):
            counts[kind] = counts.get(kind, 0) + 1
    ranked = sorted(counts, key=lambda kind: (-counts[kind], kind.value))[:12]
    return [(labels.of(kind), counts[kind], _to(1, kind.value), kind.value == chosen) for kind in ranked]


def _to(number: int, kind: str | None = None) -> str:
    """The address of a page of what is found; of another kind where one is given, of all by the empty one."""
    kind = request.args.get("kind", "") if kind is None else kind
    asked = {"q": request.args.get("q", ""), "kind": kind, "page": str(number) if number > 1 else ""}
    asked["lang"] = request.args.get("lang", "")
    return f"?{urlencode({name: value for name, value in asked.items() if value})}"


def _json(sought: str, hits: Sequence[Hit], things: Sequence[NamedNode], found: SearchResult, count: int) -> Response:
    results = [
        {
            "iri": thing.value,
            "label": hit.thing.text,
            "language": hit.thing.language,
            "kinds": [kind.title for kind in hit.kinds],
            "text": "".join(piece.text for piece in hit.text),
        }
        for thing, hit in zip(things, hits, strict=True)
    ]
    told = {"query": sought, "count": count, "more": found.has_more, "onlyNames": found.only_names, "results": results}
    answer = Response(json.dumps(told, ensure_ascii=False, indent=1) + "\n", content_type=_JSON.media_type)
    answer.vary.update(["Accept", "Accept-Language"])
    return answer


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """How to search here (https://github.com/dewitt/opensearch/blob/master/opensearch-1-1-draft-6.md)."""
    text = render_template("opensearch.xml", root=request.url_root)
    return Response(text, content_type="application/opensearchdescription+xml")


def register(app: Flask) -> None:
    """Lets the page of what was not found suggest what was meant."""
    app.context_processor(lambda: {"suggestions": suggestions})


def suggestions() -> Sequence[Label]:
    """What may have been meant by this request's address, by the words in its last part."""
    asked = request.args.get("iri", request.path).rstrip("/")
    words = re.sub(r"[\W_]+", " ", re.split(r"[/#:]", asked)[-1]).strip()
    try:
        labels = request_labels()
        things = seeking.find(words).resources[:_SUGGESTED] if words else []
        labels.prefer_own_pages(things)
        suggested = [labels.of(thing) for thing in things]
        labels.look_up()
    except NbkgError:
        return []
    return suggested
