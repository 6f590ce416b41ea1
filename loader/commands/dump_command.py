"""`nbkg dump`: a release of a store."""

from __future__ import annotations

from pathlib import Path

import click

from loader.commands.terminal import Bars, print_message
from loader.dumps.dump import DumpRequest, DumpResult, make_release
from loader.namespaces import BASE
from nbkg.default_store import make_store
from nbkg.errors import UsageError

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
    folder = Path(store or make_store(ctx))
    with Bars() as bars:
        request = DumpRequest(folder, out, version, site if site.endswith("/") else f"{site}/")
        result = make_release(request, bars.advance_to)
    _print_result(result)


def _print_result(result: DumpResult) -> None:
    for graph in result.unchecked:
        print_message(f"not in the SHACL report, it is too large: {graph or 'the default graph'}")
    release = result.release
    quads = max(dataset.quads for dataset in release.datasets)
    outcome = f"{len(release.datasets)} data sets, {quads} statements" if result.is_new else "nothing changed"
    print_message(f"release {release.name}: {outcome} → {result.folder}")
