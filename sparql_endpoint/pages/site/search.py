"""Search by words, and how a browser or another program discovers it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote_plus, urlencode

import werkzeug
from flask import Blueprint, Flask, Response, redirect, request
from pyoxigraph import Literal, NamedNode

from nbkg.errors import NbkgError
from nbkg.rdf.label_choice import label_rank
from nbkg.rdf.label_properties import label_properties
from nbkg.text_index import Sought
from sparql_endpoint.http.formats import HTML, Format, negotiate
from sparql_endpoint.pages.frame.page import page, xml_document
from sparql_endpoint.pages.site import search_facets
from sparql_endpoint.pages.site.search_facets import Classes, read_classes
from sparql_endpoint.pages.site.snippets import Snippet, SnippetPart, beginning, snippet
from sparql_endpoint.queries import query
from sparql_endpoint.services import text_search
from sparql_endpoint.services.labels import Label, Labels, request_labels
from sparql_endpoint.services.resource_description import is_known
from sparql_endpoint.services.services import serving
from sparql_endpoint.services.text_search import SearchResult
from sparql_endpoint.stores.base import Row, Term
from sparql_endpoint.stores.rows import among

blueprint = Blueprint("search", __name__)
_JSON = Format("json", "application/json", ("json",))
_PAGE_SIZE = 20
_MAX_LENGTH = 300
"""Characters of a search."""
_MAX_FACETS = 12
_MAX_SUGGESTIONS = 5
Address = Callable[..., str]
"""Returns the address of a page of the results by its number, of the chosen class or of one whose IRI is given."""


@dataclass(frozen=True)
class Hit:
    """A search result: the resource, its classes, and a snippet with its language."""

    name: Label
    classes: Sequence[Label]
    snippet: Sequence[SnippetPart]
    language: str | None


@dataclass(frozen=True)
class Facet:
    """A class of results, how many are of it or one below it, the address of their list, and whether it is chosen."""

    name: Label
    count: int
    href: str
    is_chosen: bool


@blueprint.get("/search")
def search() -> werkzeug.Response:
    """Answer the results, as a page or as JSON; an IRI that the store holds leads to its page."""
    form = negotiate((HTML, _JSON), request.headers.get("Accept"), request.args.get("format"))
    words, labels = request.args.get("q", "").strip()[:_MAX_LENGTH], request_labels()
    if (iri := _iri(words)) and is_known(serving().store, iri):
        return redirect(labels.addresses.own_page(iri.value), 303)
    results = text_search.find(words) if words else SearchResult([], False, False)
    chosen = request.args.get("kind", "")
    classes = read_classes(results.resources, chosen)
    resources = _of_class(results.resources, classes, chosen)
    pages = max(1, -(-len(resources) // _PAGE_SIZE))
    number = min(max(1, request.args.get("page", 1, type=int)), pages)
    on_page = resources[_PAGE_SIZE * (number - 1) : _PAGE_SIZE * number]
    if form is _JSON:
        return _json(words, _hits(on_page, classes, results.sought, labels), results, len(resources))
    behind = {one for one in results.resources if classes.is_background(one)}
    to = _search_for(request.args.get("q", ""), chosen)
    facets, background = (
        _facets([one for one in results.resources if (one in behind) is group], classes, chosen, labels, to)
        for group in (False, True)
    )
    return page(
        "search.html",
        words=words,
        count=len(resources),
        results=results,
        facets=facets,
        background=background,
        chosen=chosen,
        number=number,
        pages=pages,
        to=to,
        hits=_hits(on_page, classes, results.sought, labels),
        suggestion_href=_search_for(results.suggestion)(1),
    )


def _iri(text: str) -> NamedNode | None:
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:\S+$", text):
        return None
    try:
        return NamedNode(text)
    except ValueError:
        return None


def _of_class(resources: Sequence[NamedNode], classes: Classes, chosen: str) -> Sequence[NamedNode]:
    """Return the resources of the chosen class; without one those that are not of the background, if there are any."""
    if chosen:
        return [one for one in resources if classes.is_instance(one, chosen)]
    return [one for one in resources if not classes.is_background(one)] or resources


def _hits(resources: Sequence[NamedNode], classes: Classes, sought: tuple[Sought, ...], labels: Labels) -> list[Hit]:
    rows: dict[Term, list[Row]] = {one: [] for one in resources}
    for row in serving().store.select(among(query("found"), "iri", resources)) if resources else ():
        rows[row["iri"]].append(row)
    labels.prefer_own_pages([*resources, *(kind for one in resources for kind in classes.narrowest(one))])
    names = [(labels.of(one), [labels.of(kind) for kind in classes.narrowest(one)]) for one in resources]
    return [
        Hit(name, kinds, *_snippet(name, rows[one], sought, labels.language))
        for one, (name, kinds) in zip(resources, names, strict=True)
    ]


def _snippet(
    name: Label, rows: Sequence[Row], sought: tuple[Sought, ...], language: str
) -> tuple[Sequence[SnippetPart], str | None]:
    """Return the snippet in which most of the words stand, and its language.

    Where the text is said in the wanted language too, that one is taken, so that one page reads in one language.
    """
    texts = [
        (row["property"], text) for row in rows if isinstance(text := row["value"], Literal) and text.value != name.text
    ]
    ranked = sorted(texts, key=lambda one: label_rank(one[1], 0, language))
    best: tuple[Snippet, Term, Literal] | None = None
    for prop, text in ranked:
        candidate = snippet(text.value, sought), prop, text
        if candidate[0].matches and (best is None or _usefulness(candidate) > _usefulness(best)):
            best = candidate
        if best and _usefulness(best) == (len(sought), True):
            break  # no other can be better
    if best is None:
        return [], None
    matching, prop, text = best
    same = (other for other_prop, other in ranked if other_prop == prop and other.language == language)
    if text.language != language and (other := next(same, None)):
        return beginning(other.value, sought).parts, language
    return matching.parts, text.language


def _usefulness(candidate: tuple[Snippet, Term, Literal]) -> tuple[int, bool]:
    """Return how many words are in a snippet, and whether it says more than a name."""
    matching, prop, _ = candidate
    return matching.matches, isinstance(prop, NamedNode) and prop.value not in label_properties()


def _facets(
    resources: Sequence[NamedNode], classes: Classes, chosen: str, labels: Labels, to: Address
) -> Sequence[Facet]:
    """Return the classes that are the narrowest of most of some resources, those of most results first."""
    narrowest = Counter(kind for resource in resources for kind in classes.narrowest(resource))
    most_frequent = sorted(narrowest, key=lambda kind: (-narrowest[kind], kind.value))[:_MAX_FACETS]
    counts = {kind: classes.count(kind) for kind in most_frequent}
    ranked = sorted(counts, key=lambda kind: (-counts[kind], kind.value))
    return [Facet(labels.of(kind), counts[kind], to(1, kind.value), kind.value == chosen) for kind in ranked]


def _search_for(words: str, chosen: str = "") -> Address:
    """Return what makes the address of a page of the results for words: of the chosen class, or of another one."""
    before, after = (
        urlencode({name: value}) if value else "" for name, value in (("q", words), ("lang", request.args.get("lang")))
    )

    def address(number: int, kind: str = chosen) -> str:
        kinds, pages = f"kind={quote_plus(kind)}" if kind else "", f"page={number}" if number > 1 else ""
        return f"?{'&'.join(filter(None, (before, kinds, pages, after)))}"

    return address


def _json(words: str, hits: Sequence[Hit], results: SearchResult, count: int) -> Response:
    document = {
        "query": words,
        "count": count,
        "more": results.has_more,
        "onlyNames": results.only_names,
        "searchedInstead": results.suggestion or None,
        "results": [
            {
                "iri": hit.name.title,
                "label": hit.name.text,
                "language": hit.name.language,
                "kinds": [kind.title for kind in hit.classes],
                "text": "".join(part.text for part in hit.snippet),
            }
            for hit in hits
        ],
    }
    response = Response(json.dumps(document, ensure_ascii=False, indent=1) + "\n", content_type=_JSON.media_type)
    response.vary.update(["Accept", "Accept-Language"])
    return response


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """Answer how to search here (https://github.com/dewitt/opensearch/blob/master/opensearch-1-1-draft-6.md)."""
    return xml_document("opensearch.xml", "application/opensearchdescription+xml", root=request.url_root)


def register(app: Flask) -> None:
    """Let the page of an address that is not found suggest others."""
    search_facets.register(app)
    app.context_processor(lambda: {"suggestions": suggestions})


def suggestions() -> Sequence[Label]:
    """Return the resources that this request's address may mean, by the words in its last part."""
    address = request.args.get("iri", request.path).rstrip("/")
    words = re.sub(r"[\W_]+", " ", re.split(r"[/#:]", address)[-1]).strip()
    labels = request_labels()
    try:
        resources = text_search.find(words).resources[:_MAX_SUGGESTIONS] if words else []
        labels.prefer_own_pages(resources)
        suggested = [labels.of(resource) for resource in resources]
        labels.look_up()
    except NbkgError:
        return []
    return suggested
