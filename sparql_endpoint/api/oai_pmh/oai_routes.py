"""The address of the provider, `/oai`, and of the stylesheet that makes its answers readable in a browser.

Every answer to a request of the protocol is one XML document, also to a wrong request.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from flask import Blueprint, Response, make_response, render_template, request

from sparql_endpoint.api.oai_pmh.metadata_formats import MetadataFormat, offered_formats
from sparql_endpoint.api.oai_pmh.oai_arguments import check_arguments, read_pairs
from sparql_endpoint.api.oai_pmh.oai_document import RequestEcho, write_document, write_error
from sparql_endpoint.api.oai_pmh.oai_errors import OaiPmhError
from sparql_endpoint.api.oai_pmh.oai_identifiers import IdentifierScheme
from sparql_endpoint.api.oai_pmh.record_lists import RecordAnswers
from sparql_endpoint.api.oai_pmh.repository import Repository, list_formats, list_sets
from sparql_endpoint.api.reconcile.service_manifest import service_name
from sparql_endpoint.api.record_formats.record_item import RecordItems
from sparql_endpoint.http import languages
from sparql_endpoint.http.headers import SCRIPTED
from sparql_endpoint.services.record_listings import listing_keeper
from sparql_endpoint.services.responses import read_request
from sparql_endpoint.services.services import serving

blueprint = Blueprint("oai_pmh", __name__)
PATH = "/oai"
"""The path whose requests count as queries of a client."""
_FORM = "application/x-www-form-urlencoded"
_XML = "text/xml; charset=utf-8"


@blueprint.route(PATH, methods=["GET", "POST"])
def provider() -> Response:
    """Answer a request of the protocol. Raises NotFoundError where the server has no records."""
    keeper = listing_keeper()
    echo = RequestEcho(f"{request.url_root}oai", f"{request.script_root}/oai/stylesheet.xsl", {})
    try:
        arguments = check_arguments(_pairs())
        echo = echo._replace(arguments=arguments)
        with keeper.open() as listing, RecordItems(keeper.folder, listing, serving().settings.base) as items:
            answers = RecordAnswers(listing, items, _scheme(), max(1, serving().settings.list_page))
            body = write_document(echo, _answer(arguments, answers))
    except OaiPmhError as error:
        body = write_error(echo, error)
    response = Response(body, content_type=_XML)
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Content-Security-Policy"] = SCRIPTED  # browsers take a stylesheet in XSLT for a script
    return response


def _pairs() -> list[tuple[str, str]]:
    """Return the arguments of the address, and of the form that is posted. Raises OaiPmhError."""
    plain = read_request()
    pairs = list(read_pairs(plain.query_string))
    if request.method == "POST" and plain.body:
        if request.mimetype not in ("", _FORM):
            raise OaiPmhError("badArgument", f"arguments that are posted must be {_FORM}")
        pairs += read_pairs(plain.body)
    return pairs


def _answer(arguments: Mapping[str, str], answers: RecordAnswers) -> list[bytes]:
    verb = arguments["verb"]
    if verb == "Identify":
        return _repository().identify(answers.listing)
    if verb == "ListSets":
        return list_sets(answers.listing, arguments)
    if verb == "ListMetadataFormats":
        return list_formats(_formats(arguments, answers))
    return answers.get_record(arguments) if verb == "GetRecord" else answers.list_page(arguments)


def _formats(arguments: Mapping[str, str], answers: RecordAnswers) -> list[MetadataFormat]:
    """Return the formats that are offered, or that one record has. Raises OaiPmhError."""
    if "identifier" not in arguments:
        return offered_formats(answers.listing)
    listed = answers.find(arguments["identifier"])
    return [each for each in offered_formats(answers.listing) if answers.can_write(listed, each)]


def _scheme() -> IdentifierScheme:
    return IdentifierScheme.of_base(serving().settings.base)


def _repository() -> Repository:
    settings, scheme = serving().settings, _scheme()
    receiver = settings.report_errors_to.removeprefix("mailto:")
    mail = settings.admin_email or (receiver if "@" in receiver and "/" not in receiver else "")
    return Repository(
        service_name(),
        f"{request.url_root}oai",
        mail or f"webmaster@{urlsplit(f'//{scheme.domain}').hostname}",
        request.url_root,
        f"{request.url_root}static/mark.svg",
        scheme,
    )


@blueprint.get("/oai/stylesheet.xsl")
def stylesheet() -> Response:
    """Answer with the stylesheet in the language of the browser (https://www.w3.org/TR/1999/REC-xslt-19991116)."""
    body = render_template("oai_pmh/stylesheet.xml", address=f"{request.script_root}/oai")
    response = make_response(body)
    response.content_type = "text/xsl; charset=utf-8"
    response.headers["Content-Language"] = languages.negotiate()
    response.vary.update(["Accept-Language"])
    return response
