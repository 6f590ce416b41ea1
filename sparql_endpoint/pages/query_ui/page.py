"""`/query`: a form and, where scripts run, an editor; the example queries; notebooks; what the editor completes."""

from __future__ import annotations

import json
from typing import cast
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, request, url_for
from flask.blueprints import BlueprintSetupState

from sparql_endpoint.errors import NotFoundError, RequestError
from sparql_endpoint.http import etags as conditional
from sparql_endpoint.http import languages
from sparql_endpoint.http.headers import EDITING
from sparql_endpoint.pages.frame.page import page
from sparql_endpoint.pages.query_ui import editor
from sparql_endpoint.pages.query_ui.completions import Completion, completions
from sparql_endpoint.pages.query_ui.examples import Example, examples, tags
from sparql_endpoint.pages.query_ui.notebook import Asked, notebook
from sparql_endpoint.protocol.operation import AS_OF
from sparql_endpoint.services import responses as answering
from sparql_endpoint.services import void_counts
from sparql_endpoint.services.per_version import Versioned
from sparql_endpoint.services.services import serving
from sparql_endpoint.sparql.form import parse_form
from sparql_endpoint.words import words

blueprint = Blueprint("desk", __name__)
_NAME = "sparql_endpoint.desk"


@blueprint.record
def _installed(state: BlueprintSetupState) -> None:
    """Each application keeps its examples and completions."""
    state.app.extensions[_NAME] = Versioned[tuple[Example, ...]]()
    state.app.extensions[f"{_NAME}.completions"] = {language: Versioned[str]() for language in languages.OFFERED}


@blueprint.get("/query")
def desk() -> Response:
    """The desk, with the query that the request or the example it names has."""
    wanted, tag = request.args.get("find", ""), request.args.get("tag", "")
    language, known = languages.negotiate(), _examples()
    chosen = _chosen(request.args["example"]) if "example" in request.args else None
    found = sorted((one for one in known if one.fits(wanted, tag)), key=lambda one: one.question(language).text)
    answer = page(
        "desk/desk.html",
        query=request.args.get("query") or (chosen.query if chosen else ""),
        chosen=chosen,
        examples=found,
        total=len(known),
        tags=tags(known, language),
        find=wanted,
        tag=tag,
        seconds=serving().settings.time_limit,
        editor=editor if editor.is_built() else None,
        base=serving().settings.base,
        editor_words=_editor_words(language),
    )
    if editor.is_built():
        answer.headers["Content-Security-Policy"] = EDITING
    return answer


def _editor_words(language: str) -> dict[str, str]:
    """What the editor's script says: the words whose key begins with `editor_`, by the rest of it."""
    mark = "editor_"
    return {key.removeprefix(mark): said[language] for key, said in words().items() if key.startswith(mark)}


@blueprint.get("/query/notebook.ipynb")
def as_notebook() -> Response:
    """A notebook that asks what the request or the example it names asks."""
    language = languages.negotiate()
    if "example" in request.args:
        example = _chosen(request.args["example"])
        text, title = example.query, example.question(language).text
        name, asked = example.key, {"example": example.key}
    else:
        text, title = request.args.get("query", ""), languages.say("query", language)
        name, asked = "query", {"query": text}
    if not text.strip():
        raise RequestError("a notebook is made of a query; give it as “query”, or an example’s key as “example”")
    dataset = urlencode(_dataset())
    endpoint = url_for("endpoint.sparql_protocol", _external=True) + (f"?{dataset}" if dataset else "")
    where = url_for("desk.desk", _external=True, **asked)
    body = notebook(Asked(endpoint, text, parse_form(text), title, where))
    answer = Response(body, content_type="application/x-ipynb+json")
    answer.headers["Content-Disposition"] = f'attachment; filename="{_file_name(name)}.ipynb"'
    answer.vary.add("Accept-Language")
    return answer


def _dataset() -> list[tuple[str, str]]:
    """The graphs and the release that the request names, which a notebook names too."""
    names = ("default-graph-uri", "named-graph-uri", AS_OF)
    return [(name, value) for name in names for value in request.args.getlist(name) if value]


def _file_name(name: str) -> str:
    """The name, of letters that no file system and no header minds."""
    return "".join(mark if mark.isascii() and (mark.isalnum() or mark in "-_") else "-" for mark in name)[:80]


@blueprint.get("/query/completions.json")
def completion() -> Response:
    """Classes and properties, each as its IRI, its name and how often it is used."""
    language = languages.negotiate()
    kept = cast(dict[str, Versioned[str]], current_app.extensions[f"{_NAME}.completions"])[language]
    here = serving()
    body = kept.get(here.store.version, lambda: _completions(language), here.settings.threads // 2)
    answer = Response(body, content_type="application/json")
    answer.vary.add("Accept-Language")
    return answer


def _completions(language: str) -> str:
    counts = void_counts.contents().counts
    found: dict[str, list[Completion]] = {
        kind: list(terms) for kind, terms in completions(serving().store, counts, language).items()
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n"


@blueprint.get("/query/editor/<file>")
def editor_file(file: str) -> Response:
    """A file of the editor."""
    if file not in editor.NAMES or not editor.is_built():
        raise NotFoundError(f"There is no file “{file}” of the editor here.")
    if same := answering.unchanged(conditional.tag(editor.digest(file))):
        return same
    answering.stable()
    return Response(editor.body(file), content_type=editor.content_type(file))


def _examples() -> tuple[Example, ...]:
    here = serving()
    kept = cast(Versioned[tuple[Example, ...]], current_app.extensions[_NAME])
    return kept.get(here.store.version, lambda: tuple(examples(here.store)), here.settings.threads // 2)


def _chosen(key: str) -> Example:
    found = next((one for one in _examples() if one.key == key), None)
    if not found:
        raise NotFoundError(f"There is no example query “{key}”.")
    return found
