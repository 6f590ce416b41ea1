"""Every setting of the endpoint, read once into a frozen value."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import TypeVar, cast
from urllib.parse import urlsplit

from nbkg.errors import UsageError
from nbkg.storage.default_graph import DefaultGraph

_T = TypeVar("_T")


class SettingError(UsageError):
    """A setting has a value that it cannot have; it is reported on the command line."""


@dataclass(frozen=True)
class Setting:
    """One setting: `--time-limit` on the command line, `NBKG_TIME_LIMIT` in the environment."""

    field: str
    """The name of its field in Settings."""
    default: str | int
    help: str
    many: bool
    """Whether it may be given several times; in the environment the values stand with commas between."""

    @property
    def name(self) -> str:
        """Return its name on the command line, without the dashes before it."""
        return self.field.replace("_", "-")

    @property
    def variable(self) -> str:
        """Return the environment variable that sets it."""
        return f"NBKG_{self.field.upper()}"

    @property
    def choices(self) -> tuple[str, ...]:
        """Return the values that it may have; none where it may have any."""
        return tuple(choice.value for choice in type(self.default)) if isinstance(self.default, StrEnum) else ()


def _setting(default: _T, text: str, *, many: bool = False) -> _T:
    return field(default=default, metadata={"help": text, "many": many})


_MAIL = re.compile(r"(?:mailto:)?[^\s@:?&/,<>{}]+@[^\s@:?&/,<>{}]+")
_TOKENS = ("write_token", "decision_token")
"""The fields of tokens, which stand in a file or in the environment."""


@dataclass(frozen=True)
class Settings:
    """The settings as read."""

    host: str = _setting("127.0.0.1", "The address to listen at; 0.0.0.0 for all addresses of the machine.")
    port: int = _setting(8000, "The port to listen at; 0 for any free one.")
    store: str = _setting(
        "", "The store to serve: a folder, memory: or http(s)://…. Empty: build and load the default one."
    )
    store_update: str = _setting("", "The address that takes updates for a store at http(s)://…; empty for none.")
    store_graphs: str = _setting("", "The address of the Graph Store of a store at http(s)://…; empty for none.")
    text_index: str = _setting("", "The folder of the text index that `nbkg index` made of a store at http(s)://….")
    workers: int = _setting(
        10, "How many queries run at once, each in a process of its own; 0 runs them in the server's process."
    )
    threads: int = _setting(40, "How many requests are answered at a time.")
    time_limit: int = _setting(60, "Seconds that a query or an update may take.")
    memory_limit: int = _setting(1024, "Megabytes that a query or an update may take.")
    client_queries: int = _setting(9, "How many queries of one client run at once; 0 for any number.")
    client_requests: int = _setting(300_000, "How many requests a client may make in a minute; 0 for any number.")
    cache: int = _setting(64, "Megabytes of answers that are cached; 0 caches none.")
    write_token_file: str = _setting("", "A file with the token that allows changes; the store is then a writable one.")
    decision_token_file: str = _setting(
        "", "A file with the token with which people confirm and refuse decisions of a built store."
    )
    allow_service: str = _setting("", "A host that SERVICE and LOAD may call; may be given several times.", many=True)
    proxy_hops: int = _setting(
        0, "How many proxies in front are trusted to state the client's address, host and scheme."
    )
    public_url: str = _setting(
        "",
        "The address at which others reach this server, such as https://data.example.org/nbkg: complete links "
        "begin with it. Empty: what trusted proxies state, else this machine's own address.",
    )
    dumps: str = _setting("", "The folder of releases that `nbkg dump` made, served at /dumps/; empty for none.")
    records: str = _setting(
        "",
        "The folder of the store of records that `nbkg marc import` made, out of which pages show MARC records. Empty: "
        "the folder `records` beside that of the store, if there is one.",
    )
    list_page: int = _setting(
        200, "How many records a page of OAI-PMH has; of a list of identifiers a page has five times as many."
    )
    admin_email: str = _setting(
        "",
        "The mail address of whoever answers for this server, which OAI-PMH states. Empty: that of report-errors-to, "
        "if it is one, else webmaster at the host of the base.",
    )
    report_errors_to: str = _setting(
        "",
        "Where “Report an error” on each page leads: a mail address, or the address of an issue tracker with "
        "{title} and {body}, or {page} and {quote}, in it; empty for no link.",
    )
    base: str = _setting("https://w3id.org/nbkg/", "The base of the IRIs that are served as pages, on whatever host.")
    default_graph: DefaultGraph = _setting(  # noqa: RUF009  # it makes a field
        DefaultGraph.PRESENT,
        "What a query without a dataset reads: the present (all graphs but those that the store leaves out as "
        "history or evidence), the union of all graphs, or the plain default graph.",
    )
    write_token: str = field(default="", repr=False)
    """The token itself, from its file or $NBKG_WRITE_TOKEN; empty where nothing is written."""
    decision_token: str = field(default="", repr=False)
    """That for decisions, from its file or $NBKG_DECISION_TOKEN; empty where nobody decides on pages."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """Return the hosts that SERVICE and LOAD may call."""
        return tuple(host.strip() for host in self.allow_service.split(",") if host.strip())


SETTINGS = tuple(
    Setting(one.name, cast(str | int, one.default), **one.metadata) for one in fields(Settings) if one.metadata
)
"""Every setting, in the order of the documentation."""
Values = Mapping[str, str | int | tuple[str, ...] | None]


def read(values: Values, environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings: values by field name, else the environment, else the defaults. Raises SettingError."""
    chosen = {setting.field: _value(setting, values, environment) for setting in SETTINGS}
    tokens = {name: _token(str(chosen[f"{name}_file"]), name, environment) for name in _TOKENS}
    _check_receiver(str(chosen["report_errors_to"]))
    _check_url(str(chosen["public_url"]))
    chosen["default_graph"] = DefaultGraph(str(chosen["default_graph"]))
    return Settings(**chosen, **tokens)  # type: ignore[arg-type]  # read by type


def _check_url(url: str) -> None:
    """Raise SettingError for a public address that links cannot begin with."""
    parts = urlsplit(url)
    if url and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment):
        raise SettingError(f"public-url: {url!r} is not an address such as https://data.example.org/nbkg")


def _token(file: str, name: str, environment: Mapping[str, str]) -> str:
    if not file:
        return environment.get(f"NBKG_{name.upper()}", "").strip()
    option = f"{name.replace('_', '-')}-file"
    try:
        token = Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"{option}: {file} cannot be read: {error}") from error
    if not token or not token.isascii() or not token.isprintable():
        raise SettingError(f"{option}: {file} must hold one line of printable ASCII: the token")
    return token


def _check_receiver(receiver: str) -> None:
    """Raise SettingError where error reports cannot be sent there."""
    if not receiver or _MAIL.fullmatch(receiver):
        return
    if not re.match(r"https?://[^/{}]+/", receiver):
        raise SettingError(f"report-errors-to: {receiver!r} is neither a mail address nor begins with https://HOST/")
    try:
        filled = receiver.format(title="", body="x", page="x", quote="")
    except (ValueError, LookupError, AttributeError) as error:
        raise SettingError(
            f"report-errors-to: {receiver!r} may have only {{title}}, {{body}}, {{page}}, {{quote}}"
        ) from error
    if filled == receiver.format(title="", body="", page="", quote=""):
        raise SettingError(f"report-errors-to: {receiver!r} needs {{body}} or {{page}}, or a report does not say where")


def _value(setting: Setting, values: Values, environment: Mapping[str, str]) -> str | int:
    value = values.get(setting.field)
    if value is None or value == ():
        value = environment.get(setting.variable, setting.default)
    if isinstance(value, tuple):
        value = ",".join(value)
    if setting.choices and value not in setting.choices:
        raise SettingError(f"{setting.name}: {value!r} is none of {', '.join(setting.choices)}")
    if not isinstance(setting.default, int):
        return str(value)
    try:
        number = int(value)
    except ValueError:
        raise SettingError(f"{setting.name}: {value!r} is not a whole number") from None
    if number < 0:
        raise SettingError(f"{setting.name}: {value!r} is less than 0")
    return number
