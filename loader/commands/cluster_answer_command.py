"""`nbkg cluster confirm` and `refuse`: what a person answers on two records."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from loader.cluster.levels.level_settings import LEVELS
from loader.cluster.union.cluster_decisions import append_answer, thing_iri
from loader.commands.terminal import print_message
from nbkg.decisions.decision_journal import append_decisions
from nbkg.decisions.pair_decision import Answer, Decision, DecisionKind, parse_person

_FOLDER = click.Path(path_type=Path, file_okay=False)
_OPTIONS = (
    click.argument("level", type=click.Choice(LEVELS)),
    click.argument("record"),
    click.argument("other"),
    click.option("--by", "name", required=True, metavar="NAME", help="Who answers."),
    click.option("--on", "when", required=True, metavar="DATE", help="When: a date, or a time with zone."),
    click.option("--note", default="", metavar="TEXT", help="Why."),
    click.option(
        "--clusters", type=_FOLDER, metavar="DIR", default=Path("var/clusters"), show_default=True, help="Their folder."
    ),
    click.option("--store", type=_FOLDER, metavar="STORE", help="Append to the journal of a store instead."),
)


@dataclass(frozen=True)
class AnswerOptions:
    """The options of both commands."""

    level: str
    record: str
    other: str
    name: str
    when: str
    note: str
    clusters: Path
    store: Path | None


def _with_options(function: click.decorators.FC) -> click.decorators.FC:
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


@click.command("confirm")
@_with_options
def confirm(**options: object) -> None:
    """Confirm that RECORD and OTHER are one at LEVEL (hub, work, instance), from the next run on.

    It holds over every rule, also over what contradicts. The newest answer on two records holds.
    """
    _answer(AnswerOptions(**options), Answer.JOINED)  # type: ignore[arg-type]  # click has checked them


@click.command("refuse")
@_with_options
def refuse(**options: object) -> None:
    """Refuse that RECORD and OTHER are one at LEVEL and at narrower ones, from the next run on.

    They are never in one cluster then, whatever other records would join them. The newest answer holds.
    """
    _answer(AnswerOptions(**options), Answer.REFUSED)  # type: ignore[arg-type]  # click has checked them


def _answer(chosen: AnswerOptions, answer: Answer) -> None:
    person = parse_person(chosen.name, chosen.when)
    members = (thing_iri(chosen.level, chosen.record), thing_iri(chosen.level, chosen.other))
    decision = Decision(DecisionKind.JOIN, members, answer, person=person, note=chosen.note)
    if chosen.store:
        append_decisions(chosen.store, [decision])
    else:
        append_answer(chosen.clusters, decision)
    print_message(f"{answer}: {chosen.record} and {chosen.other} at the level {chosen.level}")
