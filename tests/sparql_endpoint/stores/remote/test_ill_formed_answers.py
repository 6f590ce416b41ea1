"""XML of another server: what no parser reads is not passed on, and all else is passed on as it is."""

from __future__ import annotations

import pytest

from sparql_endpoint.errors import BadGatewayError
from sparql_endpoint.http import formats
from sparql_endpoint.http.formats import Format
from sparql_endpoint.stores.remote.relay import _BLOCK
from tests.nbkg.http_client.misbehaving import Asking, Behaviour

RESULTS = "<sparql xmlns='http://www.w3.org/2005/sparql-results#'><head/><results>%s</results></sparql>"
ILL_FORMED = [
    *(
        (formats.XML, RESULTS % value)
        for value in ("\x01", "\x0c", "\ufffe", "&#1;", "&#xFFFF;", "&nbsp;", "a & b", "<b>")
    ),
    (formats.XML, "<?xml version='1.0' encoding='ascii'?>" + RESULTS % "å"),
    (formats.RDF_XML, "<rdf:RDF><a><1>b</1></a></rdf:RDF>"),
    (formats.RDF_XML, "<rdf:RDF a='1' a='2'></rdf:RDF>"),
    (formats.RDF_XML, "<rdf:RDF></rdf:RDF><rdf:RDF></rdf:RDF>"),
    (formats.RDF_XML, "<rdf:RDF>\x0b</rdf:RDF>"),
]


@pytest.mark.parametrize(("form", "text"), ILL_FORMED)
@pytest.mark.parametrize("padding", [0, 3 * _BLOCK])
def test_xml_that_no_parser_reads_is_not_passed_on(form: Format, text: str, padding: int, ask: Asking) -> None:
    body = (text[:-14] + " " * padding + text[-14:]).encode()
    with pytest.raises(BadGatewayError, match="XML that no parser reads"):
        b"".join(ask(Behaviour(headers={"Content-Type": form.media_type}, sent=[body], length=len(body)), form))


def test_xml_that_a_parser_reads_is_passed_on_as_it_is(ask: Asking) -> None:
    body = (RESULTS % "\r\n<!-- å --> &#13;\U0001f4da").encode()
    answer = ask(
        Behaviour(headers={"Content-Type": formats.XML.media_type}, sent=[body], length=len(body)), formats.XML
    )
    assert b"".join(answer) == body
