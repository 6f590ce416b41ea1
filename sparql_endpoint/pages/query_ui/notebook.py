"""A notebook that sends a query to this endpoint: https://nbformat.readthedocs.io/en/latest/format_description.html."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sparql_endpoint.sparql.form import Form

_TABLE = """\
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pandas

request = Request(ENDPOINT, urlencode({"query": QUERY}).encode(), {"Accept": "text/csv"})
with urlopen(request) as answer:
    result = pandas.read_csv(answer)
result"""
_YES_OR_NO = """\
import json
from urllib.parse import urlencode
from urllib.request import Request, urlopen

request = Request(ENDPOINT, urlencode({"query": QUERY}).encode(), {"Accept": "application/sparql-results+json"})
with urlopen(request) as answer:
    result = json.load(answer)["boolean"]
result"""
_GRAPH = """\
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import rdflib

request = Request(ENDPOINT, urlencode({"query": QUERY}).encode(), {"Accept": "text/turtle"})
with urlopen(request) as answer:
    result = rdflib.Graph().parse(answer, format="turtle")
print(result.serialize(format="turtle"))"""


@dataclass(frozen=True)
class NotebookQuery:
    """The query of a notebook, the endpoint it is sent to, and the heading above it."""

    endpoint: str
    text: str
    form: Form
    title: str
    page: str
    """The address at which the query can be changed."""


def notebook(query: NotebookQuery) -> str:
    """Return the notebook as JSON; its code leaves the answer in `result`."""
    document = {
        "cells": [
            _markdown("question", f"# {_plain(query.title)}\n\n<{query.page}>"),
            _code("query", f"ENDPOINT = {query.endpoint!r}\nQUERY = {_literal(query.text)}"),
            _code("answer", _GRAPH if query.form.gives_graph else _YES_OR_NO if query.form is Form.ASK else _TABLE),
        ],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _markdown(name: str, text: str) -> Mapping[str, object]:
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": text}


def _code(name: str, text: str) -> Mapping[str, object]:
    return {"cell_type": "code", "execution_count": None, "id": name, "metadata": {}, "outputs": [], "source": text}


def _plain(text: str) -> str:
    """Return the text as Markdown that is only text."""
    line = " ".join(text.split())
    return "".join(f"\\{mark}" if mark in r"\`*_{}[]()<>#+!|$&" else mark for mark in line)


def _literal(text: str) -> str:
    """Return the text as a Python literal over as many lines as it has, where nothing in it must be escaped."""
    over_lines = f'"""\n{text}\n"""'
    return over_lines if _is_simple(text) else repr(text)


def _is_simple(text: str) -> bool:
    marks = "\\" in text or '"""' in text or text.endswith('"')
    return not marks and all(mark == "\n" or mark.isprintable() for mark in text)
