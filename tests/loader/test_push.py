"""Graphs sent to a Graph Store: whole, in chunks, after interruptions; what goes wrong is told.

The store is Oxigraph's own server where graphs are compared, and a small one of this file's that keeps what it is sent
where the protocol is.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from urllib.request import parse_http_list, parse_keqv_list

import pyoxigraph as ox
import pytest
import urllib3
from click.testing import CliRunner, Result

from loader import chunks as cutting
from loader import graph_store, push
from loader.cli import nbkg
from loader.credentials import Password, Token
from loader.errors import CuratedError, NbkgError, ServiceError, UsageError

OXIGRAPH = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
needs_oxigraph = pytest.mark.skipif(
    OXIGRAPH is None and "oxigraph" not in os.environ.get("NBKG_REQUIRE", ""),
    reason="the program oxigraph is not installed",
)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's cache folder, of this test alone; and no waiting."""
    monkeypatch.setattr(push, "user_cache_path", lambda _: tmp_path / "cache" / "nbkg")
    monkeypatch.setattr(graph_store, "_WAITS", (0.01, 0.01))
    return tmp_path / "cache"


def _load(*given: object) -> Result:
    return CliRunner().invoke(nbkg, ["load", *map(str, given)])


def _file(folder: Path, text: str, name: str = "data.nq") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def _triples(number: int, graph: str = "<urn:g>") -> str:
    return "".join(f'<urn:s{n}> <urn:p> "{n}" {graph} .\n' for n in range(number))


# The server that keeps what it is sent


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def graph(self) -> str | None:
        query = parse_qs(urlsplit(self.path).query, keep_blank_values=True)
        return None if "default" in query else query["graph"][0]


Answer = tuple[int, dict[str, str], bytes] | None
"""Status, headers, body; None breaks the connection."""
DONE: Answer = (204, {}, b"")


@dataclass
class Keeper:
    """Answers by `answer`, and keeps the graphs of what was answered with 2xx."""

    answer: Callable[[Asked], Answer] = lambda _: DONE
    asked: list[Asked] = field(default_factory=list)
    address: str = ""
    graphs: dict[str | None, set[str]] = field(default_factory=dict)

    def take(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        answer = self.answer(asked)
        if answer and answer[0] < 300:
            kept = self.graphs.setdefault(asked.graph, set())
            if asked.method == "PUT":
                kept.clear()
            kept.update(asked.body.decode().splitlines())
        return answer

    @property
    def methods(self) -> list[str]:
        return [asked.method for asked in self.asked]


@pytest.fixture
def keeper() -> Iterator[Keeper]:
    keeper = Keeper()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _handle(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            answer = keeper.take(Asked(self.command, self.path, dict(self.headers), body))
            if answer is None:
                self.close_connection = True
                return
            status, headers, said = answer
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(said))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(said)

        do_PUT = do_POST = do_GET = _handle  # noqa: N815  http.server's own names

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *_: object) -> None:
            """A client that was killed."""

    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,)).start()
        keeper.address = f"http://127.0.0.1:{server.server_port}/store"
        yield keeper
        server.shutdown()


def _failing(kept: Keeper, *answers: Answer) -> None:
    """The first requests get these answers."""
    left = list(answers)
    kept.answer = lambda _: left.pop(0) if left else DONE


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


# Oxigraph


@pytest.fixture(scope="module")
def oxigraph() -> Iterator[str]:
    """The address of an empty Oxigraph's Graph Store."""
    assert OXIGRAPH, "the program oxigraph is required and not installed"
    port = _free_port()
    with subprocess.Popen(
        [OXIGRAPH, "serve", "--bind", f"127.0.0.1:{port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            _wait(port)
            yield f"http://127.0.0.1:{port}/store"
        finally:
            server.terminate()


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("oxigraph does not answer")


@pytest.fixture
def empty(oxigraph: str) -> str:
    _http("DELETE", oxigraph)
    return oxigraph


def _http(method: str, address: str, body: bytes = b"") -> bytes:
    with urllib3.PoolManager() as pool:
        headers = {"Accept": "application/n-quads", "Content-Type": "application/n-quads"}
        answer = pool.request(method, address, body=body, headers=headers)
        assert answer.status < 300, answer.data
        return answer.data


def _held(address: str) -> ox.Dataset:
    return ox.Dataset(ox.parse(_http("GET", address), ox.RdfFormat.N_QUADS))


def _parsed(file: Path) -> ox.Dataset:
    """A file's graphs as Oxigraph holds them: it writes some numbers in another form."""
    store = ox.Store()
    store.extend(ox.parse(path=file))
    return ox.Dataset(store)


def _unskolemised(dataset: ox.Dataset) -> ox.Dataset:
    """Blank nodes again, where skolem IRIs of the store stand."""
    text = ox.serialize(dataset, format=ox.RdfFormat.N_QUADS) or b""
    plain = re.sub(rb"<http://127\.0\.0\.1:\d+/\.well-known/genid/([0-9a-f]{64})>", rb"_:b\1", text)
    return ox.Dataset(ox.parse(plain, ox.RdfFormat.N_QUADS))


def _same(one: ox.Dataset, other: ox.Dataset) -> None:
    """Graphs are compared as graphs; what only one has is told."""
    for dataset in (one, other):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    left, right = set(map(str, one)), set(map(str, other))
    assert (sorted(left - right), sorted(right - left)) == ([], [])


@needs_oxigraph
@pytest.mark.parametrize("size", [100, 1_000, 50_000])
def test_the_built_graphs_arrive(size: int, built: Path, empty: str) -> None:
    file = built / "nbkg.nq"
    result = _load(empty, file, "--chunk", size)
    assert (result.exit_code, result.exception) == (0, None)
    graphs = len({quad.graph_name for quad in ox.parse(path=file)})
    assert f"{graphs} graphs, {len(file.read_text().splitlines())} statements sent in" in result.stderr
    _same(_unskolemised(_held(empty)), _parsed(file))


@needs_oxigraph
def test_graphs_are_replaced_and_others_left(tmp_path: Path, empty: str) -> None:
    _http("POST", empty, b"<urn:old> <urn:p> <urn:o> <urn:g> .\n<urn:old> <urn:p> <urn:o> <urn:other> .\n")
    file = _file(tmp_path, _triples(5))
    assert _load(empty, file, "--chunk", 2).exit_code == 0
    _same(
        _held(empty),
        ox.Dataset([*_parsed(file), *ox.parse(b"<urn:old> <urn:p> <urn:o> <urn:other> .", ox.RdfFormat.N_QUADS)]),
    )


TORN = {
    "labels.nq": "_:a <urn:p> _:b <urn:g> .\n_:b <urn:p> _:c <urn:g> .\n_:c <urn:p> _:a <urn:g> .\n",
    "two-graphs.nq": "_:a <urn:p> <urn:o> <urn:g> .\n_:a <urn:q> <urn:o> <urn:h> .\n_:z <urn:p> <urn:o> <urn:i> .\n",
    "named-by-blank.nq": "<urn:s> <urn:p> _:g _:g .\n<urn:s> <urn:by> _:g .\n<urn:s> <urn:p> _:z <urn:i> .\n",
    "unlabelled.ttl": "<urn:s> <urn:p> [ <urn:q> [ <urn:r> (1 2 [] ) ] ] , _:x . _:x <urn:q> _:y . _:y <urn:r> _:x .",
    "graphs.trig": "<urn:g> { <urn:s> <urn:p> _:x , [] . } [] { <urn:s> <urn:p> _:x , <urn:o> }",
    "tree.rdf": (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:u:">'
        '<rdf:Description><u:p rdf:parseType="Resource"><u:q>å\U0001f600</u:q></u:p></rdf:Description></rdf:RDF>'
    ),
    "tree.jsonld": '{"@id": "urn:s", "urn:p": [{"urn:q": 1}, {"urn:q": {"urn:r": "a\\nb"}}]}',
}


@needs_oxigraph
@pytest.mark.parametrize("size", [1, 2, 50_000])
@pytest.mark.parametrize("name", TORN)
def test_blank_nodes_stay_the_same_node(name: str, size: int, tmp_path: Path, empty: str) -> None:
    file = _file(tmp_path, TORN[name], name)
    assert _load(empty, file, "--chunk", size).exit_code == 0
    _same(_unskolemised(_held(empty)), _parsed(file))


@needs_oxigraph
def test_the_same_label_in_two_files_is_two_nodes(tmp_path: Path, empty: str) -> None:
    files = [_file(tmp_path, f"_:a <urn:p> <urn:{name}> .\n", f"{name}.nt") for name in "xy"]
    for size in ("1", "10"):
        assert _load(empty, *files, "--chunk", size, "--graph", "urn:g").exit_code == 0
        text = b"_:a <urn:p> <urn:x> <urn:g> .\n_:b <urn:p> <urn:y> <urn:g> .\n"
        _same(_unskolemised(_held(empty)), ox.Dataset(ox.parse(text, ox.RdfFormat.N_QUADS)))


# The protocol


def test_first_put_then_post(keeper: Keeper, tmp_path: Path) -> None:
    file = _file(tmp_path, _triples(5) + _triples(1, "").replace(" .", "."))
    assert _load(keeper.address, file, "--chunk", 2).exit_code == 0
    assert [(asked.method, asked.path) for asked in keeper.asked] == [
        ("PUT", "/store?graph=urn%3Ag"),
        ("POST", "/store?graph=urn%3Ag"),
        ("POST", "/store?graph=urn%3Ag"),
        ("PUT", "/store?default"),
    ]
    assert {asked.headers["Content-Type"] for asked in keeper.asked} == {"application/n-triples"}
    assert "Authorization" not in keeper.asked[0].headers


def test_an_address_with_a_query(keeper: Keeper, tmp_path: Path) -> None:
    assert _load(f"{keeper.address}?a=b", _file(tmp_path, _triples(1, "<urn:ø&?>"))).exit_code == 0
    assert keeper.asked[0].path == "/store?a=b&graph=urn%3A%C3%B8%26%3F"


def test_graphs_that_take_turns_are_gathered(keeper: Keeper, tmp_path: Path) -> None:
    lines = [f"<urn:s{n}> <urn:p> _:b{n} <urn:g{n % 3}> .\n" for n in range(30)]
    assert _load(keeper.address, _file(tmp_path, "".join(lines)), "--chunk", 15).exit_code == 0
    assert keeper.methods == ["PUT"] * 3
    assert not any(b"genid" in asked.body for asked in keeper.asked)


def test_no_more_is_held_than_two_chunks(keeper: Keeper, tmp_path: Path) -> None:
    lines = [f"<urn:s{n}> <urn:p> <urn:o> <urn:g{n % 7}> .\n" for n in range(700)]
    assert _load(keeper.address, _file(tmp_path, "".join(lines)), "--chunk", 20).exit_code == 0
    assert sum(map(len, keeper.graphs.values())) == 700
    assert len(keeper.graphs) == keeper.methods.count("PUT") == 7
    assert len(keeper.asked) < 140


def test_shared_blank_nodes_are_found_where_they_are_too_many(
    keeper: Keeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cutting, "_FOLLOWED", 3)
    lines = [f"_:b{n % 5} <urn:p> <urn:o{n}> <urn:g{n // 5}> .\n" for n in range(10)]
    assert _load(keeper.address, _file(tmp_path, "".join(lines))).exit_code == 0
    subjects = [{line.split()[0] for line in graph} for graph in keeper.graphs.values()]
    assert len(subjects[0]) == 5
    assert subjects[0] == subjects[1]


def test_gzipped_files(keeper: Keeper, tmp_path: Path) -> None:
    file = tmp_path / "data.nq.gz"
    file.write_bytes(gzip.compress(_triples(5).encode()))
    assert _load(keeper.address, file).exit_code == 0
    assert len(keeper.graphs["urn:g"]) == 5


def test_the_built_graphs_without_a_file(keeper: Keeper, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loader.commands.load.graphs_folder", lambda: built)
    assert _load(keeper.address).exit_code == 0
    assert "https://w3id.org/nbkg/graph/current" in keeper.graphs


# Going on


def _after(event: threading.Event) -> Answer:
    event.wait(20)
    return None


def _cut_at(number: int) -> Callable[[Asked], Answer]:
    """Breaks the connection from this request on."""
    count = iter(range(1, 1000))
    return lambda _: DONE if next(count) < number else None


def test_an_interrupted_push_goes_on(keeper: Keeper, tmp_path: Path, cache: Path) -> None:
    file = _file(tmp_path, _triples(10))
    keeper.answer = _cut_at(3)
    broken = _load(keeper.address, file, "--chunk", 2)
    assert isinstance(broken.exception, ServiceError)
    assert f"{keeper.address}: chunk 3 (<urn:g>): the connection broke" in str(broken.exception)
    assert "run the same command again to go on" in str(broken.exception)
    keeper.asked.clear()
    keeper.answer = lambda _: DONE
    again = _load(keeper.address, file, "--chunk", 2)
    assert keeper.methods == ["POST"] * 3
    assert "1 graphs, 10 statements sent" in again.stderr
    assert "went on after chunk 2" in again.stderr
    assert len(keeper.graphs["urn:g"]) == 10
    assert [path for path in cache.rglob("*") if path.is_file()] == []


def test_unlabelled_nodes_are_the_same_when_it_goes_on(keeper: Keeper, tmp_path: Path) -> None:
    file = _file(tmp_path, "<urn:s> <urn:p> [ <urn:q> [ <urn:r> [] ] ] .", "data.ttl")
    keeper.answer = _cut_at(2)
    _load(keeper.address, file, "--chunk", 1)
    keeper.answer = lambda _: DONE
    assert _load(keeper.address, file, "--chunk", 1).exit_code == 0
    nodes = re.findall(r"genid/(\w+)", "".join(keeper.graphs[None]))
    assert (len(nodes), len(set(nodes))) == (5, 3)


CHANGES: dict[str, tuple[str, ...]] = {
    "--restart": ("--restart",),
    "--chunk": ("--chunk", "3"),
    "--graph": ("--graph", "urn:h"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_another_command_begins_anew(change: str, keeper: Keeper, tmp_path: Path) -> None:
    file = _file(tmp_path, _triples(10))
    keeper.answer = _cut_at(3)
    _load(keeper.address, file, "--chunk", 2)
    keeper.answer = lambda _: DONE
    keeper.asked.clear()
    assert _load(keeper.address, file, "--chunk", 2, *CHANGES[change]).exit_code == 0
    assert keeper.methods[0] == "PUT"


def test_a_broken_journal_begins_anew(keeper: Keeper, tmp_path: Path, cache: Path) -> None:
    file = _file(tmp_path, _triples(4))
    keeper.answer = _cut_at(2)
    _load(keeper.address, file, "--chunk", 2)
    (journal,) = cache.rglob("*.json")
    journal.write_text("{")
    keeper.answer = lambda _: DONE
    keeper.asked.clear()
    assert _load(keeper.address, file, "--chunk", 2).exit_code == 0
    assert keeper.methods == ["PUT", "POST"]


def test_other_files_sent_meanwhile(keeper: Keeper, tmp_path: Path) -> None:
    """What was sent may have been replaced: an interrupted push of before does not go on."""
    file, other = _file(tmp_path, _triples(4)), _file(tmp_path, _triples(1), "other.nq")
    keeper.answer = _cut_at(2)
    _load(keeper.address, file, "--chunk", 2)
    keeper.answer = lambda _: DONE
    assert _load(keeper.address, other).exit_code == 0
    assert _load(keeper.address, file, "--chunk", 2).exit_code == 0
    assert len(keeper.graphs["urn:g"]) == 4


def test_a_killed_push_goes_on(keeper: Keeper, tmp_path: Path) -> None:
    file = _file(tmp_path, _triples(10))
    killed = threading.Event()
    keeper.answer = lambda _: DONE if len(keeper.asked) < 4 else _after(killed)
    command = [sys.executable, "-m", "loader.cli", "load", keeper.address, str(file), "--chunk", "2"]
    environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path / "cache"), "HOME": str(tmp_path)}
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as running:
        while len(keeper.asked) < 4 and running.poll() is None:
            time.sleep(0.01)
        running.send_signal(signal.SIGKILL)
    killed.set()
    keeper.asked.clear()
    keeper.answer = lambda _: DONE
    subprocess.run(command, env=environment, check=True, capture_output=True)
    assert keeper.methods == ["POST"] * 2
    assert len(keeper.graphs["urn:g"]) == 10


def test_two_at_once(keeper: Keeper, tmp_path: Path) -> None:
    file = _file(tmp_path, _triples(2))
    results: list[Result] = []

    def second(_: Asked) -> Answer:
        if not results:
            results.append(_load(keeper.address, file))
        return DONE

    keeper.answer = second
    with graph_store.GraphStore(keeper.address, Token()) as store:
        push.push(store, [file], push.Cut())
    assert "being sent there already" in str(results[0].exception)
    assert len(keeper.asked) == 1


# Trouble


def test_busy_servers_are_asked_again(keeper: Keeper, tmp_path: Path) -> None:
    _failing(keeper, (503, {}, b""), None, DONE, (502, {}, b""))
    assert _load(keeper.address, _file(tmp_path, _triples(4)), "--chunk", 2).exit_code == 0
    assert keeper.methods == ["PUT"] * 3 + ["POST"] * 2
    assert len(keeper.graphs["urn:g"]) == 4


def test_retry_after(keeper: Keeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr("loader.graph_store.time.sleep", slept.append)
    _failing(keeper, (503, {"Retry-After": "7"}, b""), (429, {"Retry-After": "99999"}, b""))
    assert _load(keeper.address, _file(tmp_path, _triples(1))).exit_code == 0
    _failing(keeper, (503, {"Retry-After": "soon"}, b""))
    assert _load(keeper.address, _file(tmp_path, _triples(1))).exit_code == 0
    assert slept == [7.0, 120.0, 0.01]


TROUBLE: dict[str, tuple[Answer, type[NbkgError], str]] = {
    "no token": ((401, {}, b""), UsageError, "401 Unauthorized; a token is needed: --token-file"),
    "wrong token": ((403, {}, b"not you"), UsageError, "403 Forbidden: not you; a token is needed that may write"),
    "bad request": (
        (400, {}, b"no such\x1b[31m\nIRI"),
        UsageError,
        r"400 Bad Request: no such \[31m IRI; run the same",
    ),
    "a page": ((404, {"Content-Type": "text/html"}, b"<h1>"), UsageError, "404 Not Found; is this the address"),
    "too large": ((413, {}, b""), UsageError, "a smaller --chunk"),
    "moved": ((307, {"Location": "http://example.org/"}, b""), UsageError, "it points to http://example.org/; give"),
    "fault": ((500, {}, b"oh"), ServiceError, "500 Internal Server Error: oh; run the same command again"),
    "busy": ((503, {}, b""), ServiceError, "503 Service Unavailable; run the same command again"),
    "broken": (None, ServiceError, "the connection broke"),
}


@pytest.mark.parametrize("trouble", TROUBLE)
def test_trouble_is_told(trouble: str, keeper: Keeper, tmp_path: Path) -> None:
    answer, kind, message = TROUBLE[trouble]
    keeper.answer = lambda _: answer
    result = _load(keeper.address, _file(tmp_path, _triples(1)))
    assert type(result.exception) is kind
    assert re.search(rf"{re.escape(keeper.address)}: chunk 1 \(<urn:g>\): .*{message}", str(result.exception))


def test_nobody_listens(tmp_path: Path) -> None:
    address = f"http://127.0.0.1:{_free_port()}/store"
    result = _load(address, _file(tmp_path, _triples(1)))
    assert isinstance(result.exception, ServiceError)
    assert str(result.exception).startswith(f"{address}: chunk 1 (<urn:g>): connection refused")
    assert "run the same command again" in str(result.exception)


BAD = {
    "syntax.nq": (_triples(3).encode() + b"<urn:a> oops\n", r"syntax\.nq:4: does not parse: .*; nothing was sent"),
    "short.nq.gz": (gzip.compress(_triples(3).encode())[:-12], r"short\.nq\.gz: cannot be read to its end"),
    "plain.nq.gz": (_triples(3).encode(), r"plain\.nq\.gz: cannot be read to its end: Not a gzipped file"),
    "relative.ttl": (b"<a> <b> <c> .", r"relative\.ttl:1: does not parse"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_does_not_parse(name: str, keeper: Keeper, tmp_path: Path) -> None:
    content, message = BAD[name]
    (tmp_path / name).write_bytes(content)
    result = _load(keeper.address, _file(tmp_path, _triples(3)), tmp_path / name, "--chunk", 1)
    assert isinstance(result.exception, CuratedError)
    assert re.search(message, str(result.exception))
    assert keeper.asked == []


def test_a_file_that_changes_meanwhile(keeper: Keeper, tmp_path: Path) -> None:
    file = _file(tmp_path, _triples(3))

    def changing(_: Asked) -> Answer:
        with file.open("a") as stream:
            stream.write(_triples(1))
        return DONE

    keeper.answer = changing
    result = _load(keeper.address, file, "--chunk", 2)
    assert isinstance(result.exception, CuratedError)
    assert re.search(r"changed while it was read.*; 3 chunks were sent and stay", str(result.exception))


WRONG = {
    "no file": ("http://127.0.0.1:1/", ["nowhere.nq"], "no such file"),
    "unknown kind": ("http://127.0.0.1:1/", ["data.docx"], "unknown kind"),
    "no graph": ("http://127.0.0.1:1/", ["data.nt", "--graph", "not an IRI"], "is no IRI of a graph"),
    "password in the address": ("http://me:secret@127.0.0.1:1/", ["data.nt"], "--user"),
    "no host": ("http://", ["data.nt"], "expected the address"),
    "no password": ("http://127.0.0.1:1/", ["data.nt", "--user", "me"], "belong together"),
    "two ways": (
        "http://127.0.0.1:1/",
        ["data.nt", "--user", "me", "--password-file", "data.nt", "--token-file", "data.nt"],
        "exclude each other",
    ),
    "no token": ("http://127.0.0.1:1/", ["data.nt", "--token-file", "data.docx"], "holds no token"),
    "no token file": ("http://127.0.0.1:1/", ["data.nt", "--token-file", "nowhere"], "cannot be read"),
    "a store on disk": ("var/nowhere", ["data.nt", "--restart"], "are for the URL"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_wrong_calls(wrong: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    _file(tmp_path, "two words", "data.docx")
    _file(tmp_path, "", "data.nt")
    address, given, message = WRONG[wrong]
    result = _load(address, *given)
    assert isinstance(result.exception, UsageError)
    assert message in str(result.exception)
    assert "secret" not in str(result.exception)


# Who asks


def test_a_token_is_sent_and_never_printed(keeper: Keeper, tmp_path: Path) -> None:
    token = _file(tmp_path, "s3cret\n", "token")
    file = _file(tmp_path, _triples(1))
    _failing(keeper, DONE, (401, {}, b""))
    results = [_load(keeper.address, file, "--token-file", token) for _ in range(2)]
    assert [asked.headers["Authorization"] for asked in keeper.asked] == ["Bearer s3cret"] * 2
    assert "s3cret" not in "".join(f"{result.output}{result.exception}" for result in results)


def _guarded(challenge: str, accepts: Callable[[Asked], bool]) -> Callable[[Asked], Answer]:
    return lambda asked: DONE if accepts(asked) else (401, {"WWW-Authenticate": challenge}, b"")


def _with_password(keeper: Keeper, folder: Path, password: str = "pæss") -> Result:  # noqa: S107  a test's own
    secret = _file(folder, f"{password}\n", "password")
    return _load(keeper.address, _file(folder, _triples(4)), "--chunk", 2, "--user", "me", "--password-file", secret)


def test_basic(keeper: Keeper, tmp_path: Path) -> None:
    keeper.answer = _guarded(
        'Basic realm="x"', lambda asked: asked.headers.get("Authorization") == "Basic bWU6cMOmc3M="
    )
    assert _with_password(keeper, tmp_path).exit_code == 0
    assert [len(asked.body) > 0 for asked in keeper.asked] == [False, True, True]
    keeper.asked.clear()
    assert isinstance(_with_password(keeper, tmp_path, "wrong").exception, UsageError)


def _digest_given(asked: Asked) -> dict[str, str]:
    return parse_keqv_list(parse_http_list(asked.headers.get("Authorization", "Digest a=b").removeprefix("Digest ")))


def test_digest_with_a_nonce_that_grows_stale(keeper: Keeper, tmp_path: Path) -> None:
    nonces = iter(["n1", "n2"])
    uses: list[tuple[str, str]] = []
    valid = ""

    def answer(asked: Asked) -> Answer:
        nonlocal valid
        given = _digest_given(asked)
        if given.get("nonce") == valid and len(uses) != 1:
            uses.append((valid, given["nc"]))
            return DONE
        if given.get("nonce") == valid:
            uses.append((valid, "stale"))
        valid = next(nonces)
        said = f'Basic realm="r", Digest realm="r", nonce="{valid}", qop="auth,auth-int", opaque="o", stale=true'
        return 401, {"WWW-Authenticate": said}, b""

    keeper.answer = answer
    assert _with_password(keeper, tmp_path).exit_code == 0
    assert uses == [("n1", "00000001"), ("n1", "stale"), ("n2", "00000001")]


def test_digest_of_the_rfc(monkeypatch: pytest.MonkeyPatch) -> None:
    """RFC 7616, section 3.9.1."""
    monkeypatch.setattr(
        "loader.credentials.secrets.token_hex", lambda _: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"
    )
    said = (
        'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm={}, '
        'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"'
    )
    responses = {
        "MD5": "8ca523f5e9506fed4657c9700eebdbec",
        "SHA-256": "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
    }
    for algorithm, response in responses.items():
        who = Password("Mufasa", "Circle of Life")
        assert who.challenged([said.format(algorithm)])
        header = who.header("GET", "/dir/index.html") or ""
        assert f'response="{response}"' in header
        assert "nc=00000001" in header
        assert not who.challenged([said.format(algorithm)])


@pytest.mark.parametrize(
    "said", ["Negotiate", 'Digest realm="r", nonce="n", algorithm=MD5-sess', 'Digest realm="r"', ""]
)
def test_challenges_that_cannot_be_answered(said: str) -> None:
    who = Password("me", "secret")
    assert not who.challenged([said])
    assert who.header("PUT", "/") is None


def test_a_server_that_asks_nothing(keeper: Keeper, tmp_path: Path) -> None:
    assert _with_password(keeper, tmp_path).exit_code == 0
    assert keeper.methods == ["POST", "PUT", "POST"]
    assert all("Authorization" not in asked.headers for asked in keeper.asked)
