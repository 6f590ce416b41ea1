"""`nbkg query`: one query to a store or to any SPARQL endpoint."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import click
import pyoxigraph as ox
from rich.console import Console
from rich.table import Table
from rich.text import Text

from nbkg.default_store import find_or_make_store
from nbkg.errors import NbkgError
from nbkg.rdf.decoding import decode
from sparql_endpoint.commands import OutOfReachError
from sparql_endpoint.errors import QuerySyntaxError, RequestError
from sparql_endpoint.http.formats import GRAPHS, HTML, JSON, RESULTS, TURTLE, Format, negotiate
from sparql_endpoint.sparql.dataset import dataset
from sparql_endpoint.sparql.form import Form, parse_form
from sparql_endpoint.sparql.guard import guarded_query
from sparql_endpoint.sparql.hints import find_hint
from sparql_endpoint.stores import open_store
from sparql_endpoint.stores.base import Question

_TABLE = "table"
_NAMES = (_TABLE, *(form.name for form in (*RESULTS, *GRAPHS) if form is not HTML))


@click.command()
@click.argument("text", metavar="[QUERY|-]", required=False)
@click.option(
    "--file", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Read the query from a file."
)
@click.option("--store", metavar="STORE", help="The store to query. Default: the one that `nbkg load` makes.")
@click.option("--endpoint", metavar="URL", help="A SPARQL endpoint to query instead of a store.")
@click.option(
    "--format", "name", type=click.Choice(_NAMES), default=_TABLE, show_default=True, help="The answer's format."
)
def query(text: str | None, file: Path | None, store: str | None, endpoint: str | None, name: str) -> None:
    """Send a SPARQL query to a store or an endpoint and print the answer.

    Without QUERY, or with -, it is read from standard input. A default store that is not there yet is built and loaded.
    """
    if store and endpoint:
        raise click.UsageError("either --store or --endpoint, not both")
    query_text = _text(text, file)
    try:
        query_text = guarded_query(query_text)
        format_ = _format(parse_form(query_text), name)
        answer = _remote(endpoint, query_text, format_) if endpoint else _local(store, query_text, format_)
    except RequestError as error:
        raise click.UsageError(_with_hint(error, query_text)) from error
    except NbkgError as error:
        raise OutOfReachError(str(error)) from error
    except OSError as error:
        raise OutOfReachError(f"{endpoint or store}: {error}") from error
    if name == _TABLE and not parse_form(query_text).gives_graph:
        _print(answer)
    else:
        sys.stdout.buffer.write(answer)


def _with_hint(error: RequestError, text: str) -> str:
    """Return the message of an error, with a hint of what may help where one is known."""
    hint = find_hint(text, str(error), {}) if isinstance(error, QuerySyntaxError) else None
    return f"{error}\n{hint.text('en')}" if hint else str(error)


def _text(text: str | None, file: Path | None) -> str:
    if text is not None and file is not None:
        raise click.UsageError("either QUERY or --file, not both")
    if file is not None:
        return _decode(file.read_bytes(), str(file))
    if text in (None, "-"):
        return _decode(sys.stdin.buffer.read(), "-")
    _refuse_file_name(str(text))
    return str(text)


def _refuse_file_name(text: str) -> None:
    """Raise UsageError where a file is named in place of a query, which has at least one blank or bracket."""
    if re.fullmatch(r"[^\s{}()]+", text) and Path(text).is_file():
        raise click.UsageError(f"{text} is a file; its query is read by --file {text}")


def _decode(text: bytes, name: str) -> str:
    """Return the query, which may begin with a byte order mark."""
    try:
        return decode(text)
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{name}: {error}; save the query as UTF-8") from error


def _format(form: Form, name: str) -> Format:
    if name == _TABLE:
        return TURTLE if form.gives_graph else JSON
    return negotiate(GRAPHS if form.gives_graph else RESULTS, None, name)


def _local(store: str | None, text: str, form: Format) -> bytes:
    address = store or find_or_make_store(click.get_current_context())
    named = dataset(text)
    question = Question(text, named.default_graphs, named.named_graphs)
    return b"".join(open_store(address).answer(question, form))


def _remote(endpoint: str, text: str, form: Format) -> bytes:
    # A store here needs no client of HTTP.
    from SPARQLWrapper import POST, SPARQLWrapper  # noqa: PLC0415  # only for a URL
    from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException  # noqa: PLC0415  # only for a URL

    client = SPARQLWrapper(endpoint, agent="nbkg")
    client.setMethod(POST)
    client.setQuery(text)
    client.setOnlyConneg(True)
    client.addCustomHttpHeader("Accept", form.media_type)
    try:
        return bytes(client.query().response.read())
    except SPARQLWrapperException as error:
        raise OutOfReachError(f"{endpoint}: {error}") from error


def _print(answer: bytes) -> None:
    results = ox.parse_query_results(BytesIO(answer), ox.QueryResultsFormat.JSON)
    console = Console()
    if isinstance(results, ox.QueryBoolean):
        console.print("yes" if results else "no")
        return
    table = Table(*(variable.value for variable in results.variables))
    for row in results:
        table.add_row(*_cells(list(row)))
    console.print(table)


def _cells(row: Sequence[object]) -> list[Text]:
    return [Text("" if term is None else str(getattr(term, "value", term))) for term in row]
