"""`nbkg harvest --status`: what is known of a source without asking its provider."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from loader.harvest.harvest_state import HarvestState, read_state
from loader.sources.source import Source


def source_status(source: Source, folder: Path) -> dict[str, Any]:
    """Return what is known of a source: how the last harvest ended, what is held, and what the next one does."""
    with read_state(folder, source.key) as state:
        known = {"source": source.key, "enabled": source.enabled, "opener": source.opener, "address": source.address}
        return {**known, **(_harvested(state) if state else {"harvested": False})}


def _harvested(state: HarvestState) -> dict[str, Any]:
    known, live = state.stage.count()
    current, last = state.open_list(), state.fact("last") or {}
    return {
        "harvested": True,
        "known": known,
        "live": live,
        "waiting": state.stage.count_waiting(),
        "quarantined": [{"item": each.key, "reason": each.reason} for each in state.quarantined()],
        "next": state.fact("since"),
        "open_list": {"pages": current.pages, "size": current.size, "since": current.since} if current else None,
        "last": {name: last.get(name) for name in ("outcome", "problem", "exit_code")},
    }


def iter_status_lines(status: dict[str, Any]) -> Iterator[str]:
    """Yield the status of a source as lines of text."""
    enabled = "" if status["enabled"] else " (not enabled)"
    yield f"{status['source']}{enabled}: {status['opener']} {status['address']}"
    if not status["harvested"]:
        yield "  not harvested yet"
        return
    following = status["next"] or "the beginning"
    yield f"  {status['known']} identifiers, {status['live']} of them live; next from {following}"
    yield f"  the last harvest: {status['last']['outcome'] or 'was killed'} {status['last']['problem'] or ''}".rstrip()
    if status["waiting"]:
        yield f"  {status['waiting']} items were read and wait for delivery, which the next harvest makes"
    if current := status["open_list"]:
        size = f" of a list of {current['size']} records" if current["size"] else ""
        yield f"  a list is open after {current['pages']} pages{size}: the next harvest goes on with it"
    for each in status["quarantined"]:
        yield f"  in quarantine: {each['item']}: {each['reason']}"
