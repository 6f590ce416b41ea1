"""What goes wrong is told."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from nbkg.errors import NbkgError, RdfFileError, ServiceError, UsageError
from tests.loader.push.keeper import DONE, Answer, Asked, Keeper, failing, free_port, load, triples, written


def test_busy_servers_are_asked_again(keeper: Keeper, tmp_path: Path) -> None:
    failing(keeper, (503, {}, b""), None, DONE, (502, {}, b""))
    assert load(keeper.address, written(tmp_path, triples(4)), "--chunk", 2).exit_code == 0
    assert keeper.methods == ["PUT"] * 3 + ["POST"] * 2
    assert len(keeper.graphs["urn:g"]) == 4


def test_retry_after(keeper: Keeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr("urllib3.util.retry.time.sleep", slept.append)
    failing(keeper, (503, {"Retry-After": "7"}, b""), (429, {"Retry-After": "99999"}, b""))
    assert load(keeper.address, written(tmp_path, triples(1))).exit_code == 0
    failing(keeper, (503, {"Retry-After": "soon"}, b""))
    assert load(keeper.address, written(tmp_path, triples(1))).exit_code == 0
    assert slept == [7.0, 120.0]


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
    result = load(keeper.address, written(tmp_path, triples(1)))
    assert type(result.exception) is kind
    assert re.search(rf"{re.escape(keeper.address)}: chunk 1 \(<urn:g>\): .*{message}", str(result.exception))


def test_nobody_listens(tmp_path: Path) -> None:
    address = f"http://127.0.0.1:{free_port()}/store"
    result = load(address, written(tmp_path, triples(1)))
    assert isinstance(result.exception, ServiceError)
    assert str(result.exception).startswith(f"{address}: chunk 1 (<urn:g>): connection refused")
    assert "run the same command again" in str(result.exception)


BAD = {
    "syntax.nq": (
        triples(3).encode() + b"<urn:a> oops\n",
        r"syntax\.nq:4: does not parse as N-Quads: .*; nothing was sent",
    ),
    "short.nq.gz": (gzip.compress(triples(3).encode(), mtime=0)[:-12], r"short\.nq\.gz: cannot be read to its end"),
    "plain.nq.gz": (triples(3).encode(), r"plain\.nq\.gz: cannot be read to its end: Not a gzipped file"),
    "relative.ttl": (b"<a> <b> <c> .", r"relative\.ttl:1: does not parse"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_does_not_parse(name: str, keeper: Keeper, tmp_path: Path) -> None:
    content, message = BAD[name]
    (tmp_path / name).write_bytes(content)
    result = load(keeper.address, written(tmp_path, triples(3)), tmp_path / name, "--chunk", 1)
    assert isinstance(result.exception, RdfFileError)
    assert re.search(message, str(result.exception))
    assert keeper.asked == []


def test_a_file_that_changes_meanwhile(keeper: Keeper, tmp_path: Path) -> None:
    file = written(tmp_path, triples(3))

    def changing(_: Asked) -> Answer:
        with file.open("a") as stream:
            stream.write(triples(1))
        return DONE

    keeper.answer = changing
    result = load(keeper.address, file, "--chunk", 2)
    assert isinstance(result.exception, RdfFileError)
    assert re.search(r"changed while it was read.*; 3 chunks were sent and stay", str(result.exception))


WRONG = {
    "no file": ("http://127.0.0.1:1/", ["nowhere.nq"], "no such file"),
    "unknown kind": ("http://127.0.0.1:1/", ["data.docx"], "unknown kind"),
    "no graph": ("http://127.0.0.1:1/", ["data.nt", "--graph", "not an IRI"], "is not an IRI that can name a graph"),
    "password in the address": ("http://me:secret@127.0.0.1:1/", ["data.nt"], "--user"),
    "no host": ("http://", ["data.nt"], "expected an address"),
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
    written(tmp_path, "two words", "data.docx")
    written(tmp_path, "", "data.nt")
    address, given, message = WRONG[wrong]
    result = load(address, *given)
    assert isinstance(result.exception, UsageError)
    assert message in str(result.exception)
    assert "secret" not in str(result.exception)
