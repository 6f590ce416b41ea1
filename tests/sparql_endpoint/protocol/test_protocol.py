from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparql_endpoint.errors import MethodNotAllowedError, RequestError, UnsupportedMediaTypeError
from sparql_endpoint.protocol.operation import Message, Query, read_operation
from sparql_endpoint.stores.base import Update

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
TEXT = 'ASK { ?s ?p "a+b & 100 % blåbær" }'
ESCAPED = b"ASK+%7B+%3Fs+%3Fp+%22a%2Bb+%26+100+%25+bl%C3%A5b%C3%A6r%22+%7D"


@pytest.mark.parametrize(
    "message",
    [
        Message("GET", b"query=" + ESCAPED),
        Message("GET", b"query=" + ESCAPED.replace(b"+", b"%20")),
        Message("HEAD", b"query=" + ESCAPED),
        Message("POST", b"", FORM, b"query=" + ESCAPED),
        Message("POST", b"", f"{FORM}; charset=UTF-8", b"query=" + ESCAPED),
        Message("POST", b"", QUERY, TEXT.encode()),
        Message("POST", b"", f'{QUERY};charset="utf-8"', TEXT.encode()),
        Message("GET", b"version=1.2&query=" + ESCAPED),
    ],
)
def test_all_ways_give_the_same_query(message: Message) -> None:
    assert read_operation(message) == Query(TEXT)


@pytest.mark.parametrize(
    "message",
    [
        Message("GET", b"query=ASK%7B%7D&default-graph-uri=http%3A%2F%2Fe%2Fa%3Fb%3D1&named-graph-uri=urn:x"),
        Message(
            "POST", b"", FORM, b"named-graph-uri=urn:x&default-graph-uri=http%3A%2F%2Fe%2Fa%3Fb%3D1&query=ASK%7B%7D"
        ),
        Message("POST", b"default-graph-uri=http%3A%2F%2Fe%2Fa%3Fb%3D1&named-graph-uri=urn:x", QUERY, b"ASK{}"),
        Message(
            "POST", b"default-graph-uri=http%3A%2F%2Fe%2Fa%3Fb%3D1", FORM, b"query=ASK%7B%7D&named-graph-uri=urn%3Ax"
        ),
    ],
)
def test_dataset(message: Message) -> None:
    operation = read_operation(message)
    assert operation == Query("ASK{}", ("http://e/a?b=1",), ("urn:x",))


def test_graphs_keep_their_order_and_number() -> None:
    operation = read_operation(Message("GET", b"query=ASK{}&default-graph-uri=urn:b&default-graph-uri=urn:a"))
    assert isinstance(operation, Query)
    assert operation.default_graphs == ("urn:b", "urn:a")


def test_a_plus_in_a_direct_body_is_a_plus() -> None:
    assert read_operation(Message("POST", b"", QUERY, b"ASK{?a+?b%20}")) == Query("ASK{?a+?b%20}")


@pytest.mark.parametrize(
    "message",
    [
        Message("POST", b"", FORM, b"update=CLEAR+ALL&using-graph-uri=urn:a&using-named-graph-uri=urn:b"),
        Message("POST", b"using-named-graph-uri=urn:b&using-graph-uri=urn:a", UPDATE, b"CLEAR ALL"),
    ],
)
def test_both_ways_give_the_same_update(message: Message) -> None:
    assert read_operation(message) == Update("CLEAR ALL", ("urn:a",), ("urn:b",))


@pytest.mark.parametrize("message", [Message("GET"), Message("HEAD", b"format=ttl"), Message("GET", b"default=1")])
def test_no_operation(message: Message) -> None:
    assert read_operation(message) is None


@pytest.mark.parametrize(
    ("message", "error"),
    [
        (Message("GET", b"query=ASK{}&query=ASK{}"), RequestError),
        (Message("POST", b"", FORM, b"query=ASK{}&query=ASK{}"), RequestError),
        (Message("POST", b"query=ASK{}", FORM, b"query=ASK{}"), RequestError),
        (Message("POST", b"query=ASK{}", QUERY, b"ASK{}"), RequestError),
        (Message("POST", b"", FORM, b""), RequestError),
        (Message("POST", b"", FORM, b"update=CLEAR+ALL&query=ASK{}"), RequestError),
        (Message("GET", b"update=CLEAR+ALL"), RequestError),
        (Message("POST", b"", FORM, b"update=CLEAR+ALL&update=CLEAR+ALL"), RequestError),
        (Message("POST", b"update=CLEAR+ALL", UPDATE, b"CLEAR ALL"), RequestError),
        (Message("POST", b"query=ASK{}", UPDATE, b"CLEAR ALL"), RequestError),
        (Message("POST", b"using-graph-uri=x", UPDATE, b"CLEAR ALL"), RequestError),
        (Message("POST", b"", "text/plain", b"ASK{}"), UnsupportedMediaTypeError),
        (Message("POST", b"", "", b"ASK{}"), UnsupportedMediaTypeError),
        (Message("POST", b"", f"{QUERY}; charset=latin-1", b"ASK{}"), UnsupportedMediaTypeError),
        (Message("PUT", b"query=ASK{}"), MethodNotAllowedError),
        (Message("GET", b"query=%FF"), RequestError),
        (Message("POST", b"", FORM, b"query=%C3%28"), RequestError),
        (Message("POST", b"", QUERY, b"ASK{\xff}"), RequestError),
        (Message("GET", b"query=ASK{}&default-graph-uri=relative"), RequestError),
        (Message("GET", b"query=ASK{}&default-graph-uri=http://e/%3Ex"), RequestError),
        (Message("GET", b"&".join([b"a=1"] * 2000)), RequestError),
    ],
)
def test_refused(message: Message, error: type[RequestError]) -> None:
    with pytest.raises(RequestError) as caught:
        read_operation(message)
    assert type(caught.value) is error


@given(
    st.lists(st.sampled_from([b"a", b"=", b"&", b"%", b"+", b" ", b"\n", b"4", b"F", b"%3D", b"%C3%A5", b"\xc3", b"_"]))
)
def test_parameters_are_read_as_html_forms_are(parts: list[bytes]) -> None:
    encoded = b"query=A" + b"".join(parts)
    try:
        expected = parse_qsl(encoded.decode(), keep_blank_values=True, errors="strict")
    except ValueError:
        with pytest.raises(RequestError):
            read_operation(Message("GET", encoded))
        return
    assert read_operation(Message("GET", encoded)) == Query(expected[0][1])
