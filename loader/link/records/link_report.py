"""The report of a linking: how many headings were linked by which rule, and what was not and why, with examples."""

from __future__ import annotations

import html
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from loader.link.records.heading import LinkedHeading, LinkOutcome
from loader.link.records.link_job import Damage, LinkEvent

_EXAMPLES = 20
EXPLANATIONS: Mapping[str, str] = {
    LinkOutcome.LINKED: "linked",
    LinkOutcome.PROPOSED: "proposed: a person decides in the file of proposals",
    LinkOutcome.ALREADY: "the record has a link already",
    LinkOutcome.NO_NAME: "there is no name and no identifier",
    LinkOutcome.NO_CANDIDATE: "nothing in the register is called so",
    LinkOutcome.UNKNOWN_IDENTIFIER: "the register has no such identifier, and there is no name",
    LinkOutcome.UNDIFFERENTIATED: "the heading of the register stands for several persons",
    LinkOutcome.CONFLICT: "links or identifiers contradict each other; mend the conflict first",
    LinkOutcome.REFUSED: "a person refused it",
    LinkOutcome.WITHDRAWN: "what a person or an identifier names was withdrawn",
    LinkOutcome.UNWRITABLE: "the record cannot hold the link without changing other bytes",
    "damaged": "the record or row cannot be read; it is as it came",
}
"""What each outcome means."""


@dataclass
class LinkReport:
    """What became of the headings of a file."""

    file: str
    register: str
    run: str
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By outcome and rule; the rule is empty where none applies."""
    examples: dict[tuple[str, str], list[tuple[str, str, str]]] = field(default_factory=dict)
    """The first of each: key of the heading, its name, and the entity or the reason."""

    def add(self, event: LinkEvent) -> None:
        """Count what became of a heading."""
        key, example = _damage(event) if isinstance(event, Damage) else _example(event)
        self.counts[key] += 1
        examples = self.examples.setdefault(key, [])
        if len(examples) < _EXAMPLES:
            examples.append(example)

    @property
    def damaged(self) -> int:
        """How many records or rows could not be read."""
        return self.counts["damaged", ""]

    def rows(self) -> Iterator[tuple[str, str, int, str]]:
        """Yield outcome, rule, number and explanation: first what is linked, then the most frequent."""
        order = list(EXPLANATIONS)
        for (outcome, rule), number in sorted(self.counts.items(), key=lambda one: (order.index(one[0][0]), one[0][1])):
            yield outcome, rule, number, EXPLANATIONS[outcome]


def _damage(damage: Damage) -> tuple[tuple[str, str], tuple[str, str, str]]:
    return ("damaged", ""), (damage.position, "", damage.reason)


def _example(linked: LinkedHeading) -> tuple[tuple[str, str], tuple[str, str, str]]:
    decision = next(iter(linked.decisions), None)
    target = f"{decision.names[-1]} <{decision.members[-1]}>" if decision else linked.about
    key = linked.heading.record or linked.heading.key
    return (linked.outcome, decision.rule if decision else ""), (key, linked.heading.name, target)


def text_report(report: LinkReport) -> str:
    """Return the report as lines of a terminal."""
    rows = [(f"{number:,}", outcome, rule, text) for outcome, rule, number, text in report.rows()]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    lines = [
        f"{number:>{widths[0]}}  {outcome:<{widths[1]}}  {rule:<{widths[2]}}  {text}".rstrip()
        for number, outcome, rule, text in rows
    ]
    return "\n".join([f"{report.file} → {report.register}, run {report.run}", *lines]) + "\n"


def json_report(report: LinkReport) -> str:
    """Return the report as JSON."""
    outcomes = [
        {"outcome": outcome, "rule": rule or None, "number": number, "explanation": text}
        | {"examples": [_members(one) for one in report.examples[outcome, rule]]}
        for outcome, rule, number, text in report.rows()
    ]
    members = {"file": report.file, "register": report.register, "run": report.run, "outcomes": outcomes}
    return json.dumps(members, ensure_ascii=False, indent=1) + "\n"


def markdown_report(report: LinkReport) -> str:
    """Return the report as Markdown."""
    lines = [f"# Links of {_cell(report.file)}", "", f"Register: {_cell(report.register)}. Run: `{report.run}`.", ""]
    lines += ["| outcome | rule | number | |", "| --- | --- | ---: | --- |"]
    lines += [f"| {outcome} | {rule} | {number:,} | {text} |" for outcome, rule, number, text in report.rows()]
    for outcome, rule, _, text in report.rows():
        lines += ["", f"## {' by '.join(filter(None, (outcome, rule)))}", "", f"{text.capitalize()}.", ""]
        lines += ["| key | name | |", "| --- | --- | --- |"]
        lines += ["| " + " | ".join(map(_cell, one)) + " |" for one in report.examples[outcome, rule]]
    return "\n".join(lines) + "\n"


def html_report(report: LinkReport) -> str:
    """Return the report as an HTML document that needs nothing else."""
    sections = "".join(
        f"<h2>{_html(' by '.join(filter(None, (outcome, rule))))}</h2><p>{_html(text.capitalize())}. "
        f"{number:,} in all; the first {len(report.examples[outcome, rule])}:</p>"
        f"{_html_table(('key', 'name', ''), report.examples[outcome, rule])}"
        for outcome, rule, number, text in report.rows()
    )
    summary = [(outcome, rule, f"{number:,}", text) for outcome, rule, number, text in report.rows()]
    return (
        f'<!DOCTYPE html>\n<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Links of {_html(report.file)}</title><style>{_STYLE}</style><h1>Links of {_html(report.file)}</h1>"
        f"<p>Register: {_html(report.register)}. Run: <code>{report.run}</code>.</p>"
        f"{_html_table(('outcome', 'rule', 'number', ''), summary)}{sections}</html>\n"
    )


def _html_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    cells = "".join(f"<tr>{''.join(f'<td>{_html(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<div><table><tr>{''.join(f'<th scope=col>{name}</th>' for name in head)}</tr>{cells}</table></div>"


_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;margin:2rem auto;padding:0 1rem;max-width:70rem}div{overflow-x:auto}"
    "table{border-collapse:collapse}td,th{text-align:left;vertical-align:top;padding:.2rem .8rem .2rem 0;"
    "border-bottom:1px solid #ccc;overflow-wrap:anywhere}"
)
_html = html.escape


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def _members(example: tuple[str, str, str]) -> dict[str, Any]:
    return dict(zip(("key", "name", "about"), example, strict=True))


REPORTS: Mapping[str, Callable[[LinkReport], str]] = {
    ".html": html_report,
    ".md": markdown_report,
    ".json": json_report,
    ".txt": text_report,
}
"""By the suffix of the file."""
