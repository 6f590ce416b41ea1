"""`nbkg build`: the graphs in `data/graphs`, from the reports and the curated knowledge."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click
from rich.console import Console

from loader.build.pipeline import build as build_graphs
from loader.build.pipeline import register as write_registry
from loader.catalogue import Addresses, record_of
from loader.namespaces import BASE
from loader.sources.registry import read_sources
from nbkg.storage.atomic_replace import replace_file
from nbkg.storage.locations import catalogue_file, graphs_folder


@click.command()
@click.option(
    "--report",
    "reports",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A status report's text; may be repeated. Default: those in data/sources.ttl.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The folder to write. Default: data/graphs of the checkout, or the cache of an installed nbkg.",
)
@click.option(
    "--curated",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="DIR",
    help="Curated Turtle to use instead of data/curated.",
)
@click.option(
    "--register", is_flag=True, help="Also write new wordings and decisions to measures.ttl of the curated Turtle."
)
@click.option("--base", default=BASE, show_default=True, help="The base of all IRIs.")
@click.option(
    "--base-url",
    default=BASE,
    show_default=True,
    metavar="URL",
    help="The site that serves the endpoint and the releases, for the catalogue record.",
)
@click.option(
    "--catalogue",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The catalogue record to write. Default: data/catalog.ttl; with --out none.",
)
def build(  # noqa: PLR0913, PLR0917  one parameter for each option
    reports: tuple[Path, ...],
    out: Path | None,
    curated: Path | None,
    register: bool,
    base: str,
    base_url: str,
    catalogue: Path | None,
) -> None:
    """Build the graphs from status reports and curated knowledge, validate them and write them.

    The folder is replaced as a whole; on any error it stays as it was.
    """
    console = Console(stderr=True)
    sources = read_sources(curated)
    target = out or graphs_folder()
    with console.status("") as status:
        read = build_graphs(
            sources, reports or sources.reports, target, base=base, progress=lambda step: status.update(f"{step} …")
        )
    for warning in read.warnings:
        console.print(f"warning: {warning}", style="yellow", highlight=False, soft_wrap=True)
    rows = sum(len(report.rows) for report in read.reports)
    dates = ", ".join(str(report.issued) for report in read.reports)
    console.print(
        f"{rows} measures from {len(read.reports)} report(s) ({dates}) → {target}", highlight=False, soft_wrap=True
    )
    if record_file := catalogue or (None if out else catalogue_file()):
        _write_record(target / "nbkg.nq", record_file, Addresses(base_url), base)
    if register:
        file = write_registry(read, curated or Path(str(files("data") / "curated")))
        console.print(f"registry → {file}", highlight=False, soft_wrap=True)


def _write_record(quads: Path, file: Path, addresses: Addresses, base: str) -> None:
    if record := record_of(quads, addresses, base):
        replace_file(file, record)
