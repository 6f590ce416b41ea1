"""What the client does with servers that are slow, busy or moved, and with addresses."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from nbkg.errors import ConnectionBrokenError, RequestCancelledError, ServerTooSlowError, UsageError
from nbkg.http_client.client import Client, ClientSettings, Request, parse_address
from tests.nbkg.http_client.misbehaving import Behaviour, Misbehaving


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Misbehaving]:
    monkeypatch.setattr("urllib3.util.retry.time.sleep", lambda _: None)
    with Misbehaving() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.stopping.set()
        server.shutdown()
        thread.join()


def _get(server: Misbehaving, settings: ClientSettings) -> bytes:
    client = Client(settings)
    with closing(client), closing(client.send(Request("GET", server.url))) as response:
        return b"".join(iter(lambda: response.read(4), b""))


def test_a_busy_server_is_asked_again_as_often_as_is_allowed(server: Misbehaving) -> None:
    server.behaviour = Behaviour(503, {"Retry-After": "soon"}, length=0)
    for retries in (0, 2):
        server.requests.clear()
        assert _get(server, ClientSettings(5, retries=retries)) == b""
        assert len(server.requests) == 1 + retries


def test_a_response_that_takes_too_long_is_not_asked_for_again(server: Misbehaving) -> None:
    server.behaviour = Behaviour(pause=20)
    with pytest.raises(ServerTooSlowError, match=r"within 0\.2 s"):
        _get(server, ClientSettings(0.2, retries=3))
    assert len(server.requests) == 1


def test_each_block_may_have_the_time_of_its_own(server: Misbehaving) -> None:
    server.behaviour = Behaviour(sent=[b"abcd"] * 4, length=16, pause=0.2)
    with pytest.raises(ServerTooSlowError):
        _get(server, ClientSettings(0.5))
    assert _get(server, ClientSettings(0.5, per_block=True)) == b"abcd" * 4


def test_a_body_that_breaks_off(server: Misbehaving) -> None:
    server.behaviour = Behaviour(sent=[b"abcd"], length=16)
    with pytest.raises(ConnectionBrokenError):
        _get(server, ClientSettings(5, retries=3))


def test_redirects_are_followed_only_where_they_are_allowed(server: Misbehaving) -> None:
    server.behaviour = Behaviour(302, {"Location": "/elsewhere"}, length=0)
    client = Client(ClientSettings(5, redirects=2))
    assert client.send(Request("GET", server.url)).status == 302
    client.close()
    assert [path for path, _, _ in server.requests] == ["/sparql", "/elsewhere", "/elsewhere"]


class _Gone:
    """The cancellation of a client that has gone already."""

    def add(self, action: Callable[[], None]) -> None:
        action()

    def remove(self, action: Callable[[], None]) -> None:
        pass


def test_nothing_is_read_for_a_client_that_has_gone(server: Misbehaving) -> None:
    server.behaviour = Behaviour(pause=20)
    with pytest.raises(RequestCancelledError):
        _get(server, ClientSettings(5, cancellation=_Gone))


def test_addresses() -> None:
    address = parse_address("https://me:p%40ss@a.example/sparql?x=1#part")
    assert address.with_query("default") == "https://a.example/sparql?x=1&default"
    assert address.authorization == {"Authorization": "Basic bWU6cEBzcw=="}
    assert "Basic" not in repr(address)
    for text in ("http://[::1", "ftp://me:secret@a.example/", "http://"):
        with pytest.raises(UsageError) as caught:
            parse_address(text)
        assert "secret" not in str(caught.value)
