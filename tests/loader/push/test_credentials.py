"""Who asks: a token, or a name and a password."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.request import parse_http_list, parse_keqv_list

from click.testing import Result

from nbkg.errors import UsageError
from tests.loader.push.keeper import DONE, Answer, Asked, Keeper, failing, load, triples, written


def test_a_token_is_sent_and_never_printed(keeper: Keeper, tmp_path: Path) -> None:
    token = written(tmp_path, "s3cret\n", "token")
    file = written(tmp_path, triples(1))
    failing(keeper, DONE, (401, {}, b""))
    results = [load(keeper.address, file, "--token-file", token) for _ in range(2)]
    assert [asked.headers["Authorization"] for asked in keeper.asked] == ["Bearer s3cret"] * 2
    assert "s3cret" not in "".join(f"{result.output}{result.exception}" for result in results)


def _guarded(challenge: str, accepts: Callable[[Asked], bool]) -> Callable[[Asked], Answer]:
    return lambda asked: DONE if accepts(asked) else (401, {"WWW-Authenticate": challenge}, b"")


def _with_password(keeper: Keeper, folder: Path, password: str = "pæss") -> Result:  # noqa: S107  a test's own
    secret = written(folder, f"{password}\n", "password")
    return load(keeper.address, written(folder, triples(4)), "--chunk", 2, "--user", "me", "--password-file", secret)


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


def test_a_server_that_asks_nothing(keeper: Keeper, tmp_path: Path) -> None:
    assert _with_password(keeper, tmp_path).exit_code == 0
    assert keeper.methods == ["POST", "PUT", "POST"]
    assert all("Authorization" not in asked.headers for asked in keeper.asked)
