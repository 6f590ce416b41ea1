"""Credentials as HTTP's Authorization header: a token, or a name and a password. Neither is ever printed.

RFC 6750 (Bearer), RFC 7617 (Basic), RFC 7616 (Digest, https://www.rfc-editor.org/rfc/rfc7616). Digest is written here
because the client is urllib3, which has none, and the standard library's lacks SHA-256 and names outside of ASCII.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from base64 import b64encode
from collections.abc import Mapping, Sequence
from urllib.request import parse_http_list, parse_keqv_list

_HASHES = {"md5": hashlib.md5, "sha-256": hashlib.sha256}
"""The algorithms of Digest; MD5 is what Virtuoso asks for."""
_UNQUOTED = {"algorithm", "nc", "qop"}
"""Parameters that stand without quotation marks."""


class Password:
    """A name and a password, sent as the server asks: Digest where it can, else Basic; never unasked."""

    def __init__(self, name: str, password: str) -> None:
        self.needs_challenge = True
        """Whether the server was not asked yet what it wants."""
        self._name = name
        self._password = password
        self._challenge: dict[str, str] | None = None
        self._count = 0

    def headers(self, method: str, target: str) -> Mapping[str, str]:
        """Return the answer to the last challenge, nothing before the first; `target` is the path with the query."""
        if self._challenge is None:
            return {}
        if not self._challenge:
            return basic_authorization(f"{self._name}:{self._password}")
        self._count += 1
        return {"Authorization": _digest(self._challenge, (self._name, self._password), (method, target), self._count)}

    def accept_challenge(self, challenges: Sequence[str]) -> bool:
        """Read the WWW-Authenticate fields of a 401; return whether the same request is worth another try.

        It is at the first challenge that can be answered, and where Digest's nonce is stale.
        """
        first, text = self._challenge is None, ", ".join(challenges)
        challenge = _digest_challenge(text)
        if challenge is None and not re.search(r"\bBasic\b", text, re.IGNORECASE):
            return False
        self._challenge, self._count = challenge or {}, 0
        return first or self._challenge.get("stale", "").lower() == "true"


def basic_authorization(name_and_password: str) -> Mapping[str, str]:
    """Return the header field for Basic authentication, in UTF-8."""
    return {"Authorization": f"Basic {b64encode(name_and_password.encode()).decode()}"}


def _digest_challenge(header: str) -> dict[str, str] | None:
    """Return the parameters of a Digest challenge that can be answered, else None."""
    match = re.search(r"\bDigest\s+(.*)", header, re.IGNORECASE | re.DOTALL)
    if not match:
        return None
    challenge = parse_keqv_list([item for item in parse_http_list(match[1]) if "=" in item])
    known = challenge.get("algorithm", "MD5").lower() in _HASHES
    plain = "auth" in re.split(r"[,\s]+", challenge.get("qop", "auth"))
    return challenge if known and plain and {"realm", "nonce"} <= challenge.keys() else None


def _digest(challenge: dict[str, str], who: tuple[str, str], request: tuple[str, str], count: int) -> str:
    """Return the header's value by RFC 7616 section 3.4; without qop as in RFC 2069."""
    algorithm = _HASHES[challenge.get("algorithm", "MD5").lower()]

    def digest(*parts: str) -> str:
        return algorithm(":".join(parts).encode()).hexdigest()

    name, password = who
    realm, nonce = challenge["realm"], challenge["nonce"]
    numbers = [f"{count:08x}", secrets.token_hex(8), "auth"] if "qop" in challenge else []
    response = digest(digest(name, realm, password), nonce, *numbers, digest(*request))
    fields = {"username": name, "realm": realm, "nonce": nonce, "uri": request[1], "response": response}
    fields |= {key: challenge[key] for key in ("opaque", "algorithm") if key in challenge}
    fields |= dict(zip(("nc", "cnonce", "qop"), numbers, strict=False))
    return "Digest " + ", ".join(
        f"{key}={value if key in _UNQUOTED else _quoted(value)}" for key, value in fields.items()
    )


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
