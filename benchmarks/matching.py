"""How often matching is right, and how fast: the labelled set of headings, beside a plain block-and-scorer."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.matching_decisions import Decision, LabelledSet, make_set
from benchmarks.matching_headings import Heading
from benchmarks.matching_peer import PlainMatcher
from nbkg.matching import Entity, MatchQuery
from nbkg.matching.matcher import Matcher

_PERSON, _BODY = "http://id.loc.gov/ontologies/bibframe/Person", "http://id.loc.gov/ontologies/bibframe/Organization"

DECISIONS = Path(__file__).parent / "matching_decisions.tsv"
"""The decisions as they are published: where each heading comes from, how it was varied, and what is expected."""

Answer = Callable[[str], str]
"""Returns the key of the heading that a text is matched with; an empty text for none."""


@dataclass(frozen=True)
class Quality:
    """How often answers are right."""

    precision: float
    """The share of matches that are the heading that was meant."""
    recall: float
    """The share of texts that mean a heading which are matched with it."""
    wrong_absent: float
    """The share of texts that mean an absent heading which are matched."""


def measure_quality(decisions: Sequence[Decision], answers: Sequence[str]) -> Quality:
    """Return the quality of the answers to some decisions."""
    pairs = list(zip(decisions, answers, strict=True))
    right = sum(bool(answer) and answer == one.expected for one, answer in pairs)
    matches, meant = sum(bool(answer) for answer in answers), sum(bool(one.expected) for one in decisions)
    absent = [answer for one, answer in pairs if one.is_absent]
    return Quality(right / matches, right / meant, sum(map(bool, absent)) / len(absent))


def make_matcher(headings: Sequence[Heading]) -> Matcher:
    """Return a matcher of headings in memory, whose identifiers are made of their keys."""
    return Matcher(
        Entity(
            f"https://example.org/{heading.key.replace(' ', '-')}",
            (heading.text,),
            (_PERSON if heading.is_person else _BODY,),
            heading.variants,
            (f"x-{heading.key}",),
            heading.years,
        )
        for heading in headings
    )


def our_answer(matcher: Matcher) -> Answer:
    """Return the function that answers by our matcher."""

    def answer(text: str) -> str:
        best = next(iter(matcher.match(MatchQuery(text))), None)
        return best.iri.rpartition("/")[2].replace("-", " ") if best and best.is_match else ""

    return answer


def write_decisions(shared: Path) -> None:
    """Write the decisions, without the texts, which belong to the records."""
    lines = [one.line for one in make_set(shared).decisions]
    DECISIONS.write_text("\n".join(("part\theading\tvariation\texpected", *lines, "")), encoding="utf-8")


def run(shared: Path, console: Console) -> None:
    """Print the quality on both parts of the set, and the speed."""
    labelled = make_set(shared)
    matcher, peer = make_matcher(labelled.indexed), PlainMatcher(labelled.indexed)
    console.print(f"{len(labelled.indexed):,} headings in the index, {len(labelled.decisions):,} decisions")
    table = Table("matcher", "part", "decisions", "precision", "recall", "absent matched", title="Quality")
    for name, answer in {"nbkg": our_answer(matcher), "block and scorer": peer.match}.items():
        for part in ("tuning", "held-out"):
            table.add_row(name, part, *_quality_row(labelled, part, answer))
    console.print(table)
    _print_speed(labelled, matcher, peer, console)


def _quality_row(labelled: LabelledSet, part: str, answer: Answer) -> tuple[str, ...]:
    decisions = [one for one in labelled.decisions if one.part == part]
    quality = measure_quality(decisions, [answer(one.text) for one in decisions])
    return (
        f"{len(decisions):,}",
        *(f"{share:.4f}" for share in (quality.precision, quality.recall, quality.wrong_absent)),
    )


def _print_speed(labelled: LabelledSet, matcher: Matcher, peer: PlainMatcher, console: Console) -> None:
    groups: dict[str, list[str]] = {
        "identifier": [f"https://example.org/{one.key.replace(' ', '-')}" for one in labelled.indexed[:3000]],
        "exact": [one.text for one in labelled.decisions if one.variation == "as-it-is" and one.expected],
        "fuzzy": [one.text for one in labelled.decisions if one.variation == "typing-error"],
    }
    table = Table("look-up", "texts", "nbkg/s", "block and scorer/s", "ratio", title="Speed, in CPU time, interleaved")
    for name, texts in groups.items():
        ours, other = _interleaved(texts, our_answer(matcher), peer.match)
        table.add_row(name, f"{len(texts):,}", f"{ours:,.0f}", f"{other:,.0f}", f"{ours / other:.1f}")
    console.print(table)


def _interleaved(texts: Sequence[str], *answers: Answer) -> list[float]:
    """Return how many texts each function answers in a second of CPU time, in turns of fifty."""
    spent = [0.0] * len(answers)
    for start in range(0, len(texts), 50):
        for place, answer in enumerate(answers):
            before = time.process_time()
            for text in texts[start : start + 50]:
                answer(text)
            spent[place] += time.process_time() - before
    return [len(texts) / seconds for seconds in spent]
