"""`/releases`: the releases that the store keeps, which a query can name by `as-of`."""

from __future__ import annotations

import json

from flask import Blueprint, Response, request, url_for

from nbkg.storage.layout import is_release_name
from sparql_endpoint.errors import ConflictError, RequestError, UpdateRefusedError
from sparql_endpoint.http import preconditions
from sparql_endpoint.http.auth import check_permission
from sparql_endpoint.http.preconditions import Current
from sparql_endpoint.protocol.operation import AS_OF
from sparql_endpoint.services.responses import read_request
from sparql_endpoint.services.services import serving
from sparql_endpoint.workers.writable_store import WritablePooledStore

blueprint = Blueprint("releases", __name__)


@blueprint.get("/releases")
def releases() -> Response:
    """Answer their names, the newest first, each with the address for queries."""
    endpoint = url_for("endpoint.sparql_protocol", _external=True)
    entries = [{"release": name, "sparql": f"{endpoint}?{AS_OF}={name}"} for name in reversed(names())]
    response = Response(json.dumps({"releases": entries}, indent=1) + "\n", content_type="application/json")
    response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.put("/releases/<release>")
def make_release(release: str) -> Response:
    """Answer 201 once the content of a writable store is kept under the name of a release."""
    check_permission(read_request(), serving().settings.write_token)
    store = serving().store
    if not isinstance(store, WritablePooledStore):
        raise UpdateRefusedError("this store only reads; its releases are kept by `nbkg load --release`")
    if not is_release_name(release):
        raise RequestError(f"“{release}” is not a release's name: expected a date like 2026-03-02, or 2026-03-02.1")
    state = Current(lambda _: False, exists=release in names())
    preconditions.check(request.method, read_request().headers, state)
    if not store.make_release(release):
        raise ConflictError(f"there is a release {release} already; releases stay as they are")
    return Response(status=201, headers={"Location": url_for("releases.releases")})


def names() -> tuple[str, ...]:
    """Return the names of the releases, the oldest first."""
    return serving().release_names()


def in_templates() -> dict[str, object]:
    """Return what every template may use: `releases()`, which is called only where it is shown."""
    return {"releases": names, "as_of": request.values.get(AS_OF, "")}
