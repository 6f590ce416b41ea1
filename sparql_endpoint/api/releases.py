"""`/releases`: the releases that the store keeps, which a query can be asked of by `as-of`."""

from __future__ import annotations

import json

from flask import Blueprint, Response, request, url_for

from sparql_endpoint.errors import ConflictError, RequestError, UpdateRefusedError
from sparql_endpoint.http.auth import check_permission
from sparql_endpoint.protocol.operation import AS_OF
from sparql_endpoint.services.responses import read_request
from sparql_endpoint.services.services import serving
from sparql_endpoint.stores.releases import is_name
from sparql_endpoint.workers.writable_store import WritablePooledStore

blueprint = Blueprint("releases", __name__)


@blueprint.get("/releases")
def releases() -> Response:
    """Their names, the newest first, each with the address that asks it."""
    asked = url_for("endpoint.sparql_protocol", _external=True)
    found = [{"release": name, "sparql": f"{asked}?{AS_OF}={name}"} for name in reversed(names())]
    answer = Response(json.dumps({"releases": found}, indent=1) + "\n", content_type="application/json")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@blueprint.put("/releases/<release>")
def keep(release: str) -> Response:
    """201 once what a writable store holds is kept as that release."""
    check_permission(read_request(), serving().settings.write_token)
    store = serving().store
    if not isinstance(store, WritablePooledStore):
        raise UpdateRefusedError("this store only reads; its releases are kept by `nbkg load --release`")
    if not is_name(release):
        raise RequestError(f"“{release}” is no name of a release: expected a date like 2026-03-02, or 2026-03-02.1")
    if not store.make_release(release):
        raise ConflictError(f"there is a release {release} already; releases stay as they are")
    return Response(status=201, headers={"Location": url_for("releases.releases")})


def names() -> tuple[str, ...]:
    """The names of the releases, the oldest first."""
    found = serving().releases
    return found.names() if found else ()


def in_templates() -> dict[str, object]:
    """What every template may use: `releases()`, asked for only where it is shown."""
    return {"releases": names, "as_of": request.values.get(AS_OF, "")}
