"""`/query`: a form and, where scripts run, an editor; the example queries; notebooks; what the editor completes."""

from __future__ import annotations

import json
from urllib.parse import urlencode

from flask import Blueprint, Response, request, url_for
from pyoxigraph import NamedNode

from sparql_endpoint.errors import NotFoundError, RequestError
from sparql_endpoint.http import etags, languages
from sparql_endpoint.http.headers import EDITING
from sparql_endpoint.pages.frame.page import page
from sparql_endpoint.pages.query_ui import editor
from sparql_endpoint.pages.query_ui.completions import completions
from sparql_endpoint.pages.query_ui.examples import Example, examples, tags
from sparql_endpoint.pages.query_ui.notebook import NotebookQuery, notebook
from sparql_endpoint.pages.results.advice import advice
from sparql_endpoint.protocol.operation import AS_OF, absolute
from sparql_endpoint.services import responses, void_counts
from sparql_endpoint.services.labels import request_labels
from sparql_endpoint.services.services import serving
from sparql_endpoint.sparql.form import parse_form
from sparql_endpoint.sparql.notes import Outcome, find_notes
from sparql_endpoint.words import words

blueprint = Blueprint("query_page", __name__)
_EDITOR_WORDS = "editor_"
_MAX_NAMED = 100
"""IRIs of one request that are named."""


@blueprint.get("/query")
def query_page() -> Response:
    """Answer the page, with the query of the request or of the example that it names."""
    words_sought, tag = request.args.get("find", ""), request.args.get("tag", "")
    language, known = languages.negotiate(), _examples()
    chosen = _example(request.args["example"]) if "example" in request.args else None
    fitting = [example for example in known if example.fits(words_sought, tag)]
    opening = next((example for example in known if example.is_opening), None)
    response = page(
        "query/query_page.html",
        query=request.args.get("query") or (chosen.query if chosen else ""),
        opening=opening.query if opening else "",
        chosen=chosen,
        examples=sorted(fitting, key=lambda example: example.question(language).text),
        total=len(known),
        tags=tags(known, language),
        find=words_sought,
        tag=tag,
        seconds=serving().settings.time_limit,
        editor=editor if editor.is_built() else None,
        base=serving().settings.base,
        editor_words=_editor_words(language),
    )
    if editor.is_built():
        response.headers["Content-Security-Policy"] = EDITING
    return response


def _editor_words(language: str) -> dict[str, str]:
    """Return the words of the editor's script, by their key without `editor_`."""
    return {
        key.removeprefix(_EDITOR_WORDS): text[language]
        for key, text in words().items()
        if key.startswith(_EDITOR_WORDS)
    }


@blueprint.get("/query/notebook.ipynb")
def as_notebook() -> Response:
    """Answer a notebook that sends the query of the request or of the example that it names."""
    language = languages.negotiate()
    if "example" in request.args:
        example = _example(request.args["example"])
        text, title = example.query, example.question(language).text
        name, parameters = example.key, {"example": example.key}
    else:
        text, title = request.args.get("query", ""), languages.say("query", language)
        name, parameters = "query", {"query": text}
    if not text.strip():
        raise RequestError("a notebook is made of a query; send it as “query”, or an example’s key as “example”")
    dataset = urlencode(_dataset())
    endpoint = url_for("endpoint.sparql_protocol", _external=True) + (f"?{dataset}" if dataset else "")
    address = url_for("query_page.query_page", _external=True, **parameters)
    body = notebook(NotebookQuery(endpoint, text, parse_form(text), title, address))
    response = Response(body, content_type="application/x-ipynb+json")
    response.headers["Content-Disposition"] = f'attachment; filename="{_file_name(name)}.ipynb"'
    response.vary.add("Accept-Language")
    return response


def _dataset() -> list[tuple[str, str]]:
    """Return the graphs and the release that the request names, which a notebook names too."""
    names = ("default-graph-uri", "named-graph-uri", AS_OF)
    return [(name, value) for name in names for value in request.args.getlist(name) if value]


def _file_name(name: str) -> str:
    """Return the name in characters that every file system and header takes."""
    return "".join(mark if mark.isascii() and (mark.isalnum() or mark in "-_") else "-" for mark in name)[:80]


@blueprint.get("/query/completions.json")
def completion() -> Response:
    """Answer classes and properties, each as its IRI, its label and how often it is used."""
    language = languages.negotiate()
    body = serving().per_version(f"{__name__}.completions.{language}", lambda: _completions(language), share=2)
    response = Response(body, content_type="application/json")
    response.vary.add("Accept-Language")
    return response


def _completions(language: str) -> str:
    terms = completions(serving().store, void_counts.contents().counts, language)
    return json.dumps(terms, ensure_ascii=False, separators=(",", ":")) + "\n"


@blueprint.get("/query/labels.json")
def names() -> Response:
    """Answer the names of the IRIs of the request, each with its label in the page's language and its short name."""
    labels = request_labels()
    iris = [NamedNode(absolute(iri, "iri")) for iri in request.args.getlist("iri")[:_MAX_NAMED]]
    labels.expect(iris)
    return _json({iri.value: [labels.of(iri).text, labels.compact(iri.value)] for iri in iris})


@blueprint.get("/query/advice.json")
def query_advice() -> Response:
    """Answer sentences about a query: terms that the data does not have, and what `outcome` of its result may mean."""
    text, language = request.args.get("query", ""), languages.negotiate()
    outcome = next((one for one in Outcome if one.value == request.args.get("outcome")), Outcome.EMPTY)
    return _json([*advice(text, language), *(note.text(language) for note in find_notes(text, outcome))])


def _json(document: object) -> Response:
    response = Response(json.dumps(document, ensure_ascii=False) + "\n", content_type="application/json")
    response.vary.add("Accept-Language")
    return response


@blueprint.get("/query/editor/<file>")
def editor_file(file: str) -> Response:
    """Answer a file of the editor."""
    if file not in editor.NAMES or not editor.is_built():
        raise NotFoundError(f"There is no file “{file}” of the editor here.")
    if unchanged := responses.unchanged(etags.tag(editor.digest(file))):
        return unchanged
    responses.stable()
    return Response(editor.body(file), content_type=editor.content_type(file))


def _examples() -> tuple[Example, ...]:
    here = serving()
    return here.per_version(f"{__name__}.examples", lambda: tuple(examples(here.store)), share=2)


def _example(key: str) -> Example:
    example = next((one for one in _examples() if one.key == key), None)
    if not example:
        raise NotFoundError(f"There is no example query “{key}”.")
    return example
