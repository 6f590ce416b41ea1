"""A writable store: its folder is made once, and each opening has a name of its own."""

from __future__ import annotations

import secrets
from pathlib import Path

from nbkg.errors import StoreUnavailableError
from nbkg.storage import layout


def make_writable(store: Path) -> Path:
    """Return the folder of a writable store, which is made where nothing is there. Raises StoreUnavailableError."""
    if not store.exists() or (store.is_dir() and not any(store.iterdir())):
        store.mkdir(parents=True, exist_ok=True)
        layout.write_description(store, layout.WRITABLE, id=secrets.token_hex(4))
    if not layout.is_writable(store):
        problem = (
            "is a built store, which only `nbkg load` changes" if layout.is_built(store) else "is no store of ours"
        )
        raise StoreUnavailableError(f"{store}: {problem}; name a new folder, or serve it without a token")
    return store


def name_opening(store: Path) -> str:
    """Return a name for the versions to come of a writable store: no opening of it had that name before."""
    description = layout.read_description(store)
    opening = int(description.get("opened", 0)) + 1
    layout.write_description(store, layout.WRITABLE, id=description["id"], opened=opening)
    layout.data_folder(store).mkdir(exist_ok=True)
    return f"{description['id']}.{opening}"
