"""The address of the service, `/sru`: every answer to a request of the protocol is XML, also to a wrong one."""

from __future__ import annotations

from flask import Blueprint, Response, request

from nbkg.records.listing.record_listing import ListingTooSlowError
from sparql_endpoint.api.oai_pmh.oai_arguments import read_pairs
from sparql_endpoint.api.oai_pmh.oai_errors import OaiPmhError
from sparql_endpoint.api.reconcile.service_manifest import service_name
from sparql_endpoint.api.record_formats.record_item import RecordItems
from sparql_endpoint.api.sru.explain_record import write_explain
from sparql_endpoint.api.sru.record_search import search_records
from sparql_endpoint.api.sru.sru_diagnostics import SruDiagnosticError
from sparql_endpoint.api.sru.sru_documents import SearchAnswer, SruDocuments
from sparql_endpoint.api.sru.sru_request import VERSIONS, SruRequest, find_version, read_request
from sparql_endpoint.services import responses
from sparql_endpoint.services.record_listings import ListingKeeper, listing_keeper
from sparql_endpoint.services.services import serving

blueprint = Blueprint("sru", __name__)
PATH = "/sru"
"""The path whose requests count as queries of a client."""
_XML = "text/xml; charset=utf-8"
_NEW_XML = "application/sru+xml"
"""The media type of version 2.0, for clients that ask for it; browsers do not know it."""


@blueprint.route(PATH, methods=["GET", "POST"])
def service() -> Response:
    """Answer a search, or describe the service. Raises NotFoundError where the server has no records."""
    keeper = listing_keeper()
    pairs: list[tuple[str, str]] = []
    sru_request: SruRequest | None = None
    try:
        pairs = _pairs()
        sru_request = read_request(pairs)
        body = _respond(sru_request, keeper)
    except (SruDiagnosticError, ListingTooSlowError) as problem:
        error = problem if isinstance(problem, SruDiagnosticError) else SruDiagnosticError(1, str(problem))
        version = find_version(dict(pairs))
        documents = SruDocuments(version if version in VERSIONS else VERSIONS[1])
        body = documents.search(SearchAnswer(0, diagnostics=[error]), sru_request)
    response = Response(body, content_type=_NEW_XML if _NEW_XML in request.headers.get("Accept", "") else _XML)
    response.headers["Cache-Control"] = "no-cache"
    response.vary.add("Accept")
    return response


def _pairs() -> list[tuple[str, str]]:
    """Return the parameters of the address and of the form that is posted. Raises SruDiagnosticError."""
    plain = responses.read_request()
    try:
        return [*read_pairs(plain.query_string), *(read_pairs(plain.body) if request.method == "POST" else ())]
    except OaiPmhError as error:
        raise SruDiagnosticError(6, str(error)) from error


def _respond(sru_request: SruRequest, keeper: ListingKeeper) -> bytes:
    documents = SruDocuments(sru_request.version)
    if sru_request.operation == "explain":
        description = write_explain(f"{request.url_root}sru", service_name(), sru_request.version)
        return documents.explain(description, sru_request)
    with keeper.open() as listing, RecordItems(keeper.folder, listing, serving().settings.base) as items:
        return documents.search(search_records(sru_request, listing, items), sru_request)
