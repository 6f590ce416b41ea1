"""Every setting of the endpoint, in one table, read once into a frozen value."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from platformdirs import user_cache_path

from sparql_endpoint.errors import SettingError


@dataclass(frozen=True)
class Setting:
    """One setting: `--time-limit` on the command line, `NBKG_TIME_LIMIT` in the environment."""

    name: str
    default: str | int
    help: str
    choices: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        """The name of its field in Settings."""
        return self.name.replace("-", "_")

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"NBKG_{self.field.upper()}"


SETTINGS = (
    Setting("host", "127.0.0.1", "The address to listen at; 0.0.0.0 for all of the machine's."),
    Setting("port", 8000, "The port to listen at; 0 for any free one."),
    Setting("store", "", "The store to serve: a folder or memory:. Empty: build and load the default one."),
    Setting("workers", 10, "How many queries run at once, each in a process of its own; 0 runs them in the server's."),
    Setting("threads", 24, "How many requests are answered at a time."),
    Setting("time-limit", 60, "Seconds that a query may take."),
    Setting("memory-limit", 1024, "Megabytes that a query may take."),
    Setting("base", "https://w3id.org/nbkg/", "The base of the IRIs that are served as pages, on whatever host."),
    Setting(
        "default-graph",
        "union",
        "What a query without a dataset reads: the union of all graphs, or the plain default graph.",
        ("union", "plain"),
    ),
)


@dataclass(frozen=True)
class Settings:
    """The settings as read; a field per row of SETTINGS."""

    host: str = "127.0.0.1"
    port: int = 8000
    store: str = ""
    workers: int = 10
    threads: int = 24
    time_limit: int = 60
    memory_limit: int = 1024
    base: str = "https://w3id.org/nbkg/"
    default_graph: str = "union"

    @property
    def union(self) -> bool:
        """Whether the default graph is the union of all."""
        return self.default_graph == "union"


def read(given: Mapping[str, str | int | None], environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings: what is given by field name, else the environment, else the default. Raises SettingError."""
    return Settings(**{setting.field: _value(setting, given, environment) for setting in SETTINGS})  # type: ignore[arg-type]


def _value(setting: Setting, given: Mapping[str, str | int | None], environment: Mapping[str, str]) -> str | int:
    value = given.get(setting.field)
    if value is None:
        value = environment.get(setting.variable, setting.default)
    if setting.choices and value not in setting.choices:
        raise SettingError(f"{setting.name}: {value!r} is none of {', '.join(setting.choices)}")
    if not isinstance(setting.default, int):
        return str(value)
    try:
        return int(value)
    except ValueError:
        raise SettingError(f"{setting.name}: {value!r} is not a whole number") from None


def default_store() -> Path:
    """Where the store lies that `load` makes without a name: $NBKG_STORE, the checkout's var/, the user's cache."""
    if named := os.environ.get("NBKG_STORE"):
        return Path(named)
    root = Path(str(files("data"))).parent
    if (root / "pyproject.toml").is_file() and (root / "Makefile").is_file():
        return root / "var" / "store"
    return user_cache_path("nbkg") / "store"
