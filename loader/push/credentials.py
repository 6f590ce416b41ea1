"""Reads the credentials that the options of `nbkg load` name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from nbkg.errors import UsageError
from nbkg.http_client.authentication import Password


@dataclass(frozen=True)
class Credentials:
    """Header fields of every request, or a password that the server asks for; neither is ever printed."""

    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    password: Password | None = None


def read_credentials(token_file: Path | None, user: str | None, password_file: Path | None) -> Credentials:
    """Return the credentials of the options. Raises UsageError for files that hold none."""
    if (user is None) != (password_file is None):
        raise UsageError("--user and --password-file belong together")
    if token_file is not None and user is not None:
        raise UsageError("--token-file and --user exclude each other")
    if user is not None and password_file is not None:
        return Credentials(password=Password(user, _read_secret(password_file)))
    if token_file is None:
        return Credentials()
    token = _read_secret(token_file)
    if not re.fullmatch(r"[!-~]+", token):
        raise UsageError(f"{token_file}: holds no token; expected one line of ASCII without spaces")
    return Credentials({"Authorization": f"Bearer {token}"})


def _read_secret(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: cannot be read") from error
