"""`nbkg dump`: a release of a store."""

from __future__ import annotations

from pathlib import Path

import click

from loader.commands.terminal import Bars, print_message
from loader.dumps.dump import DumpRequest, DumpResult, make_release
from loader.namespaces import BASE
from nbkg.errors import UsageError
from nbkg.storage.locations import default_store

_PATH = click.Path(path_type=Path, file_okay=False)


@click.command("dump")
@click.argument("store", required=False)
@click.option("--out", required=True, type=_PATH, metavar="DIR", help="The folder of all releases.")
@click.option("--version", metavar="VERSION", help="The release's name. Default: the newest date that the data states.")
@click.option("--site", default=BASE, show_default=True, metavar="URL", help="The site whose dumps/ will hold it.")
@click.pass_context
def dump(ctx: click.Context, store: str | None, out: Path, version: str | None, site: str) -> None:
    """Make a release of STORE in DIR: every data set in every format, with descriptions and checksums.

    Without STORE: the graphs are built and loaded into the default store first. The release gets its name when it is
    complete; after an interruption the same command makes it anew.
    """
    if store and "://" in store:
        raise UsageError(f"{store}: a release is made from a store on disk; name its folder")
    folder = Path(store) if store else _default(ctx)
    with Bars() as bars:
        request = DumpRequest(folder, out, version, site if site.endswith("/") else f"{site}/")
        result = make_release(request, bars.advance_to)
    _print_result(result)


def _default(ctx: click.Context) -> Path:
    """Return the default store, after `build` and `load` have made its newest version."""
    group = ctx.parent.command if ctx.parent else None
    if ctx.parent is None or not isinstance(group, click.Group):
        raise UsageError("name the STORE")
    for name in ("build", "load"):
        command = group.get_command(ctx.parent, name)
        if command is None:
            raise UsageError(f"there is no command `{name}`; name the STORE")
        with command.make_context(name, [], parent=ctx.parent) as called:
            command.invoke(called)
    return default_store()


def _print_result(result: DumpResult) -> None:
    for graph in result.unchecked:
        print_message(f"not in the SHACL report, it is too large: {graph or 'the default graph'}")
    release = result.release
    quads = max(dataset.quads for dataset in release.datasets)
    outcome = f"{len(release.datasets)} data sets, {quads} statements" if result.is_new else "nothing changed"
    print_message(f"release {release.name}: {outcome} → {result.folder}")
