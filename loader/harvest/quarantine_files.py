"""The quarantine of a source as files, in the form of `nbkg marc check`."""

from __future__ import annotations

from pathlib import Path

from loader.harvest.harvest_state import read_state
from loader.marc.quarantine import Quarantine
from loader.marc.reading.deliveries import DamagedRecord
from nbkg.records.form import Form


def write_quarantine(folder: Path, source: str, out: Path) -> int:
    """Write what is in the quarantine of a source, and return how many items that is; the list names them by key."""
    with read_state(folder, source) as state, Quarantine(out) as quarantine:
        items = state.quarantined() if state else []
        for item in items:
            quarantine.add(Path(item.key), DamagedRecord(Form.MARCXML, item.raw, 0, item.reason))
        return len(items)
