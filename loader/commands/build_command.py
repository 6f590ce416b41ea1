"""`nbkg build`: the graphs in `data/graphs`, from the sources and the curated knowledge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from loader.build.kinds import make_kinds
from loader.build.left_to_do import Task
from loader.build.pipeline import build
from loader.catalogue import Addresses, build_record
from loader.commands.terminal import print_message
from loader.namespaces import BASE
from loader.sources.project import ProjectData, read_project
from loader.status_report.report_kind import NAME, file_source
from nbkg.storage.atomic_replace import replace_file
from nbkg.storage.locations import QUADS_FILE, catalogue_file, graphs_folder

_FILE = click.Path(path_type=Path)
_FOLDER = click.Path(path_type=Path, file_okay=False)


@dataclass(frozen=True)
class _Output:
    """The options of where and under which addresses the results are written."""

    out: Path | None
    register: bool
    base: str
    base_url: str
    catalogue: Path | None
    data: Path | None

    @property
    def graphs(self) -> Path:
        """Return the folder of the graphs."""
        return self.out or (self.data / "graphs" if self.data else graphs_folder())

    @property
    def record(self) -> Path | None:
        """Return the file of the catalogue record."""
        default = self.data / "catalog.ttl" if self.data else catalogue_file()
        return self.catalogue or (None if self.out else default)


@click.command("build")
@click.option(
    "--report",
    "reports",
    multiple=True,
    type=_FILE,
    metavar="FILE",
    help="A status report's text; may be repeated. Default: those in data/sources.ttl.",
)
@click.option(
    "--sources",
    "descriptions",
    multiple=True,
    type=_FILE,
    metavar="FILE",
    envvar="NBKG_SOURCES",
    help="Turtle that describes more sources; may be repeated. Default: the files in $NBKG_SOURCES.",
)
@click.option(
    "--out",
    type=_FOLDER,
    metavar="DIR",
    help="The folder to write. Default: data/graphs of the checkout, or the cache of an installed nbkg.",
)
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="DIR",
    help="The data to build, as nbkg new-report --data fills it. Default: data/ of nbkg.",
)
@click.option(
    "--curated",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="DIR",
    help="Curated Turtle to use instead of curated/ of the data.",
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
def build_graphs(
    reports: tuple[Path, ...], descriptions: tuple[Path, ...], curated: Path | None, **options: object
) -> None:
    """Build the graphs from sources and curated knowledge, validate them and write them.

    The folder is replaced in one step; after an error it is as it was. The output ends with what only people can add.
    """
    output = _Output(**options)  # type: ignore[arg-type]  # click has checked the options
    project = _with_reports(read_project(curated, descriptions, output.data), reports)
    for source in project.sources:
        if not source.enabled:
            print_message(f"{source.described_in}: <{source.iri}> is not enabled and was left out")
    kinds, target = make_kinds(project), output.graphs
    console = Console(stderr=True)
    with console.status("") as status:
        tasks = build(project, kinds, target, base=output.base, progress=lambda step: status.update(f"{step} …"))
    for warning in (warning for kind in kinds for warning in kind.warnings()):
        print_message(f"warning: {warning}", "yellow")
    print_message(f"{'; '.join(kind.summary() for kind in kinds)} → {target}")
    if output.record:
        _write_record(target / QUADS_FILE, output.record, Addresses(output.base_url), output.base)
    if output.register:
        folder = curated or (output.data or Path(str(files("data")))) / "curated"
        for file in filter(None, [kind.register(folder) for kind in kinds]):
            print_message(f"registry → {file}")
    if tasks:
        console.print(task_table(tasks))


def _with_reports(project: ProjectData, reports: Sequence[Path]) -> ProjectData:
    """Return the project with these reports in place of those that are described."""
    if not reports:
        return project
    others = [source for source in project.sources if source.kind != NAME]
    return replace(project, sources=(*others, *map(file_source, reports)))


def _write_record(quads: Path, file: Path, addresses: Addresses, base: str) -> None:
    if record := build_record(quads, addresses, base):
        replace_file(file, record)


def task_table(tasks: Sequence[Task]) -> Table:
    """Return a table of what is left to people."""
    table = Table("left to do", "number", "for example", "what to add, and where", title="What only people can add")
    for task in tasks:
        table.add_row(task.name, str(task.count), "\n".join(task.examples), task.advice)
    return table
