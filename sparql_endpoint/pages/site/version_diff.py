"""`/difference?iri=…&from=…&to=…`: what is said of one thing otherwise in one version of the data than in another."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import chain

import pyoxigraph as ox
from flask import Blueprint, Response, request, url_for
from pyoxigraph import BlankNode, NamedNode

from nbkg.rdf.diff import DiffKind
from nbkg.rdf.rdf_patch import MEDIA_TYPE, serialize_patch
from sparql_endpoint.api.releases import names
from sparql_endpoint.errors import NotFoundError
from sparql_endpoint.http import etags as conditional
from sparql_endpoint.http import languages
from sparql_endpoint.http.formats import HTML, Format, negotiate
from sparql_endpoint.pages.frame.page import page
from sparql_endpoint.services import responses as answering
from sparql_endpoint.services.labels import Label, Labels, request_labels
from sparql_endpoint.services.resource_description import Statement, describe, is_known
from sparql_endpoint.services.services import serving
from sparql_endpoint.stores.base import Store, Term
from sparql_endpoint.stores.oxigraph import node

blueprint = Blueprint("difference", __name__)
PATCH = Format("patch", MEDIA_TYPE, ("rdfp",), ("rdf-patch", "text/rdf-patch"))
LISTED = Format("json", "application/json", ("json",))
_OFFERED = (HTML, PATCH, LISTED)


@dataclass(frozen=True)
class Difference:
    """The statements that went and those that came."""

    removed: Sequence[Statement]
    added: Sequence[Statement]


@dataclass(frozen=True)
class Change:
    """One property in one graph: the values that went, and those that came."""

    property: Label
    removed: Sequence[Label]
    added: Sequence[Label]


@blueprint.get("/difference")
def difference() -> Response:
    """The page, RDF Patch or JSON. Without `from` it begins with the oldest release, without `to` it ends now."""
    chosen = negotiate(_OFFERED, request.headers.get("Accept"), request.args.get("format"))
    iri, (since, until) = node(request.args.get("iri", "").strip()), _ends()
    old, new = serving().at(since), serving().at(until)
    answering.of(new)
    same = answering.unchanged(conditional.tag(old.version(), new.version(), *_asked(chosen)))
    if same and old.version() and new.version():
        return same
    if not is_known(old, iri) and not is_known(new, iri):
        raise NotFoundError(f"Nothing is known of <{iri.value}>, neither as of {since} nor {until or 'now'}.")
    found = compare(old, new, iri)
    if chosen is HTML:
        return _page(iri, found, (since, until))
    body = _patch(found) if chosen is PATCH else _json(iri, found, (since, until))
    return answering.response(body, chosen)


def compare(old: Store, new: Store, iri: NamedNode) -> Difference:
    """What is said of an IRI in one store and not in the other, with the unnamed nodes below it.

    Statements of unnamed nodes are compared under canonical labels (https://www.w3.org/TR/rdf-canon/): where one of
    them is another, all of them go and come.
    """
    before, after = (_canonical(describe(store, iri)) for store in (old, new))
    kept = set(before) & set(after)
    return Difference([one for one in before if one not in kept], [one for one in after if one not in kept])


def _canonical(statements: Iterable[Statement]) -> list[Statement]:
    said = list(dict.fromkeys(statements))
    unnamed = [one for one in said if BlankNode in (type(one.subject), type(one.value))]
    dataset = ox.Dataset(_quad(one) for one in unnamed)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    found = [Statement(q.subject, q.predicate, q.object, _graph(q)) for q in sorted(dataset, key=str)]
    return [*(one for one in said if one not in unnamed), *found]


def _graph(quad: ox.Quad) -> NamedNode | None:
    return quad.graph_name if isinstance(quad.graph_name, NamedNode) else None


def _quad(one: Statement) -> ox.Quad:
    return ox.Quad(one.subject, one.property, one.value, one.graph or ox.DefaultGraph())


def _ends() -> tuple[str, str]:
    """From when to when, as releases; empty for now. Raises NotFoundError where there are no releases."""
    here = serving()
    if not names() or here.releases is None:
        raise NotFoundError("This store keeps no releases, so that nothing can be compared with what was.")
    since, until = request.args.get("from", "") or names()[0], request.args.get("to", "")
    return here.releases.name(since), here.releases.name(until) if until else ""


def _asked(chosen: Format) -> tuple[str, ...]:
    return request.full_path, request.host, chosen.name, languages.negotiate() if chosen is HTML else ""


def _patch(found: Difference) -> bytes:
    """RDF Patch, https://afs.github.io/rdf-patch/"""
    removed = ((DiffKind.REMOVED, line) for line in _lines(found.removed))
    added = ((DiffKind.ADDED, line) for line in _lines(found.added))
    return b"".join(serialize_patch((), chain(removed, added)))


def _lines(statements: Iterable[Statement]) -> list[bytes]:
    output = BytesIO()
    ox.serialize([_quad(one) for one in statements], output, ox.RdfFormat.N_QUADS)
    return output.getvalue().splitlines(keepends=True)


def _json(iri: NamedNode, found: Difference, ends: tuple[str, str]) -> bytes:
    """Statements as N-Quads."""
    said = {"removed": found.removed, "added": found.added}
    lines = {name: [line.decode().rstrip("\n") for line in _lines(statements)] for name, statements in said.items()}
    told = {"iri": iri.value, "from": ends[0], "to": ends[1] or None, **lines}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _page(iri: NamedNode, found: Difference, ends: tuple[str, str]) -> Response:
    labels = request_labels()
    every = [*found.removed, *found.added]
    own = labels.of(iri)
    return page(
        "changed.html",
        name=own,
        iri=iri.value,
        since=ends[0],
        until=ends[1],
        sections=[
            (labels.of(graph) if graph else None, _changes(found, graph, labels))
            for graph in dict.fromkeys(one.graph for one in every)
        ],
        counts=(len(found.removed), len(found.added)),
        formats=_OFFERED[1:],
    )


def _changes(found: Difference, graph: NamedNode | None, labels: Labels) -> list[Change]:
    shown = labels.of
    by_property: dict[NamedNode, tuple[list[Term], list[Term]]] = {}
    for side, statements in enumerate((found.removed, found.added)):
        for one in statements:
            if one.graph == graph:
                by_property.setdefault(one.property, ([], []))[side].append(one.value)
    return [
        Change(shown(prop), [shown(value) for value in went], [shown(value) for value in came])
        for prop, (went, came) in by_property.items()
    ]


def _link(iri: str) -> str:
    """The address of an IRI's difference; empty where there is nothing to compare with."""
    return url_for("difference.difference", iri=iri) if names() else ""


def in_templates() -> dict[str, object]:
    """What every template may use: `difference_of(iri)`."""
    return {"difference_of": _link}
