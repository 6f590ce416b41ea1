"""`nbkg marc report`: what of MARC records reaches the graph, and what stays in the record only."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from loader.commands.marc_convert_command import find_source_key
from loader.commands.terminal import Bars, print_message
from loader.marc.loss_report.loss_page import format_share, loss_page
from loader.marc.loss_report.loss_rdf import loss_turtle
from loader.marc.loss_report.loss_tally import GROUPS, LossTally, field_name
from loader.marc.loss_report.loss_words import LANGUAGES, reason_phrase, words
from loader.marc.loss_report.tallied_files import tally_files
from loader.marc.profiles.profile_choice import choose_profile
from loader.meter import Meter
from nbkg.storage.atomic_replace import replace_file

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True)
_OUTPUT = click.Path(path_type=Path, dir_okay=False)


@click.command("report")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=_FILE)
@click.option("--source", metavar="NAME", help="The key of the source. Default: from the name of the first FILE.")
@click.option("--profile", default="default", show_default=True, metavar="NAME|FILE", help="The profile of the source.")
@click.option("--html", type=_OUTPUT, metavar="FILE", help="Write a page to this file instead of printing a table.")
@click.option(
    "--language", type=click.Choice(LANGUAGES), default="nb", show_default=True, help="The language of the page."
)
@click.option("--rdf", type=_OUTPUT, metavar="FILE", help="Write Turtle (DQV) to this file instead of printing.")
@click.option("--json", "is_json", is_flag=True, help="Print JSON instead of a table.")
def report_files(files: tuple[Path, ...], source: str | None, profile: str, **options: Any) -> None:
    """Show how often each subfield of MARC FILEs reaches the graph, and why it stays in the record only.

    Exit codes: 0 all records could be read, 1 some are damaged or a file cannot be read to its end, 2 the call is
    wrong.
    """
    key = find_source_key(files, source)
    size = sum(file.stat().st_size for file in files if file.is_file())
    with Bars() as bars:
        tally = tally_files(files, key, choose_profile(profile), Meter("reading", size, bars.advance_to).advance)
    _write_report(tally, key, options)
    _print_problems(tally)
    click.get_current_context().exit(1 if tally.errors or tally.damaged else 0)


def _write_report(tally: LossTally, key: str, options: dict[str, Any]) -> None:
    """Write the report to the files that were asked for, or print it."""
    html, rdf = options["html"], options["rdf"]
    if html:
        replace_file(html, loss_page(tally, options["language"], key).encode())
    if rdf:
        replace_file(rdf, loss_turtle(tally, key))
    if options["is_json"]:
        click.echo(json.dumps(_described(tally), ensure_ascii=False, indent=1))
    elif not (html or rdf):
        _print(tally)


def _print_problems(tally: LossTally) -> None:
    """Print why a share of the records is in no figure."""
    for error in tally.errors:
        print_message(f"failed: {error}")
    if tally.unimarc:
        print_message(words("en")["unimarc"].format(count=f"{tally.unimarc:,}"))
    if tally.damaged:
        print_message(f"{tally.damaged:,} damaged records; nbkg marc check names them")


def _described(tally: LossTally) -> dict[str, object]:
    """Return the report as JSON."""
    groups = {name: tally.group(name) for name in GROUPS}
    return {
        "records": tally.records,
        "damaged": tally.damaged,
        "groups": {
            name: {"total": count.total, "reached": count.reached, "share": round(count.share, 4)}
            for name, count in groups.items()
        },
        "subfields": [
            {
                "group": group,
                "field": tag,
                "subfield": code,
                "total": count.total,
                "reached": count.reached,
                "reasons": dict(sorted(count.reasons.items())),
                "examples": {
                    reason: [e._asdict() for e in examples] for reason, examples in sorted(count.examples.items())
                },
            }
            for (group, tag, code), count in tally.rows()
        ],
        "odd": [
            {"field": tag, "code": code, "total": count.total, "examples": [e._asdict() for e in count.examples]}
            for (tag, code), count in sorted(tally.oddities.items())
        ],
    }


def _print(tally: LossTally) -> None:
    console = Console(width=None if sys.stdout.isatty() else 160)
    console.print(_subfield_table(tally))
    if tally.oddities:
        console.print(_oddity_table(tally))
    sums = Table("part", "subfields", "in graph", "share")
    for group in GROUPS:
        count = tally.group(group)
        if count.total:
            sums.add_row(words("en")[group], f"{count.total:,}", f"{count.reached:,}", format_share(count.share))
    console.print(sums)


def _subfield_table(tally: LossTally) -> Table:
    table = Table("field", "subfield", "total", "in graph", "share", "stays in the record only because", "for example")
    for (group, tag, code), count in tally.rows():
        reasons = sorted(count.reasons.items(), key=lambda item: (-item[1], item[0]))
        why = "\n".join(f"{number:,}: {reason_phrase('en', reason).text}" for reason, number in reasons)
        examples = [count.examples[reason][0] for reason, _number in reasons]
        example_lines = escape("\n".join(f"{each.record}: {each.value}" for each in examples))
        share = format_share(count.reached / count.total)
        field = f"{tag} {field_name(group, tag)}".rstrip()
        table.add_row(escape(field), code, f"{count.total:,}", f"{count.reached:,}", share, why, example_lines)
    return table


def _oddity_table(tally: LossTally) -> Table:
    table = Table("odd", "field", "number", "what it is", "for example")
    for (tag, code), count in sorted(tally.oddities.items(), key=lambda item: (-item[1].total, item[0])):
        example = f"{count.examples[0].record}: {count.examples[0].value}"
        table.add_row(code, tag, f"{count.total:,}", reason_phrase("en", code).text, escape(example))
    return table
