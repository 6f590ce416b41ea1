"""Digest and Basic authentication."""

from __future__ import annotations

import pytest

from nbkg.http_client.authentication import Password


def test_digest_of_the_rfc(monkeypatch: pytest.MonkeyPatch) -> None:
    """RFC 7616, section 3.9.1."""
    monkeypatch.setattr(
        "nbkg.http_client.authentication.secrets.token_hex", lambda _: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"
    )
    challenge = (
        'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm={}, '
        'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"'
    )
    responses = {
        "MD5": "8ca523f5e9506fed4657c9700eebdbec",
        "SHA-256": "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
    }
    for algorithm, response in responses.items():
        password = Password("Mufasa", "Circle of Life")
        assert password.accept_challenge([challenge.format(algorithm)])
        header = password.headers("GET", "/dir/index.html")["Authorization"]
        assert f'response="{response}"' in header
        assert "nc=00000001" in header
        assert not password.accept_challenge([challenge.format(algorithm)])


@pytest.mark.parametrize(
    "challenge", ["Negotiate", 'Digest realm="r", nonce="n", algorithm=MD5-sess', 'Digest realm="r"', ""]
)
def test_challenges_that_cannot_be_answered(challenge: str) -> None:
    password = Password("me", "secret")
    assert not password.accept_challenge([challenge])
    assert password.headers("PUT", "/") == {}
