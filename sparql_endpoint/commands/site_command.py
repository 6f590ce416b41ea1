"""`nbkg site`: releases as plain files for any web server."""

from __future__ import annotations

from pathlib import Path

import click
from flask import render_template

from sparql_endpoint import create_app
from sparql_endpoint.dumps.site import Site, page_name, write_site
from sparql_endpoint.http.languages import NAMES
from sparql_endpoint.services.release_folder import ReleaseFolder
from sparql_endpoint.settings import Settings

_ADDRESS = f"{Settings.base}dumps/"
_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("dumps", type=_PATH)
@click.argument("out", type=_PATH)
@click.option("--address", default=_ADDRESS, show_default=True, metavar="URL", help="Where OUT will be published.")
def site(dumps: Path, out: Path, address: str) -> None:
    """Write the releases of the folder DUMPS as a site of plain files into OUT, or bring OUT up to date.

    OUT has the files of every release, index pages in three languages, index.json, index.ttl (DCAT) and
    activities.jsonld: what `nbkg serve --dumps` serves, for any other web server.
    """
    folder = ReleaseFolder(dumps)
    if not folder.releases():
        raise click.UsageError(f"{dumps}: holds no release; make one with `nbkg dump --out {dumps}`")
    app = create_app(Settings(store="memory:", workers=0, dumps=str(dumps)))

    def render(template: str, language: str, values: dict[str, object]) -> str:
        others = [(other, name, page_name(other)) for other, name in NAMES.items() if other != language]
        with app.test_request_context(f"/?lang={language}"):
            return render_template(template, others=others, **values)

    new = write_site(Site(folder, out, f"{address.rstrip('/')}/", render))
    count = len(folder.releases())
    click.echo(f"{out}: {count} release{'' if count == 1 else 's'}, {len(new)} of them new", err=True)
