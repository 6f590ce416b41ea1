"""Stores that keep versions for tests, laid out as the loader does (`test_kept_versions.py` compares the two)."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox


def keeping(folder: Path, versions: dict[str, str]) -> Path:
    """A built store; release to N-Quads, the last of them current. A name that is no date is kept as none."""
    (folder / "versions").mkdir(parents=True)
    (folder / "releases").mkdir()
    (folder / "store.json").write_text('{"format": 1, "kind": "built"}')
    for number, (name, text) in enumerate(versions.items(), 1):
        made = ox.Store(str(folder / "versions" / str(number)))
        made.bulk_load(text.encode(), ox.RdfFormat.N_QUADS)
        made.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in list(made))
        made.flush()
        del made
        about = {"version": number, "hash": f"{number}" * 16, "quads": 1, "union": True, "plain": "empty"}
        (folder / "versions" / f"{number}.json").write_text(json.dumps(about))
        if name[0].isdigit():
            (folder / "releases" / name).symlink_to(f"../versions/{number}")
    (folder / "current").symlink_to(f"versions/{number}")
    return folder
