"""The conflicts of a table of links: what cannot be true at once, with the links that say so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from loader.link.checking.link_path import LinkStep, find_path
from loader.link.checking.link_table import LinkTable

_PAIRS = 20
"""Things of one group that a conflict names; the number of all is given."""
_STATES = ("replaced", "split", "withdrawn", "deprecated")
"""What became of a thing; where several are stated, the first of these counts."""
_OF_STATE = {"replaced": "replaced", "split": "split", "withdrawn": "deleted", "deprecated": "deprecated"}


@dataclass(frozen=True)
class LinkConflict:
    """Things that links would make one although they are not, or links to things that are no more."""

    kind: str
    """A key of `ontology/schemes/link-conflict.ttl`."""
    members: tuple[str, ...]
    """The things that would be one, or the thing that is no more; at most `_PAIRS`, in the order of their IRIs."""
    number: int
    """How many things there are."""
    at: str
    """The identifier or thing in which they meet; empty where there is none."""
    successors: tuple[str, ...]
    """What takes the place of a thing that is no more."""
    evidence: tuple[LinkStep, ...]
    """The links, in the order of the way from the first thing to the last."""

    @property
    def stops(self) -> bool:
        """Whether the links in it are of things that would wrongly become one."""
        return self.kind not in _OF_STATE.values()


def stopping_kinds() -> tuple[str, ...]:
    """Return the kinds of conflicts in which things would wrongly become one."""
    return ("shared", "several", "own-scheme", "chain", "refused", "ring")


def find_conflicts(table: LinkTable) -> Iterator[LinkConflict]:
    """Yield the conflicts of a connected table, kind by kind, in the order of the IRIs in them.

    A longer way that leads through a conflict of neighbours is not named again: it goes when that one is mended.
    """
    met: dict[str, frozenset[str]] = {}  # of the conflicts of neighbours only what meets where is kept
    for kind in ("shared", "several"):
        for conflict in _groups(table, kind):
            met[conflict.at] = frozenset(conflict.members)
            yield conflict
    yield from (_pair(table, "own-scheme", one, other) for one, other in _numbers(table.select("own_scheme")))
    yield from _chains(table, met)
    yield from (_pair(table, "refused", one, other) for one, other in _numbers(table.select("refused")))
    yield from _stale(table)


def _groups(table: LinkTable, kind: str) -> Iterator[LinkConflict]:
    """Yield the conflicts in which things meet in one."""
    for middle, scheme in list(table.select(kind)):
        evidence = tuple(LinkStep(*link) for link in table.select(f"{kind}_links", (middle, scheme)))
        members = sorted({step.source if kind == "shared" else step.target for step in evidence})
        at = evidence[0].target if kind == "shared" else evidence[0].source
        yield LinkConflict(kind, tuple(members[:_PAIRS]), len(members), at, (), evidence[:_PAIRS])


def _pair(table: LinkTable, kind: str, one: int, other: int) -> LinkConflict:
    members = tuple(iri for number in (one, other) for (iri,) in table.select("iri", (number,)))
    return LinkConflict(kind, members, len(members), "", (), find_path(table, one, other))


def _chains(table: LinkTable, met: Mapping[str, frozenset[str]]) -> Iterator[LinkConflict]:
    """Yield the conflicts of things that only a longer way joins."""
    for component, scheme in list(table.select("joined")):
        members = [(int(node), iri) for node, iri in table.select("members", (component, scheme))]
        (first, name), others = members[0], members[1:_PAIRS]
        for other, other_name in others:
            path = find_path(table, first, other)
            if len(path) != 1 and not _leads_through(path, met):
                yield LinkConflict("chain", (name, other_name), len(members), "", (), path)


def _leads_through(path: Sequence[LinkStep], met: Mapping[str, frozenset[str]]) -> bool:
    """Return whether two neighbours on a way are in conflict with each other."""
    for one, other in pairwise(path):
        (middle,) = {one.source, one.target} & {other.source, other.target}
        ends = {one.source, one.target, other.source, other.target} - {middle}
        if ends <= met.get(middle, frozenset()):
            return True
    return False


def _stale(table: LinkTable) -> Iterator[LinkConflict]:
    """Yield the links to things that are no more, by these things, and the rings of replacements."""
    replaced = {row[0]: row[1] for row in table.select("replacements")}
    yield from _rings(replaced)
    for iri, rows in groupby(table.select("stale"), key=lambda row: row[1]):
        facts = list(rows)
        state = min((row[0] for row in facts), key=_STATES.index)
        successors = sorted({_last(row[2], replaced) for row in facts if row[0] == state and row[2]})
        evidence = sorted({LinkStep(source, predicate, iri, graph) for *_, source, predicate, graph in facts})
        members = (iri,)
        yield LinkConflict(_OF_STATE[state], members, len(evidence), iri, tuple(successors), tuple(evidence[:_PAIRS]))


def _rings(replaced: Mapping[str, str]) -> Iterator[LinkConflict]:
    """Yield the rings of replacements, each from its first thing on."""
    for iri in replaced:
        ring = _followed(iri, replaced)
        if ring[-1] == iri and iri == min(ring):
            members = ring[:-1]
            yield LinkConflict("ring", tuple(sorted(members)[:_PAIRS]), len(members), "", (), ())


def _last(iri: str, replaced: Mapping[str, str]) -> str:
    return _followed(iri, replaced)[-1]


def _followed(iri: str, replaced: Mapping[str, str]) -> list[str]:
    """Return a thing and what replaced it in turn, to the end or to the first thing that comes again."""
    followed = [iri]
    while followed[-1] in replaced and followed[-1] not in followed[:-1]:
        followed.append(replaced[followed[-1]])
    return followed


def _numbers(rows: Iterable[Sequence[object]]) -> list[tuple[int, int]]:
    return [(int(str(one)), int(str(other))) for one, other in rows]
