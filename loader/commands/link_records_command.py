"""`nbkg link records`: somebody's records linked to the entities of a store."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from loader import identifiers
from loader.commands.terminal import Bars, print_message
from loader.link.records.heading_kinds import heading_kinds
from loader.link.records.link_job import LinkJob, TableColumns
from loader.link.records.link_report import REPORTS, LinkReport, text_report
from loader.link.records.link_run import FORMS, OUTPUTS, LinkFiles, find_form, find_run, link_file, read_answers
from loader.link.records.linker import Linker, PersonalAnswers
from loader.link.records.register import open_register
from loader.meter import Meter
from nbkg.errors import UsageError
from nbkg.rdf.compression import uncompressed_name
from nbkg.storage.atomic_replace import replace_file
from nbkg.storage.locations import default_store

_READ = click.Path(path_type=Path, exists=True, dir_okay=False)
_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)
_SUFFIXES = {"csv": ".csv", "sssom": ".sssom.tsv"}


@dataclass(frozen=True)
class LinkOptions:
    """The options of the command."""

    kind: str
    form: str
    output: str
    source: str
    name: str
    identifiers: tuple[str, ...]
    key: str
    first: str
    last: str
    scheme: str
    decisions: tuple[Path, ...]
    out: Path | None
    proposals: Path | None
    report: Path | None
    quarantine: Path | None

    @property
    def columns(self) -> TableColumns:
        """The columns of a table."""
        return TableColumns(self.name, self.identifiers, self.key, self.first, self.last)


@click.command("records")
@click.argument("file", type=_READ)
@click.argument("store", required=False, metavar="[STORE|INDEX]", type=click.Path(path_type=Path))
@click.option("--type", "kind", type=click.Choice([*heading_kinds()]), required=True, help="What is linked.")
@click.option(
    "--from", "form", type=click.Choice(FORMS), default=None, help="The form of FILE.  [default: by its name]"
)
@click.option(
    "--to",
    "output",
    type=click.Choice(["csv", "marc", "sssom"]),
    default=None,
    help="What to write.  [default: as FILE]",
)
@click.option("--source", default="", metavar="NAME", help="The name of the catalogue.  [default: the name of FILE]")
@click.option("--name", default="", metavar="COLUMN", help="Of a table: the column of names.")
@click.option("--id", "identifiers", multiple=True, metavar="COLUMN", help="A column of identifiers; may be repeated.")
@click.option("--key", default="", metavar="COLUMN", help="The column that identifies a row.")
@click.option("--first", default="", metavar="COLUMN", help="The column of the year of birth or founding.")
@click.option("--last", default="", metavar="COLUMN", help="The column of the year of death or end.")
@click.option("--scheme", default="", metavar="IRI", help="Of concepts: the scheme that they must be in.")
@click.option("--decisions", type=_READ, multiple=True, metavar="FILE", help="Answers of persons; may be repeated.")
@click.option("--out", type=_FILE, metavar="FILE", help="Where the result is written.  [default: beside FILE]")
@click.option(
    "--proposals", type=_FILE, metavar="FILE", help="Where the proposals are written.  [default: beside FILE]"
)
@click.option("--report", type=_FILE, metavar="FILE", help=f"A report as {', '.join(REPORTS)}, by its name.")
@click.option("--quarantine", type=_FOLDER, metavar="DIR", help="Where damaged MARC records are written as well.")
@click.pass_context
def records(ctx: click.Context, /, file: Path, store: Path | None, **options: object) -> None:
    """Link the headings of FILE (MARC, CSV or RDF) to the entities of a store.

    Identifiers are linked first, the same heading second; what is only similar becomes a proposal that a person answers
    in the file of proposals, which is read again with --decisions. Nothing that is filled in already is changed.

    STORE is a built store, or a folder that `nbkg index` made; without one, var/store of the checkout or $NBKG_STORE.
    Exit codes: 0 all could be read, 1 some records or rows are damaged, 2 the call is wrong.
    """
    chosen = LinkOptions(**options)  # type: ignore[arg-type]  # click has checked the options
    report = _link(file, store or default_store(), chosen)
    click.echo(text_report(report), nl=False)
    if chosen.report:
        replace_file(chosen.report, REPORTS[chosen.report.suffix](report).encode())
    ctx.exit(1 if report.damaged else 0)


def _link(file: Path, store: Path, chosen: LinkOptions) -> LinkReport:
    form = chosen.form or find_form(file)
    files = _files(file, store, form, chosen)
    answers = read_answers(files)
    register = open_register(store)
    run = find_run(file, register.state, chosen.kind, chosen.scheme, *answers.keys)
    kind = heading_kinds()[chosen.kind]
    linker = Linker(register, kind, PersonalAnswers.of(answers.obeyed), run)
    report = LinkReport(str(file), str(store), run)
    source = chosen.source or identifiers.slug(uncompressed_name(file).stem) or "catalogue"
    if answers.of_files and not answers.of_source(source):
        print_message(f"no answer is on a heading of “{source}”; name the catalogue with --source as before", "yellow")
    with Bars() as bars:
        meter = Meter("linking", file.stat().st_size, bars.advance_to)
        job = LinkJob(file, source, kind, linker.link, meter.advance, chosen.columns, chosen.scheme, chosen.quarantine)
        link_file(job, form, files, answers, report)
    if not report.counts:
        print_message(
            f"{file}: has no heading of the type {chosen.kind}; see “Linking records” in the documentation", "yellow"
        )
    _print_files(files)
    return report


def _files(file: Path, store: Path, form: str, chosen: LinkOptions) -> LinkFiles:
    """Return the files of a call. Raises UsageError where one would replace FILE, or the form is not possible."""
    output = chosen.output or OUTPUTS[form][0]
    if output not in OUTPUTS[form]:
        raise UsageError(f"{file}: {form} becomes {' or '.join(OUTPUTS[form])}, not {output}")
    if chosen.report and chosen.report.suffix not in REPORTS:
        raise UsageError(f"{chosen.report}: a report's name ends in {', '.join(REPORTS)}")
    plain = uncompressed_name(file)
    suffix = plain.suffix if output == form else _SUFFIXES[output]
    out = chosen.out or plain.with_name(f"{plain.stem}.linked{suffix}")
    proposals = chosen.proposals or plain.with_name(f"{plain.stem}.proposals.tsv")
    written = [one.resolve() for one in (out, proposals, chosen.report) if one]
    if file.resolve() in written or len(set(written)) < len(written):
        raise UsageError(f"{file}: it is read, and each file is written once; choose other names")
    return LinkFiles(store, chosen.decisions, out, proposals, output)


def _print_files(files: LinkFiles) -> None:
    print_message(f"links → {files.out}")
    if files.proposals.is_file():
        print_message(f"proposals → {files.proposals}")
