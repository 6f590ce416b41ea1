"""`nbkg validate`: whether files keep the rules of `shapes/`."""

from __future__ import annotations

from pathlib import Path

import click
from rdflib import Graph
from rich.console import Console

from loader.validate import ValidationReport, validate
from loader.validate.engine import ENGINES
from loader.validate.read import packaged, read
from loader.validate.render import RENDERERS, table
from nbkg.errors import UsageError
from nbkg.rdf.label_choice import LANGUAGES
from nbkg.storage.locations import graphs_folder

_FILES = {"report.ttl": "turtle", "report.html": "html", "report.json": "json"}
_PATH = click.Path(path_type=Path)


@click.command("validate")
@click.argument("file", nargs=-1, type=_PATH)
@click.option("--shapes", multiple=True, type=_PATH, help="Shapes to use instead of the project's; repeatable.")
@click.option(
    "--engine", type=click.Choice(sorted(ENGINES)), default="pyshacl", show_default=True, help="The SHACL engine."
)
@click.option("--lang", type=click.Choice(LANGUAGES), default="nb", show_default=True, help="Language of the messages.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", *RENDERERS]),
    default="table",
    show_default=True,
    help="What to print.",
)
@click.option(
    "--base", default="", metavar="IRI", help="What relative IRIs are relative to. [default: the file's name]"
)
@click.option("--out", type=_PATH, help="A folder for report.ttl, report.html and report.json.")
def validate_files(
    file: tuple[Path, ...], shapes: tuple[Path, ...], lang: str, out: Path | None, **options: str
) -> None:
    """Check FILEs against the shapes; without FILE, the graphs that `nbkg build` wrote.

    Named graphs are merged and the ontology is added. Exit codes: 0 no errors (there may be warnings and
    notes), 1 errors or a file that cannot be read, 2 the call is wrong.
    """
    data = read(file, options["base"]) if file else _built()
    report = validate(data + packaged("ontology"), engine=options["engine"], shapes=read(shapes) if shapes else None)
    if out is not None:
        _write(report, lang, out)
    if (form := options["form"]) == "table":
        Console().print(table(report, lang))
    else:
        click.echo(RENDERERS[form](report, lang), nl=False)
    click.get_current_context().exit(0 if report.conforms else 1)


def _built() -> Graph:
    files = sorted(graphs_folder().glob("*.ttl"))
    if not files:
        raise UsageError("no graphs have been built yet; run `nbkg build`, or name the files to check")
    return read(files)


def _write(report: ValidationReport, language: str, folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, form in _FILES.items():
            part = folder / f"{name}.part"
            part.write_text(RENDERERS[form](report, language), encoding="utf-8")
            part.replace(folder / name)
    except OSError as error:
        raise UsageError(f"{folder}: the report cannot be written there ({error.strerror})") from error
