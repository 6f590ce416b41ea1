"""The lists of units, of services and other things, of partners and of concepts; each is the answer to one query."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from flask import Blueprint, Response, current_app, redirect, url_for
from pyoxigraph import NamedNode
from werkzeug import wrappers

from nbkg.grouping import first_values
from nbkg.rdf.solutions import literal_text
from sparql_endpoint.errors import NotFoundError
from sparql_endpoint.http import languages
from sparql_endpoint.http.formats import CSV, HTML, JSON, TSV, XML, Format
from sparql_endpoint.pages.frame.collection import Collection
from sparql_endpoint.pages.strategy.base.definitions import definitions
from sparql_endpoint.pages.strategy.base.strategies import current
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import Label, Labels, request_labels
from sparql_endpoint.services.requested_format import requested_format
from sparql_endpoint.services.services import serving
from sparql_endpoint.stores.base import Row, Term

INDEXES = ("units", "services", "partners", "concepts")
_FORMATS = (CSV, TSV, JSON, XML)


@dataclass(frozen=True)
class IndexEntry:
    """A thing in a list: its name, what it is, its code, and the numbers of measures, by the query's variable."""

    name: Label
    definition: Label | None
    code: str
    counts: dict[str, int]
    narrower: list[IndexEntry] = field(default_factory=list)

    def all(self) -> Iterator[IndexEntry]:
        """It and those below it."""
        yield self
        for one in self.narrower:
            yield from one.all()


@dataclass(frozen=True)
class IndexGroup:
    """The entries of one kind; the kind is a word's key, or a scheme."""

    kind: str
    scheme: Label | None
    definition: Label | None
    entries: Sequence[IndexEntry]


def _index(name: str) -> Blueprint:
    blueprint = Blueprint(name, __name__)
    blueprint.add_url_rule(f"/{name}", name, _negotiated(name, _concepts if name == "concepts" else _listing(name)))
    return blueprint


def _negotiated(name: str, listing: Callable[[], Response]) -> Callable[[], wrappers.Response]:
    """The page of a list; in another format it is what the endpoint answers to its query: 303 to there."""

    def respond() -> wrappers.Response:
        form = requested_format((HTML, *_FORMATS))
        if form is HTML:
            return listing()
        answer = redirect(_query_address(query(f"pages/lists/{name}"), form), 303)
        answer.vary.add("Accept")
        return answer

    return respond


def _listing(name: str) -> Callable[[], Response]:
    """The page of a list whose rows have a kind."""

    def listing() -> Response:
        rows, labels, definitions = _read(name)
        kinds = list(dict.fromkeys(literal_text(row, "kind") for row in rows))
        groups = [
            IndexGroup(
                kind,
                None,
                None,
                [_entry(row, labels, definitions) for row in rows if literal_text(row, "kind") == kind],
            )
            for kind in kinds
        ]
        return _page(name, groups)

    return listing


def _concepts() -> Response:
    """The page of the schemes, those that measures have first, each with its concepts as a tree."""
    rows, labels, explained = _read("concepts")
    schemes = list(dict.fromkeys(row["scheme"] for row in rows))
    labels.expect(schemes)
    of_schemes = definitions(schemes, labels)
    groups = [
        IndexGroup("scheme", labels.of(scheme), of_schemes.get(scheme), _tree(of, labels, explained))
        for scheme in schemes
        if (of := [row for row in rows if row["scheme"] == scheme])
    ]
    return _page("concepts", sorted(groups, key=lambda group: not any(one.counts["measures"] for one in group.entries)))


def _tree(rows: Sequence[Row], labels: Labels, definitions: Mapping[Term, Label]) -> Sequence[IndexEntry]:
    """The widest concepts; those of a circle, which have none above them, are left at the top."""
    entries = {row["thing"]: _entry(row, labels, definitions) for row in rows}
    tops, broader = list[IndexEntry](), {row["thing"]: row.get("broader") for row in rows}
    for row in rows:
        above = row.get("broader")
        is_below = above in entries and not is_above(row["thing"], above, broader)
        (entries[above].narrower if is_below and above is not None else tops).append(entries[row["thing"]])
    return tops


def is_above(concept: Term, other: Term | None, broader: Mapping[Term, Term | None]) -> bool:
    """Whether a concept stands above another or is that one; in a circle each stands above all."""
    seen: set[Term] = set()
    while other is not None and other not in seen:
        if other == concept:
            return True
        seen.add(other)
        other = broader.get(other)
    return False


def _read(name: str) -> tuple[Sequence[Row], Labels, Mapping[Term, Label]]:
    """The rows with things that have an IRI, each thing once. Raises NotFoundError where the data has no measures."""
    if not current().measures:
        raise NotFoundError(languages.say("no_measures_here", languages.negotiate()))
    rows = serving().store.select(query(f"pages/lists/{name}"))
    first = first_values((row["thing"], row) for row in rows if isinstance(row["thing"], NamedNode))
    labels = request_labels()
    labels.expect(first)
    return list(first.values()), labels, definitions(list(first), labels)


def _entry(row: Row, labels: Labels, definitions: Mapping[Term, Label]) -> IndexEntry:
    counts = {name: int(literal_text(row, name)) for name in ("leading", "contributing", "measures") if name in row}
    return IndexEntry(labels.of(row["thing"]), definitions.get(row["thing"]), literal_text(row, "code"), counts)


def _page(name: str, groups: Sequence[IndexGroup]) -> Response:
    text = query(f"pages/lists/{name}")
    addresses = {form.name: _query_address(text, form) for form in _FORMATS}
    endpoint = "query_page.query_page"
    query_page = languages.linked(endpoint, query=text) if endpoint in current_app.view_functions else None
    names = [entry.name for group in groups for one in group.entries for entry in one.all()]
    documents = {url_for(f"{name}.{name}", format=form.name): form for form in _FORMATS}
    return Collection(languages.say(f"list_{name}", languages.negotiate()), names, documents).page(
        f"{'concepts' if name == 'concepts' else 'things'}.html",
        index=name,
        groups=groups,
        counted=[
            key for key in ("leading", "contributing", "measures") if groups and key in groups[0].entries[0].counts
        ],
        formats=_FORMATS,
        addresses=addresses,
        query_page=query_page,
        issued=current().issued,
    )


def _query_address(text: str, form: Format) -> str:
    """The address at which the endpoint gives the list in a format."""
    return url_for("endpoint.sparql_protocol", query=text, format=form.name)


blueprints = tuple(_index(name) for name in INDEXES)
