"""Bodies with a charset: read as it says where their type allows it, else refused by name with what to do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from tests.sparql_endpoint.serving import TOKEN, Server, served

pytestmark = pytest.mark.slow
BEARER = {"Authorization": f"Bearer {TOKEN}"}
WORD = "blåbær"
TURTLE, PLAIN_TURTLE = f'<urn:s> <http://r.example/p> "{WORD}" .', '<urn:s> <http://r.example/p> "ascii" .'
JSON_LD = f'{{"@id": "urn:s", "http://r.example/p": "{WORD}"}}'
RDF_XML = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="urn:s">'
    f'<p xmlns="http://r.example/">{WORD}</p></rdf:Description></rdf:RDF>'
)
LATIN_XML = f'<?xml version="1.0" encoding="ISO-8859-1"?>{RDF_XML}'
UTF_8_NAMES = ("utf-8", "UTF-8", '"utf-8"', '"UTF-8"', "UTF8", "utf8", "utf_8", "us-ascii", "ASCII", '""', "")
ALWAYS_UTF_8 = {
    "text/turtle": TURTLE,
    "application/n-triples": TURTLE,
    "application/trig": TURTLE,
    "application/n-quads": TURTLE,
    "text/n3": TURTLE,
    "application/ld+json": JSON_LD,
}
QUERY, UPDATE = f'SELECT ("{WORD}" AS ?w) {{}}', f'INSERT DATA {{ <urn:s> <urn:p> "{WORD}" }}'
FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=cut"
OTHERS = ("iso-8859-1", '"ISO-8859-1"', "latin1", "windows-1252", "iso-8859-15", "utf-16", "koi8-r", "x-none", "base64")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with served("memory:", "--default-graph", "plain", "--workers", "2", token=TOKEN) as running:
        yield running


def _put(server: Server, media_type: str, body: bytes, method: str = "PUT") -> tuple[int, str]:
    """Return the status, and the value that is in the graph or what the problem says; there is no such graph after."""
    answer, content = server.ask(method, "/data?graph=urn:g", body, {**BEARER, "Content-Type": media_type})
    found = server.query("SELECT ?o { GRAPH <urn:g> { ?s <http://r.example/p> ?o } }").split()[1:]
    if answer.status >= 400:
        assert not found
        return answer.status, str(json.loads(content)["detail"])
    assert server.ask("DELETE", "/data?graph=urn:g", None, BEARER)[0].status == 204
    return answer.status, " ".join(found)


def _part(head: str, body: bytes, file: str = '; filename="a"') -> bytes:
    disposition = f'--cut\r\nContent-Disposition: form-data; name="query"{file}\r\n'
    return f"{disposition}{head}\r\n\r\n".encode() + body + b"\r\n--cut--\r\n"


@pytest.mark.parametrize("media_type", [*ALWAYS_UTF_8, "application/rdf+xml"])
def test_utf_8_is_read_by_all_its_names(server: Server, media_type: str) -> None:
    body = ALWAYS_UTF_8.get(media_type, RDF_XML)
    for name in UTF_8_NAMES:
        is_ascii = name.lower().endswith("ascii")
        sent, value = (body.replace(WORD, "ascii"), "ascii") if is_ascii else (body, WORD)
        for parameter in (f"charset={name}", f"CharSet={name}", f"profile=x; charset={name}"):
            assert _put(server, f"{media_type}; {parameter}", sent.encode()) == (201, value), parameter


@pytest.mark.parametrize("media_type", ALWAYS_UTF_8)
@pytest.mark.parametrize("charset", OTHERS)
@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_what_is_always_utf_8_is_refused_in_another_charset(
    server: Server, media_type: str, charset: str, method: str
) -> None:
    body = ALWAYS_UTF_8[media_type]
    for sent in (body.encode("latin-1"), body.encode(), body.replace(WORD, "ascii").encode()):
        status, detail = _put(server, f"{media_type}; charset={charset}", sent, method)
        assert status == 415
        assert f"“{charset.strip(chr(34)).lower()}”" in detail
        assert media_type in detail
        assert "send it in UTF-8" in detail


@pytest.mark.parametrize("media_type", [*ALWAYS_UTF_8, "application/rdf+xml"])
def test_ascii_with_other_bytes_is_not_what_it_says(server: Server, media_type: str) -> None:
    body = ALWAYS_UTF_8.get(media_type, RDF_XML)
    for sent in (body.encode(), body.encode("latin-1")):
        status, detail = _put(server, f"{media_type}; charset=US-ASCII", sent)
        assert status == (400 if media_type == "application/rdf+xml" else 415)
        assert "ascii" in detail


@pytest.mark.parametrize("media_type", ["text/turtle", "application/ld+json", "application/n-triples"])
def test_a_byte_order_mark_that_agrees_with_the_charset_is_read(server: Server, media_type: str) -> None:
    body = ALWAYS_UTF_8[media_type]
    for charset, encoding in (("utf-16", "utf-16"), ("UTF-16LE", "utf-16"), ("utf-8", "utf-8-sig")):
        assert _put(server, f"{media_type}; charset={charset}", body.encode(encoding)) == (201, WORD)
    assert _put(server, f"{media_type}; charset=utf-16", body.encode("utf-16-le"))[0] == 415
    assert _put(server, f"{media_type}; charset=iso-8859-1", body.encode("utf-8-sig"))[0] == 415


@pytest.mark.parametrize(
    ("charset", "document", "encoding"),
    [
        ("iso-8859-1", RDF_XML, "iso-8859-1"),
        ('"ISO-8859-1"', LATIN_XML, "iso-8859-1"),
        ("windows-1252", RDF_XML, "windows-1252"),
        ("utf-8", LATIN_XML, "utf-8"),
        ("iso-8859-1", LATIN_XML.replace("ISO-8859-1", "UTF-8"), "iso-8859-1"),
        ("iso-8859-1", RDF_XML, "utf-8-sig"),
        ("utf-16", LATIN_XML.replace("ISO-8859-1", "UTF-16"), "utf-16"),
        ("utf-16be", LATIN_XML.replace("ISO-8859-1", "UTF-16"), "utf-16-be"),
        ("utf-16", RDF_XML, "utf-16-be"),
        ("", LATIN_XML, "iso-8859-1"),
    ],
)
def test_xml_is_what_its_charset_says_before_what_it_says_itself(
    server: Server, charset: str, document: str, encoding: str
) -> None:
    """RFC 7303 section 3.2: a byte order mark, then the charset, then the declaration."""
    media_type = f"application/rdf+xml; charset={charset}" if charset else "application/rdf+xml"
    assert _put(server, media_type, document.encode(encoding)) == (201, WORD)


@pytest.mark.parametrize(
    ("charset", "status", "words"),
    [("utf-8", 400, "utf-8"), ("euc-jp", 400, "euc-jp"), ("x-none", 415, "“x-none”"), ("base64", 415, "“base64”")],
)
def test_xml_that_is_not_what_its_charset_says(server: Server, charset: str, status: int, words: str) -> None:
    got, detail = _put(server, f"application/rdf+xml; charset={charset}", LATIN_XML.encode("latin-1"))
    assert got == status
    assert words in detail


@pytest.mark.parametrize("charset", ["iso-8859-1", "x-none"])
def test_each_file_of_several_has_a_charset_of_its_own(server: Server, charset: str) -> None:
    for media_type, body in ALWAYS_UTF_8.items():
        head = f"Content-Type: {media_type}; charset="
        assert _put(server, PARTS, _part(head + "utf-8", body.encode()), "POST") == (201, WORD)
        status, detail = _put(server, PARTS, _part(head + charset, body.encode("latin-1")), "POST")
        assert (status, f"“{charset}”" in detail) == (415, True)
    head = "Content-Type: application/rdf+xml; charset=iso-8859-1"
    assert _put(server, PARTS, _part(head, RDF_XML.encode("latin-1")), "POST") == (201, WORD)


WAYS = {
    "query": ("application/sparql-query", QUERY.encode(), QUERY.encode("latin-1")),
    "update": ("application/sparql-update", UPDATE.encode(), UPDATE.encode("latin-1")),
    "form": (FORM, f"query={quote(QUERY)}".encode(), f"query={quote(QUERY, encoding='latin-1')}".encode()),
    "raw form": (FORM, f"query={QUERY}".encode(), f"query={QUERY}".encode("latin-1")),
    "update in a form": (
        FORM,
        f"update={quote(UPDATE)}".encode(),
        f"update={quote(UPDATE, encoding='latin-1')}".encode(),
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_queries_and_updates_are_utf_8(server: Server, way: str) -> None:
    media_type, utf_8, latin = WAYS[way]

    def post(charset: str, body: bytes) -> tuple[int, str]:
        headers = {**BEARER, "Content-Type": media_type + charset, "Accept": "text/csv"}
        answer, content = server.ask("POST", "/sparql", body, headers)
        return answer.status, content.decode() if answer.status < 400 else str(json.loads(content)["detail"])

    done = (204, "") if "update" in way else (200, f"w\r\n{WORD}\r\n")
    for name in UTF_8_NAMES:
        if not name.lower().endswith("ascii") or utf_8.isascii():
            assert post(f"; charset={name}", utf_8) == done, name
    for charset in OTHERS:
        for body in (latin, utf_8, utf_8.replace(WORD.encode(), b"ascii")):
            status, detail = post(f"; charset={charset}", body)
            assert status == 415, charset
            assert f"“{charset.strip(chr(34)).lower()}”" in detail
            assert media_type in detail
            assert "send it in UTF-8" in detail
    status, detail = post("", latin)
    assert (status, "not UTF-8" in detail) == (400, True)


@pytest.mark.parametrize("file", ['; filename="q.rq"', ""], ids=["file", "field"])
def test_a_part_of_a_form_is_utf_8(server: Server, file: str) -> None:
    def post(head: str, body: bytes) -> tuple[int, str]:
        headers = {"Content-Type": PARTS, "Accept": "text/csv"}
        answer, content = server.ask("POST", "/sparql", _part(head, body, file), headers)
        return answer.status, content.decode() if answer.status < 400 else str(json.loads(content)["detail"])

    for head in ("X: y", "Content-Type: text/plain", 'Content-Type: text/plain; charset="UTF-8"'):
        assert post(head, QUERY.encode()) == (200, f"w\r\n{WORD}\r\n")
        status, detail = post(head, QUERY.encode("latin-1"))
        assert (status, "not UTF-8" in detail) == (400, True)
    for body in (QUERY.encode(), QUERY.encode("latin-1"), b"ASK {}"):
        status, detail = post("Content-Type: text/plain; charset=iso-8859-1", body)
        assert (status, "“iso-8859-1”" in detail) == (415, True)


@pytest.mark.parametrize(
    ("accept", "content_type", "declaration"),
    [
        ("text/csv; charset=iso-8859-1", "text/csv; charset=utf-8", ""),
        ("text/tab-separated-values;charset=latin1", "text/tab-separated-values; charset=utf-8", ""),
        ('application/sparql-results+xml; charset="us-ascii"', "application/sparql-results+xml", "<?xml"),
        ("application/sparql-results+json; charset=utf-16", "application/sparql-results+json", ""),
    ],
)
def test_results_are_utf_8_whatever_charset_is_accepted(
    server: Server, accept: str, content_type: str, declaration: str
) -> None:
    headers = {"Content-Type": "application/sparql-query", "Accept": accept, "Accept-Charset": "iso-8859-1"}
    answer, content = server.ask("POST", "/sparql", QUERY, headers)
    assert (answer.status, answer.getheader("Content-Type")) == (200, content_type)
    text = content.decode()
    assert WORD in text or json.loads(text)["results"]["bindings"][0]["w"]["value"] == WORD
    assert text.startswith(declaration)
    assert "encoding" not in text or 'encoding="UTF-8"' in text


@pytest.mark.parametrize(("kind", "text"), [("query", QUERY), ("update", UPDATE)])
def test_a_query_is_utf_8_even_where_a_mark_confirms_another_charset(server: Server, kind: str, text: str) -> None:
    headers = {**BEARER, "Content-Type": f"application/sparql-{kind}; charset=UTF-16"}
    answer, content = server.ask("POST", "/sparql", text.encode("utf-16"), headers)
    assert answer.status == 415
    assert "UTF-16" in json.loads(content)["detail"].upper()
