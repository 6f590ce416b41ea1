"""Who asks: a token, or a name and a password, as HTTP's Authorization header. Neither is ever printed.

RFC 6750 (Bearer), RFC 7617 (Basic), RFC 7616 (Digest: https://www.rfc-editor.org/rfc/rfc7616).
"""

from __future__ import annotations

import hashlib
import re
import secrets
from base64 import b64encode
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol
from urllib.request import parse_http_list, parse_keqv_list

from nbkg.errors import UsageError

_HASHES = {"md5": "md5", "sha-256": "sha256"}
"""The algorithms of Digest; MD5 is what Virtuoso asks for."""
_BARE = {"algorithm", "nc", "qop"}
"""Parameters that stand without quotation marks."""


class Credentials(Protocol):
    """What makes the Authorization header of a request."""

    @property
    def waiting(self) -> bool:
        """Whether the server must ask before anything is told."""

    def header(self, method: str, target: str) -> str | None:
        """The header's value; `target` is the path with the query. None where there is nothing to tell."""

    def challenged(self, challenges: Sequence[str]) -> bool:
        """Takes the WWW-Authenticate headers of a 401; whether asking again makes sense."""


class Token:
    """A token, sent as Bearer; None sends nothing."""

    waiting = False

    def __init__(self, token: str | None = None) -> None:
        self._token = token

    def header(self, method: str, target: str) -> str | None:  # noqa: ARG002  # the protocol's signature
        """The token, whatever is asked."""
        return None if self._token is None else f"Bearer {self._token}"

    def challenged(self, challenges: Sequence[str]) -> bool:  # noqa: ARG002  # the protocol's signature
        """Never worth another try."""
        return False


class Password:
    """A name and a password, sent as the server asks: Digest where it can, else Basic; never unasked."""

    def __init__(self, name: str, password: str) -> None:
        self._name = name
        self._password = password
        self._asked: dict[str, str] | None = None
        self._count = 0

    @property
    def waiting(self) -> bool:
        """True before the first challenge."""
        return self._asked is None

    def header(self, method: str, target: str) -> str | None:
        """The answer to the last challenge; None before the first."""
        if self._asked is None:
            return None
        if self._asked:
            self._count += 1
            return _digest(self._asked, (self._name, self._password), (method, target), self._count)
        return f"Basic {b64encode(f'{self._name}:{self._password}'.encode()).decode()}"

    def challenged(self, challenges: Sequence[str]) -> bool:
        """True at the first challenge, and where Digest's nonce is stale."""
        first, told = self.waiting, ", ".join(challenges)
        asked = _challenge(told)
        if asked is None and not re.search(r"\bBasic\b", told, re.IGNORECASE):
            return False
        self._asked, self._count = asked or {}, 0
        return first or self._asked.get("stale", "").lower() == "true"


def _challenge(header: str) -> dict[str, str] | None:
    """The parameters of a Digest challenge that can be answered."""
    found = re.search(r"\bDigest\s+(.*)", header, re.IGNORECASE | re.DOTALL)
    if not found:
        return None
    asked = parse_keqv_list([item for item in parse_http_list(found[1]) if "=" in item])
    known = asked.get("algorithm", "MD5").lower() in _HASHES
    plain = "auth" in re.split(r"[,\s]+", asked.get("qop", "auth"))
    return asked if known and plain and {"realm", "nonce"} <= asked.keys() else None


def _digest(asked: dict[str, str], who: tuple[str, str], request: tuple[str, str], count: int) -> str:
    """RFC 7616, section 3.4; without qop as in RFC 2069."""
    hashed = _hash(asked.get("algorithm", "MD5"))
    name, password = who
    numbers = [f"{count:08x}", secrets.token_hex(8), "auth"] if "qop" in asked else []
    secret, what = hashed(f"{name}:{asked['realm']}:{password}"), hashed(":".join(request))
    told = {"username": name, "realm": asked["realm"], "nonce": asked["nonce"], "uri": request[1]}
    told["response"] = hashed(":".join([secret, asked["nonce"], *numbers, what]))
    told |= {key: asked[key] for key in ("opaque", "algorithm") if key in asked}
    told |= dict(zip(("nc", "cnonce", "qop"), numbers, strict=False))
    return "Digest " + ", ".join(f"{key}={value if key in _BARE else _quoted(value)}" for key, value in told.items())


def _hash(algorithm: str) -> Callable[[str], str]:
    return lambda text: hashlib.new(_HASHES[algorithm.lower()], text.encode()).hexdigest()


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def credentials(token_file: Path | None, user: str | None, password_file: Path | None) -> Credentials:
    """The credentials that the options of a call name. Raises UsageError for files that hold none."""
    if (user is None) != (password_file is None):
        raise UsageError("--user and --password-file belong together")
    if token_file is not None and user is not None:
        raise UsageError("--token-file and --user exclude each other")
    if user is not None and password_file is not None:
        return Password(user, _secret(password_file))
    if token_file is None:
        return Token()
    token = _secret(token_file)
    if not re.fullmatch(r"[!-~]+", token):
        raise UsageError(f"{token_file}: holds no token; expected one line of ASCII without spaces")
    return Token(token)


def _secret(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: cannot be read") from error
