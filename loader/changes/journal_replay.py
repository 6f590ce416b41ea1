"""The journal of a store replayed: what persons decided on its pages becomes part of its next version.

The next version begins as a checkpoint of the current one, which shares its files on disk. It keeps the counts of its
description (`graph/void`) until the next load: to count 70,000 statements again takes 6.6 of 6.7 seconds.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox

from loader import identifiers
from loader.decisions.decision_reading import read_stored
from loader.decisions.decision_triples import GRAPH, decision_iri, decision_record
from loader.namespaces import BASE
from loader.store import default_graph
from nbkg.decisions.decision_journal import read_journal
from nbkg.decisions.pair_decision import Decision
from nbkg.decisions.precedence import settle
from nbkg.grouping import group_values
from nbkg.storage import built_store, layout
from nbkg.storage.built_store import Version

GraphChange = tuple[list[ox.Triple], list[ox.Triple]]
"""What goes, and what comes."""


def replay_journal(store: Path) -> Version | None:
    """Make the next version of a built store, with all decisions of its journal; None where it has them already.

    Raises UsageError for a writable store, DamagedFileError for a damaged journal, ServiceError while a load is
    running.
    """
    built_store.refuse_writable(store)
    decisions = group_values((decision_iri(one), one) for one in read_journal(store))
    if not decisions:
        return None
    with layout.lock_for_loading(store), tempfile.TemporaryDirectory(prefix=".replay-", dir=store) as folder:
        now = built_store.current_version(store)
        return _next(store, now, decisions, Path(folder)) if now else None


def _next(store: Path, now: Version, decisions: Mapping[str, Sequence[Decision]], folder: Path) -> Version | None:
    current = layout.version_folder(store, now.number)
    old = ox.Store.read_only(str(current))
    removed, added = _changes(old, decisions)
    if not (removed or added):
        return None
    old.backup(str(folder / "made"))
    quads = now.quads + len(added) - len(removed)
    number = built_store.next_number(store)
    building = built_store.start_version(store, number)
    try:
        _change(folder, now, (removed, added), building)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    building.rename(layout.version_folder(store, number))
    _link_index(current, layout.version_folder(store, number))
    version = Version(number, now.hash, quads, now.plain, now.left_out)
    built_store.switch(store, version)
    return version


def _changes(old: ox.Store, decisions: Mapping[str, Sequence[Decision]]) -> GraphChange:
    """Return which statements of `graph/match-decisions` go and come, so that it has the decisions of a journal too."""
    removed, added = list[ox.Triple](), list[ox.Triple]()
    for iri, journal in decisions.items():
        stated = read_stored(old, iri)
        before = set(_stated(old, iri, stated))
        after = set(decision_record(settle(_in_order(journal, stated))))
        removed += before - after
        added += after - before
    return removed, added


def _in_order(journal: Sequence[Decision], stated: Sequence[Decision]) -> list[Decision]:
    """Return decisions in the order in which they count: the rule of the newest build last, each answer once."""
    by_persons = {(one.answer, one.person): one for one in [*stated, *journal] if one.person}
    rules = [one for one in stated if not one.person]
    return [*by_persons.values(), *rules]


def _stated(old: ox.Store, iri: str, stated: Sequence[Decision]) -> Iterable[ox.Triple]:
    """Yield the statements about a decision, its parts, and what follows from it."""
    graph = ox.NamedNode(str(identifiers.graph(GRAPH)))
    own = [quad.triple for quad in old.quads_for_pattern(ox.NamedNode(iri), None, None, graph)]
    parts = [
        one.object for one in own if isinstance(one.object, ox.NamedNode) and one.object.value.startswith(f"{iri}/")
    ]
    yield from own
    for part in parts:
        yield from (quad.triple for quad in old.quads_for_pattern(part, None, None, graph))
    following = decision_record(settle(stated)) if stated else ()
    yield from (one for one in following if not one.subject.value.startswith(iri))  # type: ignore[union-attr]  # an IRI


def _change(folder: Path, now: Version, change: GraphChange, building: Path) -> None:
    """Make the new version in `building`."""
    store = ox.Store(str(folder / "made"))
    try:
        _write(store, now, change)
        store.flush()
        store.backup(str(building))  # without the log of what was done
    finally:
        del store  # closes it: it writes to its folder, which is removed, as long as it is open


def _write(store: ox.Store, now: Version, change: GraphChange) -> None:
    removed, added = change
    graph = ox.NamedNode(str(identifiers.graph(GRAPH)))
    for triple in removed:
        store.remove(ox.Quad(triple.subject, triple.predicate, triple.object, graph))
    store.bulk_extend(ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in added)
    if now.plain != "all":
        merged = {*default_graph.counted_graphs(store, BASE)} - {ox.NamedNode(one) for one in now.left_out or ()}
        default_graph.settle(store, [*removed, *added], merged)


def _link_index(current: Path, following: Path) -> None:
    """Give a version the index of the one before: what persons decide changes no name."""
    if (index := layout.text_index_file(current)).is_file():
        os.link(index, layout.text_index_file(following))
