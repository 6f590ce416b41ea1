"""Whether an answer is whole."""

from __future__ import annotations

import pytest

from sparql_endpoint.http import formats
from sparql_endpoint.http.formats import Format
from tests.sparql_endpoint.stores.remote.checks import check_all, within

WHOLE = {
    formats.JSON: [b'{"head":{},"boolean":true}', b' {"a":"}{\\"[\\\\","b":["\\\\\\"{"]}\n', b'{"a":"\xc3\xa5{"}'],
    formats.XML: [b"<sparql><head/></sparql>", b"<s:sparql></s:sparql >\n<!-- done -->\n"],
    formats.CSV: [b"x\r\n", b'x\r\n"a\r\nb"\r\n', b"true", b'"s"\n"1"\n'],
    formats.TSV: [b"?x\n", b"?x\n<urn:a>\n", b"false"],
    formats.TURTLE: [b"", b"# Empty TURTLE\n", b"@prefix a: <urn:a> .\n", b"<a> <b> 1 .", b"PREFIX a: <urn:a>\n"],
    formats.N_TRIPLES: [b"", b"# Empty NT\n", b"<a> <b> <c> .\n", b"<a> <b> <c> .\r\n\r\n# end\n"],
    formats.N_QUADS: [b"<a> <b> <c> <d> .\n"],
    formats.TRIG: [b"<g> {\n<a> <b> <c>\n}\n", b"<a> <b> <c> .\n"],
    formats.RDF_XML: [b"<rdf:RDF></rdf:RDF>\n", b'<rdf:RDF xmlns:rdf="x"/>', b"<RDF><a/></RDF>"],
    formats.JSON_LD: [b'{"@graph":[]}', b"[]", b'[{"a":"]"}]'],
}
BROKEN = {
    formats.JSON: [b"", b'{"a":', b'{"a":"}', b'{"a":"\\"}', b'{"a":"\\', b'{"a":{}}}', b"{}Out of memory", b"oops"],
    formats.XML: [b"", b"<sparql>", b"<sparql></sparql", b"<sparql></sparql>oops", b"<sparql></result>"],
    formats.CSV: [b"", b"x\r\n1", b'x\r\n"a\r\n', b"x\r\ntrue", b"n\nThe SPARQL operation has been cancelled"],
    formats.TSV: [b"", b"?x\n1"],
    formats.TURTLE: [b"<a> <b>", b"<a> <b> <c> ;\n", b"<a> <b> <c> .\nOut of memory", b"@prefix a: <"],
    formats.N_TRIPLES: [b"<a> <b> <c> .", b"<a> <b> <c>\n", b'<a> <b> "c.\n"', b"<a> <b> <c> .\noops"],
    formats.N_QUADS: [b"<a> <b> <c> <d>\n"],
    formats.TRIG: [b"<g> {\n<a> <b> <c>", b"<g> {"],
    formats.RDF_XML: [b"", b"<rdf:RDF>", b"<rdf:RDF></rdf:RDF", b"<rdf:RDF></rdf:RDF>oops"],
    formats.JSON_LD: [b"", b"[", b'[{"a":"]"}'],
}


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
@pytest.mark.parametrize("form", WHOLE, ids=lambda form: form.name)
def test_whole_and_broken(form: Format, size: int) -> None:
    for body in WHOLE[form]:
        assert check_all(form, body, size), body
    for body in BROKEN[form]:
        assert not check_all(form, body, size), body


def test_the_check_is_cheap() -> None:
    """In strings that are hard to skip: ten megabytes of escaped quotes."""
    body = b'["' + b'\\"' * 5_000_000 + b'"]'
    with within(1):
        assert check_all(formats.JSON, body)
