"""`nbkg marc validate`: what a library would call wrong or missing in its records."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from loader.commands.terminal import Bars, print_message
from loader.marc.profiles.profile_choice import choose_profile
from loader.marc.reading.marc_file import STANDARD_INPUT
from loader.marc.record_validation import BrokenRule, RecordValidation, RecordValidator
from loader.meter import Meter
from loader.validate.words import WORDS
from nbkg.errors import UsageError
from nbkg.rdf.label_choice import LANGUAGES

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True)
_NEW = click.Path(path_type=Path, dir_okay=False)
_SOURCE = "records"
"""The name of the source in the IRIs of findings: the files may come from several."""
Write = Callable[[str], object]


@click.command("validate")
@click.argument("file", nargs=-1, required=True, type=_FILE)
@click.option("--profile", default="default", show_default=True, metavar="NAME|FILE", help="The profile of the source.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="nb", show_default=True, help="Language of the messages.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True, help="What to print."
)
@click.option("--findings", type=_NEW, help="A file for all findings, as JSON lines.")
def validate_marc(file: tuple[Path, ...], profile: str, lang: str, form: str, findings: Path | None) -> None:
    """Check the records of each FILE, in any form, against the rules for records; `-` is standard input.

    The rules are the shapes of bibliographic.ttl. Exit codes: 0 no errors (there may be warnings and notes), 1 errors,
    damaged records, or a file that cannot be read, 2 the call is wrong.
    """
    validator = RecordValidator(_SOURCE, choose_profile(profile))
    with ExitStack() as stack:
        write = stack.enter_context(_open_findings(findings))
        bars = stack.enter_context(Bars())
        size = sum(each.stat().st_size for each in file if each != STANDARD_INPUT)
        meter = Meter("checking", size, bars.advance_to)
        for each in file:
            for name, finding in validator.check_file(each, meter.advance):
                write(finding.line(each, name))
    validation = validator.validation
    for failure in validation.failures:
        print_message(f"failed: {failure}")
    if form == "json":
        click.echo(_as_json(validation), nl=False)
    else:
        _print(validation, lang)
    click.get_current_context().exit(0 if validation.is_good else 1)


@contextmanager
def _open_findings(file: Path | None) -> Iterator[Write]:
    """Yield the function that writes a line to the file, or does nothing where there is none."""
    if file is None:
        yield lambda _: None
        return
    try:
        stream = file.open("w", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{file}: the findings cannot be written there ({error.strerror})") from error
    with stream:
        yield stream.write


def _print(validation: RecordValidation, language: str) -> None:
    console = Console()
    words = WORDS[language]
    deleted = f", {validation.deleted:,} deleted" if validation.deleted else ""
    damaged = f", {validation.damaged:,} damaged" if validation.damaged else ""
    console.print(f"{validation.records:,} records, {validation.sound:,} without errors{deleted}{damaged}")
    if not validation.broken:
        return
    table = Table(words["severity"], words["what"], "", "")
    table.columns[2].justify = "right"
    table.columns[2].header, table.columns[3].header = words["records"], words["examples"]
    for broken in validation.rules():
        share = f"{broken.records:,} ({broken.records / validation.records:.1%})"
        table.add_row(
            words[broken.rule.severity], _text(broken.rule.messages, language), share, "\n".join(broken.examples)
        )
    console.print(table)


def _text(texts: dict[str, str], language: str) -> str:
    return texts.get(language) or next(iter(texts.values()), "")


def _as_json(validation: RecordValidation) -> str:
    content = {
        "records": validation.records,
        "withoutErrors": validation.sound,
        "deleted": validation.deleted,
        "damaged": validation.damaged,
        "failures": [str(failure) for failure in validation.failures],
        "rules": [_object(broken) for broken in validation.rules()],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _object(broken: BrokenRule) -> dict[str, object]:
    rule = broken.rule
    return {
        "shape": rule.shape,
        "severity": rule.severity.value,
        "names": rule.names,
        "messages": rule.messages,
        "records": broken.records,
        "findings": broken.findings,
        "examples": broken.examples,
    }
