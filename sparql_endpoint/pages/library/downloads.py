"""Records as MARC and MARCXML, and things in the two shapes of JSON besides the RDF formats."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import unquote

from flask import Blueprint, Response
from pyoxigraph import NamedNode

from nbkg.errors import UnwritableError
from nbkg.records.form import Form
from sparql_endpoint.errors import NotFoundError, RequestError
from sparql_endpoint.pages.library import bibframe_json, schema_org
from sparql_endpoint.pages.library.description import Description, read_description
from sparql_endpoint.pages.library.record_facts import RecordName
from sparql_endpoint.pages.library.record_store import find_bytes
from sparql_endpoint.queries import query
from sparql_endpoint.services.labels import request_labels
from sparql_endpoint.services.record_listings import records_folder
from sparql_endpoint.services.responses import raw_path
from sparql_endpoint.services.services import serving

blueprint = Blueprint("records", __name__)
_ISO2709 = "application/marc"
"""RFC 2220, https://www.rfc-editor.org/rfc/rfc2220"""
_MARCXML = "application/marcxml+xml"
"""RFC 6207, https://www.rfc-editor.org/rfc/rfc6207"""
_JSON_LD = "application/ld+json"


@blueprint.get("/records/<source>/<path:record>.mrc")
def marc(source: str, record: str) -> Response:
    """Answer a record as ISO 2709, byte for byte as delivered where it came so and has no edits."""
    return _record(RecordName(source, record), Form.ISO2709, _ISO2709, "mrc")


@blueprint.get("/records/<source>/<path:record>.xml")
def marcxml(source: str, record: str) -> Response:
    """Answer a record as MARCXML."""
    return _record(RecordName(source, record), Form.MARCXML, _MARCXML, "xml")


def _record(name: RecordName, form: Form, media_type: str, suffix: str) -> Response:
    settings = serving().settings
    try:
        content = find_bytes(records_folder(settings.records, settings.store), name, form)
    except UnwritableError as error:
        raise RequestError(f"this record cannot be written as ISO 2709: {error.problem}; take it as MARCXML") from error
    if content is None:
        raise NotFoundError(f"the record {name.key!r} of the source {name.source!r} is not at hand here")
    response = Response(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name.file}.{suffix}"'
    return response


@blueprint.get("/schema-org/<path:key>")
def in_schema_org(key: str) -> Response:  # noqa: ARG001  # as the client spelled it
    """Answer a thing in the words of schema.org."""
    return _json("/schema-org/", lambda iri, described, _below: schema_org.document(iri, described, request_labels()))


@blueprint.get("/bibframe-json/<path:key>")
def in_bibframe_json(key: str) -> Response:  # noqa: ARG001  # as the client spelled it
    """Answer a hub, a work or an instance in BIBFRAME's shape of JSON."""
    return _json("/bibframe-json/", bibframe_json.document)


_Make = Callable[[NamedNode, Description, Sequence[NamedNode]], Mapping[str, object]]


def _json(start: str, make: _Make) -> Response:
    path = unquote(raw_path().removeprefix(start))
    try:
        iri = NamedNode(f"{serving().settings.base}id/{path}")
    except ValueError as error:
        raise NotFoundError(f"Nothing is known of {path}.") from error
    store = serving().store
    described = read_description([iri], store)
    if not described.kinds(iri):
        raise NotFoundError(f"Nothing is known of <{iri.value}>.")
    above = [*described.nodes(iri, "bf:instanceOf"), *described.nodes(iri, "bf:adminMetadata")]
    more = read_description(above, store)
    below = [
        each
        for row in store.select(query("pages/library/below"), {"iri": iri})
        if isinstance(each := row["thing"], NamedNode)
    ]
    content = json.dumps(make(iri, _merged(described, more), below), ensure_ascii=False, indent=1)
    return Response(f"{content}\n", content_type=_JSON_LD)


def _merged(one: Description, other: Description) -> Description:
    return Description({**other.statements, **one.statements})
