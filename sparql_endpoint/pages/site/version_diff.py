"""`/difference?iri=…&from=…&to=…`: the diff of the statements about one resource between two releases."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import pyoxigraph as ox
from flask import Blueprint, Response, request, url_for
from pyoxigraph import BlankNode, NamedNode

from nbkg.rdf.diff import DiffKind
from nbkg.rdf.nquads import serialize_quads
from nbkg.rdf.rdf_patch import MEDIA_TYPE, serialize_patch
from sparql_endpoint.api import releases
from sparql_endpoint.errors import NotFoundError
from sparql_endpoint.http import etags, languages
from sparql_endpoint.http.formats import HTML, Format
from sparql_endpoint.pages.frame.page import page
from sparql_endpoint.pages.resource.statements import by_graph
from sparql_endpoint.services import responses
from sparql_endpoint.services.labels import Label, Labels, request_labels
from sparql_endpoint.services.requested_format import requested_format
from sparql_endpoint.services.resource_description import Statement, describe, is_known
from sparql_endpoint.services.services import serving
from sparql_endpoint.stores.base import Store
from sparql_endpoint.stores.oxigraph import node

blueprint = Blueprint("difference", __name__)
PATCH = Format("patch", MEDIA_TYPE, ("rdfp",), ("rdf-patch", "text/rdf-patch"))
JSON = Format("json", "application/json", ("json",))
_OFFERED = (HTML, PATCH, JSON)


@dataclass(frozen=True)
class ResourceDiff:
    """The statements about a resource that were removed and those that were added."""

    removed: Sequence[Statement]
    added: Sequence[Statement]


@dataclass(frozen=True)
class PropertyDiff:
    """The values of a property in one graph that were removed and those that were added."""

    property: Label
    removed: Sequence[Label]
    added: Sequence[Label]


@blueprint.get("/difference")
def difference() -> Response:
    """Answer a page, RDF Patch or JSON. Without `from` the oldest release is compared, without `to` the data now."""
    form = requested_format(_OFFERED)
    iri, (since, until) = node(request.args.get("iri", "").strip()), _ends()
    old, new = serving().at(since), serving().at(until)
    responses.of(new)
    unchanged = responses.unchanged(etags.tag(old.version(), new.version(), *_variant(form)))
    if unchanged and old.version() and new.version():
        return unchanged
    if not is_known(old, iri) and not is_known(new, iri):
        raise NotFoundError(f"Nothing is known of <{iri.value}>, neither as of {since} nor {until or 'now'}.")
    diff = compare(old, new, iri)
    if form is HTML:
        return _page(iri, diff, (since, until))
    body = _patch(diff) if form is PATCH else _json(iri, diff, (since, until))
    return responses.response(body, form)


def compare(old: Store, new: Store, iri: NamedNode) -> ResourceDiff:
    """Return the diff of the statements about an IRI and the blank nodes below it.

    Statements about blank nodes are compared under canonical labels (https://www.w3.org/TR/rdf-canon/): if one of
    them differs, all are removed and added.
    """
    before, after = (_canonical(describe(store, iri)) for store in (old, new))
    common = set(before) & set(after)
    return ResourceDiff([s for s in before if s not in common], [s for s in after if s not in common])


def _canonical(statements: Iterable[Statement]) -> list[Statement]:
    distinct = list(dict.fromkeys(statements))
    unnamed = [one for one in distinct if BlankNode in (type(one.subject), type(one.value))]
    dataset = ox.Dataset(_quad(one) for one in unnamed)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    canonical = [Statement(q.subject, q.predicate, q.object, _graph(q)) for q in sorted(dataset, key=str)]
    return [*(one for one in distinct if one not in unnamed), *canonical]


def _graph(quad: ox.Quad) -> NamedNode | None:
    return quad.graph_name if isinstance(quad.graph_name, NamedNode) else None


def _quad(one: Statement) -> ox.Quad:
    return ox.Quad(one.subject, one.property, one.value, one.graph or ox.DefaultGraph())


def _ends() -> tuple[str, str]:
    """Return the two releases to compare, an empty text for now. Raises NotFoundError where there are no releases."""
    here, names = serving(), releases.names()
    if not names or here.releases is None:
        raise NotFoundError("This store keeps no releases, so there is nothing to compare with.")
    since, until = request.args.get("from", "") or names[0], request.args.get("to", "")
    return here.releases.name(since), here.releases.name(until) if until else ""


def _variant(form: Format) -> tuple[str, ...]:
    """Return what the response depends on besides the two versions."""
    return request.full_path, request.url_root, form.name, languages.negotiate() if form is HTML else ""


def _patch(diff: ResourceDiff) -> bytes:
    """Return the diff as RDF Patch, https://afs.github.io/rdf-patch/."""
    removed = ((DiffKind.REMOVED, line) for line in _lines(diff.removed))
    added = ((DiffKind.ADDED, line) for line in _lines(diff.added))
    return b"".join(serialize_patch((), chain(removed, added)))


def _lines(statements: Iterable[Statement]) -> list[bytes]:
    return list(serialize_quads(map(_quad, statements)))


def _json(iri: NamedNode, diff: ResourceDiff, ends: tuple[str, str]) -> bytes:
    """Return the diff as JSON, with statements as N-Quads."""
    sides = {"removed": diff.removed, "added": diff.added}
    lines = {name: [line.decode().rstrip("\n") for line in _lines(statements)] for name, statements in sides.items()}
    document = {"iri": iri.value, "from": ends[0], "to": ends[1] or None, **lines}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _page(iri: NamedNode, diff: ResourceDiff, ends: tuple[str, str]) -> Response:
    labels = request_labels()
    removed, added = by_graph(diff.removed), by_graph(diff.added)
    return page(
        "changed.html",
        name=labels.of(iri),
        iri=iri.value,
        since=ends[0],
        until=ends[1],
        sections=[
            (labels.of(graph) if graph else None, _properties(removed.get(graph, ()), added.get(graph, ()), labels))
            for graph in dict.fromkeys([*removed, *added])
        ],
        counts=(len(diff.removed), len(diff.added)),
        formats=_OFFERED[1:],
    )


def _properties(removed: Iterable[Statement], added: Iterable[Statement], labels: Labels) -> Sequence[PropertyDiff]:
    by_property: dict[NamedNode, tuple[list[Label], list[Label]]] = {}
    for side, statements in enumerate((removed, added)):
        for statement in statements:
            by_property.setdefault(statement.property, ([], []))[side].append(labels.of(statement.value))
    return [PropertyDiff(labels.of(prop), old, new) for prop, (old, new) in by_property.items()]


def _link(iri: str) -> str:
    """Return the address of a resource's diff; an empty text where there is nothing to compare with."""
    return url_for("difference.difference", iri=iri) if releases.names() else ""


def in_templates() -> dict[str, object]:
    """Return what every template may use: `difference_of(iri)`."""
    return {"difference_of": _link}
