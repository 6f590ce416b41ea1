"""`nbkg serve`: a store over HTTP."""

from __future__ import annotations

import http.client
import re
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from nbkg.default_store import make_records, make_store
from nbkg.errors import StoreUnavailableError
from nbkg.storage.layout import is_writable, lock_for_serving
from nbkg.storage.writable_store import make_writable
from sparql_endpoint.commands import OutOfReachError
from sparql_endpoint.gateway import supervisor
from sparql_endpoint.settings import SETTINGS, SettingError, Settings, read
from sparql_endpoint.stores import check, is_directory, is_remote

if TYPE_CHECKING:
    from sparql_endpoint.gateway.gateway import Gateway

_Command = TypeVar("_Command", bound=Callable[..., object])
_READY_WITHIN = 60.0


def _options(command: _Command) -> _Command:
    """Add an option for each row of the table but the store, which is the argument."""
    for setting in reversed(SETTINGS):
        if setting.name != "store":
            kind = click.Choice(setting.choices) if setting.choices else type(setting.default)
            help_text = f"{setting.help}  [{setting.variable}; {'none' if setting.default == '' else setting.default}]"
            many: dict[str, Any] = {"multiple": True} if setting.many else {"default": None}
            command = click.option(f"--{setting.name}", setting.field, type=kind, help=help_text, **many)(command)
    return command


@click.command()
@click.argument("store", required=False)
@_options
@click.pass_context
def serve(ctx: click.Context, /, **options: str | int | tuple[str, ...] | None) -> None:
    """Serve STORE: SPARQL at /sparql, a Graph Store at /data, and a page for every IRI.

    STORE is a store's folder, memory:, or the address of another SPARQL server. Without it the graphs are built and
    loaded into the default store first, and the MARC records of the sources are imported beside it. With a token STORE
    is created or opened as a writable store.
    """
    try:
        settings = read(options)
        if options["store"] is None and not settings.write_token and is_directory(settings.store):
            settings = replace(settings, store=make_store(ctx))
            if not settings.records:
                make_records(ctx)
        _check(settings)
    except SettingError as error:
        raise click.UsageError(str(error)) from error
    except StoreUnavailableError as error:
        raise OutOfReachError(str(error)) from error
    _serve(settings)


def _check(settings: Settings) -> None:
    """Raise StoreUnavailableError or SettingError where the store cannot be served as it is meant to."""
    if not settings.store:
        raise SettingError("name the STORE that changes are made to: a folder or memory:")
    if not settings.write_token or is_remote(settings.store):
        check(settings.store)
        if is_directory(settings.store) and is_writable(Path(settings.store)):
            with lock_for_serving(Path(settings.store), shared=True):
                pass
    elif is_directory(settings.store):
        with lock_for_serving(make_writable(Path(settings.store))):
            pass


def _serve(settings: Settings) -> None:
    """Serve until interrupted."""
    try:
        listener = supervisor.listen(settings.host, settings.port)
    except (OSError, OverflowError) as error:
        message = f"cannot listen at {settings.host}:{settings.port}: {error}; try another --port"
        raise OutOfReachError(message) from error
    with listener:
        actual = replace(settings, port=listener.getsockname()[1])
        threading.Thread(target=_announce_when_ready, args=(actual,), daemon=True).start()
        supervisor.run(partial(_make_gateway, actual), listener)


def _make_gateway(settings: Settings) -> Gateway:
    """Return the application, whose code only the server's process needs."""
    from sparql_endpoint.commands.gateway_application import make_gateway  # noqa: PLC0415  # with all code

    return make_gateway(settings)


def _announce_when_ready(settings: Settings) -> None:
    """Print the address once the server answers."""
    until = time.monotonic() + _READY_WITHIN
    while time.monotonic() < until:
        if _answers(settings):
            host = f"[{settings.host}]" if ":" in settings.host else settings.host
            click.echo(f"Serving {_without_password(settings.store)} at http://{host}:{settings.port}")
            return
        time.sleep(0.05)


def _without_password(address: str) -> str:
    """Return the address as it may be shown."""
    return re.sub(r"//[^/@]*@", "//", address)


def _answers(settings: Settings) -> bool:
    connection = http.client.HTTPConnection(_reachable(settings.host), settings.port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _reachable(host: str) -> str:
    """Return the host by which a server that listens at a host can be reached."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # compared, not listened at
