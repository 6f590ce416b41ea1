"""The names that clients give to formats, and the parameters that they give them in, as their sources have them."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from sparql_endpoint.errors import NotAcceptableError, RequestError
from sparql_endpoint.http.formats import DOCUMENTS, GRAPHS, RESULTS, Format, negotiate
from sparql_endpoint.protocol.operation import Message, Query, format_names, parse_arguments, read_operation
from sparql_endpoint.stores.base import Update

FORM = "application/x-www-form-urlencoded"
SELECT = "query=SELECT%20*%7B%7D"
CONSTRUCT = "query=CONSTRUCT%20WHERE%20%7B%3Fs%20%3Fp%20%3Fo%7D"
# SPARQLWrapper sends its name of a format three times, and an Accept; YASGUI, rdflib and Jena send an Accept.
WRAPPER = "format={0}&output={0}&results={0}"
JENA = "application/sparql-results+json, application/sparql-results+xml;q=0.9, text/csv;q=0.5, */*;q=0.1"
YASGUI = "application/sparql-results+json,*/*;q=0.9"
RDFLIB = "application/sparql-results+xml, application/rdf+xml"
NAMES: list[tuple[tuple[Format, ...], str, str]] = [
    (RESULTS, WRAPPER.format("json"), "json"),
    (RESULTS, WRAPPER.format("xml"), "xml"),
    (RESULTS, WRAPPER.format("csv"), "csv"),
    (RESULTS, WRAPPER.format("tsv"), "tsv"),
    (GRAPHS, WRAPPER.format("rdf%2Bxml"), "rdfxml"),
    (GRAPHS, WRAPPER.format("rdf+xml"), "rdfxml"),
    (GRAPHS, WRAPPER.format("rdf"), "rdfxml"),
    (GRAPHS, WRAPPER.format("xml"), "rdfxml"),
    (GRAPHS, WRAPPER.format("json-ld"), "jsonld"),
    (GRAPHS, WRAPPER.format("turtle"), "turtle"),
    (GRAPHS, WRAPPER.format("n3"), "n3"),
    (GRAPHS, "format=application/ld+json", "jsonld"),
    (GRAPHS, "format=application%2Fld%2Bjson", "jsonld"),
    (GRAPHS, "format=application/ld%20json", "jsonld"),
    (GRAPHS, "format=application/rdf+xml", "rdfxml"),
    (GRAPHS, "format=application/xml", "rdfxml"),
    (GRAPHS, "format=JSON-LD", "jsonld"),
    (GRAPHS, "format=RDF/XML", "rdfxml"),
    (GRAPHS, "format=N-Triples", "ntriples"),
    (GRAPHS, "format=nt", "ntriples"),
    (GRAPHS, "format=N-Quads", "nquads"),
    (GRAPHS, "format=TriG", "trig"),
    (GRAPHS, "format=text/rdf%2Bn3", "n3"),
    (GRAPHS, "format=text/turtle;charset=utf-8", "turtle"),
    (RESULTS, "format=application/sparql-results+json", "json"),
    (RESULTS, "format=sparql-results+json", "json"),
    (RESULTS, "format=JSON", "json"),
    (RESULTS, "output=json", "json"),
    (RESULTS, "output=sparql", "xml"),
    (RESULTS, "output=xml&format=", "xml"),
    (RESULTS, "results=csv", "csv"),
    (RESULTS, "Accept=text/csv", "csv"),
    (RESULTS, "format=nonsense&output=csv", "csv"),
    (RESULTS, "format=auto&output=text/tab-separated-values", "tsv"),
    (RESULTS, "format=SPARQL_Results_CSV", "csv"),
]


@pytest.mark.parametrize(("offered", "arguments", "name"), NAMES)
def test_a_clients_name_of_a_format_is_known(offered: tuple[Format, ...], arguments: str, name: str) -> None:
    names = format_names(parse_arguments(arguments.encode()))
    assert negotiate(offered, "text/nothing", *names).name == name


@pytest.mark.parametrize("arguments", ["format=auto", "format=Auto&output=auto", "format=&output=%20", "results=auto"])
@pytest.mark.parametrize(("accept", "name"), [(None, "json"), ("*/*", "json"), ("text/csv, */*;q=0.1", "csv")])
def test_auto_leaves_the_choice_to_accept(arguments: str, accept: str | None, name: str) -> None:
    assert negotiate(RESULTS, accept, *format_names(parse_arguments(arguments.encode()))).name == name


@pytest.mark.parametrize("offered", [RESULTS, GRAPHS, DOCUMENTS])
def test_a_name_means_one_format(offered: tuple[Format, ...]) -> None:
    names = [name for form in offered for name in form.names]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("form", [*RESULTS, *GRAPHS])
def test_every_media_type_may_be_written_with_a_raw_plus(form: Format) -> None:
    offered = RESULTS if form in RESULTS else GRAPHS
    for name in (form.media_type, form.media_type.replace("+", " "), form.media_type.upper()):
        assert negotiate(offered, None, name) is form


@pytest.mark.parametrize(
    ("offered", "accept", "name"),
    [
        (RESULTS, JENA, "json"),
        (RESULTS, YASGUI, "json"),
        (RESULTS, RDFLIB, "xml"),
        (GRAPHS, "text/turtle,*/*;q=0.9", "turtle"),
        (GRAPHS, "application/ld+json", "jsonld"),
    ],
)
@pytest.mark.parametrize("unknown", ["docx", "auto", "text/x-html+tr", "thrift", "application/vnd.ms-excel"])
def test_an_unknown_name_gives_way_to_a_good_accept(
    offered: tuple[Format, ...], accept: str, name: str, unknown: str
) -> None:
    assert negotiate(offered, accept, unknown).name == name


@pytest.mark.parametrize("accept", [None, "", "*/*", "text/*", "application/pdf, */*;q=0.1", "text/csv;q=0"])
def test_an_unknown_name_is_refused_where_nothing_else_is_wanted(accept: str | None) -> None:
    with pytest.raises(NotAcceptableError, match="docx"):
        negotiate(RESULTS, accept, "docx")


@pytest.mark.parametrize(
    ("arguments", "media_type"),
    [
        (f"{CONSTRUCT}&{WRAPPER.format('rdf+xml')}", "application/rdf+xml"),
        (f"{CONSTRUCT}&format=application/ld+json", "application/ld+json"),
        (f"{SELECT}&output=csv", "text/csv"),
        (f"{SELECT}&results=xml", "application/sparql-results+xml"),
        ("format=application/ld+json", "application/ld+json"),
        ("output=ttl", "text/turtle"),
    ],
)
def test_sparql_knows_them_by_get_and_post(client: FlaskClient, arguments: str, media_type: str) -> None:
    assert client.get(f"/sparql?{arguments}").mimetype == media_type
    if "query" in arguments:
        assert client.post("/sparql", data=arguments, content_type=FORM).mimetype == media_type
    assert client.get(f"/data?default&{arguments.rpartition('&')[2]}").status_code in (200, 406)


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri", "format", "output", "as-of", "timeout"])
@pytest.mark.parametrize("empty", ["", "%20", "+"])
def test_an_empty_parameter_of_a_query_is_none(client: FlaskClient, name: str, empty: str) -> None:
    operation = read_operation(Message("GET", f"{SELECT}&{name}={empty}&default-graph-uri=&named-graph-uri=".encode()))
    assert operation == Query("SELECT *{}") or name == "as-of"
    if name != "as-of" or not empty:
        assert client.get(f"/sparql?{SELECT}&{name}={empty}").status_code == 200
        assert client.post("/sparql", data=f"{SELECT}&{name}={empty}", content_type=FORM).status_code == 200


@pytest.mark.parametrize("name", ["using-graph-uri", "using-named-graph-uri"])
def test_an_empty_parameter_of_an_update_is_none(name: str) -> None:
    operation = read_operation(Message("POST", f"{name}=&{name}=urn:g".encode(), FORM, b"update=X&using-graph-uri="))
    graphs, none = ("urn:g",), ()
    assert operation == (Update("X", graphs, none) if name == "using-graph-uri" else Update("X", none, graphs))


def test_an_empty_field_beside_the_operation_is_none() -> None:
    assert read_operation(Message("POST", b"", FORM, b"query=&update=X")) == Update("X")
    assert read_operation(Message("POST", b"", FORM, b"query=ASK{}&update=")) == Query("ASK{}")
    assert read_operation(Message("GET", b"query=")) == Query("")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [("graph=", 400), ("graph=%20", 400), ("graph=&default", 200), ("default=", 200), ("graph=&graph=urn:none", 404)],
)
def test_an_empty_graph_is_none(client: FlaskClient, arguments: str, status: int) -> None:
    assert client.get(f"/data?{arguments}").status_code == status


PARTS = (
    b'--Cut\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\nASK{}\r\n'
    b'--Cut\r\nContent-Disposition: form-data; name="output"\r\n\r\nxml\r\n--Cut--\r\n'
)


@pytest.mark.parametrize("file", [b"", b'; filename="q.rq"'])
def test_a_form_in_parts_is_read(file: bytes) -> None:
    """As R's SPARQL package sends an update, httr and FormData a query, and `curl -F query=@q.rq` a file."""
    kind = "multipart/form-data; boundary=Cut"
    assert read_operation(Message("POST", b"", kind, PARTS % (b"query", file))) == Query("ASK{}", formats=("xml",))
    assert read_operation(Message("POST", b"", kind, PARTS % (b"update", file))) == Update("ASK{}")


@pytest.mark.parametrize("body", [b"", b"--Cut", b"nonsense"])
def test_a_form_in_parts_that_is_broken_is_refused(body: bytes) -> None:
    with pytest.raises(RequestError):
        read_operation(Message("POST", b"", "multipart/form-data; boundary=Cut", body))
    with pytest.raises(RequestError):
        read_operation(Message("POST", b"", "multipart/form-data", body))
