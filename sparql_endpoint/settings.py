"""Every setting of the endpoint, in one table, read once into a frozen value."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_cache_path

from nbkg.storage.default_graph import DefaultGraph
from sparql_endpoint.errors import SettingError


@dataclass(frozen=True)
class Setting:
    """One setting: `--time-limit` on the command line, `NBKG_TIME_LIMIT` in the environment."""

    name: str
    default: str | int
    help: str
    choices: tuple[str, ...] = ()
    many: bool = False
    """Whether it may be given several times; in the environment the values stand with commas between."""

    @property
    def field(self) -> str:
        """Return the name of its field in Settings."""
        return self.name.replace("-", "_")

    @property
    def variable(self) -> str:
        """Return the environment variable that sets it."""
        return f"NBKG_{self.field.upper()}"


_MAIL = re.compile(r"(?:mailto:)?[^\s@:?&/,<>{}]+@[^\s@:?&/,<>{}]+")
_TOKEN = "NBKG_WRITE_TOKEN"  # noqa: S105  # the variable's name
SETTINGS = (
    Setting("host", "127.0.0.1", "The address to listen at; 0.0.0.0 for all addresses of the machine."),
    Setting("port", 8000, "The port to listen at; 0 for any free one."),
    Setting(
        "store", "", "The store to serve: a folder, memory: or http(s)://…. Empty: build and load the default one."
    ),
    Setting("store-update", "", "The address that takes updates for a store at http(s)://…; empty for none."),
    Setting("store-graphs", "", "The address of the Graph Store of a store at http(s)://…; empty for none."),
    Setting("text-index", "", "The folder of the text index that `nbkg index` made of a store at http(s)://…."),
    Setting(
        "workers",
        10,
        "How many queries run at once, each in a process of its own; 0 runs them in the server's process.",
    ),
    Setting("threads", 40, "How many requests are answered at a time."),
    Setting("time-limit", 60, "Seconds that a query or an update may take."),
    Setting("memory-limit", 1024, "Megabytes that a query or an update may take."),
    Setting("client-queries", 9, "How many queries of one client run at once; 0 for any number."),
    Setting("client-requests", 300_000, "How many requests a client may make in a minute; 0 for any number."),
    Setting("cache", 64, "Megabytes of answers that are cached; 0 caches none."),
    Setting("write-token-file", "", "A file with the token that allows changes; the store is then a writable one."),
    Setting("allow-service", "", "A host that SERVICE and LOAD may call; may be given several times.", many=True),
    Setting("proxy-hops", 0, "How many proxies in front are trusted to state the client's address, host and scheme."),
    Setting(
        "public-url",
        "",
        "The address at which others reach this server, such as https://data.example.org/nbkg: complete links begin "
        "with it. Empty: what trusted proxies state, else this machine's own address.",
    ),
    Setting("dumps", "", "The folder of releases that `nbkg dump` made, served at /dumps/; empty for none."),
    Setting(
        "report-errors-to",
        "",
        "Where “Report an error” on each page leads: a mail address, or the address of an issue tracker with {title} "
        "and {body}, or {page} and {quote}, in it; empty for no link.",
    ),
    Setting("base", "https://w3id.org/nbkg/", "The base of the IRIs that are served as pages, on whatever host."),
    Setting(
        "default-graph",
        "present",
        "What a query without a dataset reads: the present (all graphs but those that the store leaves out as "
        "history or evidence), the union of all graphs, or the plain default graph.",
        tuple(choice.value for choice in DefaultGraph),
    ),
)


@dataclass(frozen=True)
class Settings:
    """The settings as read; a field per row of SETTINGS."""

    host: str = "127.0.0.1"
    port: int = 8000
    store: str = ""
    store_update: str = ""
    store_graphs: str = ""
    text_index: str = ""
    workers: int = 10
    threads: int = 40
    time_limit: int = 60
    memory_limit: int = 1024
    client_queries: int = 9
    client_requests: int = 300_000
    cache: int = 64
    write_token_file: str = ""
    allow_service: str = ""
    proxy_hops: int = 0
    public_url: str = ""
    dumps: str = ""
    report_errors_to: str = ""
    base: str = "https://w3id.org/nbkg/"
    default_graph: DefaultGraph = DefaultGraph.PRESENT
    write_token: str = field(default="", repr=False)
    """The token itself, from its file or $NBKG_WRITE_TOKEN; empty where nothing is written."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """Return the hosts that SERVICE and LOAD may call."""
        return tuple(host.strip() for host in self.allow_service.split(",") if host.strip())


Values = Mapping[str, str | int | tuple[str, ...] | None]


def read(values: Values, environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings: values by field name, else the environment, else the defaults. Raises SettingError."""
    chosen = {setting.field: _value(setting, values, environment) for setting in SETTINGS}
    token = _token(str(chosen["write_token_file"]), environment)
    _check_receiver(str(chosen["report_errors_to"]))
    _check_url(str(chosen["public_url"]))
    chosen["default_graph"] = DefaultGraph(str(chosen["default_graph"]))
    return Settings(**chosen, write_token=token)  # type: ignore[arg-type]


def _check_url(url: str) -> None:
    """Raise SettingError for a public address that links cannot begin with."""
    parts = urlsplit(url)
    if url and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment):
        raise SettingError(f"public-url: {url!r} is not an address such as https://data.example.org/nbkg")


def _token(file: str, environment: Mapping[str, str]) -> str:
    if not file:
        return environment.get(_TOKEN, "").strip()
    try:
        token = Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"write-token-file: {file} cannot be read: {error}") from error
    if not token or not token.isascii() or not token.isprintable():
        raise SettingError(f"write-token-file: {file} must hold one line of printable ASCII: the token")
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


def default_store() -> Path:
    """Return the path of the store that `load` makes without a name.

    That is $NBKG_STORE, or in the checkout's var/, or in the user's cache.
    """
    if path := os.environ.get("NBKG_STORE"):
        return Path(path)
    root = Path(str(files("data"))).parent
    if (root / "pyproject.toml").is_file() and (root / "Makefile").is_file():
        return root / "var" / "store"
    return user_cache_path("nbkg") / "store"
