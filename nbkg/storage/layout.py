"""The names of everything in a store's folder, and the JSON files that describe it; nobody else knows them.

A built store, which `nbkg load` makes (see `built_store`):

STORE/store.json                {"format": 1, "kind": "built"}
STORE/versions/3/               an Oxigraph directory, never written again
STORE/versions/3.json           {"version": 3, "hash": sha256 of what was loaded, "quads": how many, "union": true,
                                 "plain": what its default graph was before: "empty", "all" of it, or "mixed",
                                 "left_out": the named graphs that its default graph leaves out}
STORE/versions/3.words          the words of its texts (see `nbkg.text_index`)
STORE/current                   → versions/3
STORE/releases/2026-03-02       → ../versions/3, which is kept as long as the link is there

A writable store, its own truth (see `writable_store`):

STORE/store.json                {"format": 1, "kind": "writable", "id": …, "opened": how many times}
STORE/data/                     an Oxigraph directory
STORE/releases/2026-03-02/      a checkpoint of it, never written again
STORE/releases/2026-03-02.json  {"release": "2026-03-02", "hash": what tells it from another of that name}

Both have STORE/lock, which whoever writes holds, and STORE/journal, what people added while it ran (see `journal`). A
folder without this layout that is an Oxigraph directory itself is taken as it is.
"""

from __future__ import annotations

import json
import re
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from nbkg.errors import ServiceError, StoreUnavailableError
from nbkg.storage.atomic_replace import replace_file
from nbkg.storage.lock import lock

FORMAT = 1
BUILT = "built"
WRITABLE = "writable"
_RELEASE_NAME = re.compile(r"\d{4}-\d{2}-\d{2}(?:[.-][0-9A-Za-z][0-9A-Za-z.-]*)?")
_NUMBERS = re.compile(r"(\d+)")


def current_link(store: Path) -> Path:
    """Return the link to the version of a built store that is served."""
    return store / "current"


def versions_folder(store: Path) -> Path:
    """Return the folder of a built store's versions."""
    return store / "versions"


def version_folder(store: Path, number: int) -> Path:
    """Return the Oxigraph directory of a version."""
    return versions_folder(store) / str(number)


def data_folder(store: Path) -> Path:
    """Return the Oxigraph directory of a writable store."""
    return store / "data"


def releases_folder(store: Path) -> Path:
    """Return the folder of kept versions."""
    return store / "releases"


def journal_file(store: Path) -> Path:
    """Return the journal of a store, in which stands what people added while it ran."""
    return store / "journal"


def text_index_file(version: Path) -> Path:
    """Return the text index of the version in an Oxigraph directory."""
    return version.with_name(f"{version.name}.words")


def description_file(version: Path) -> Path:
    """Return the file that describes the version or checkpoint in an Oxigraph directory."""
    return version.with_name(f"{version.name}.json")


def is_oxigraph(folder: Path) -> bool:
    """Return whether a folder is an Oxigraph directory itself: RocksDB names its manifest in a file `CURRENT`."""
    return (folder / "CURRENT").is_file()


def is_built(store: Path) -> bool:
    """Return whether the folder is a built store that has a version."""
    return current_link(store).is_symlink()


def is_release_name(name: str) -> bool:
    """Return whether a kept version may have that name: a date, by which it is found, or one with a suffix."""
    return _RELEASE_NAME.fullmatch(name) is not None


def release_names(store: Path) -> list[str]:
    """Return the names of the kept versions, the oldest first; 2026-03-02.10 comes after 2026-03-02.2."""
    names = (path.name for path in releases_folder(store).glob("[!.]*") if path.is_dir())
    return sorted(filter(is_release_name, names), key=_release_order)


def _release_order(name: str) -> tuple[str, ...]:
    return tuple(part.zfill(9) if part.isdigit() else part for part in _NUMBERS.split(name))


def read_description(store: Path) -> dict[str, Any]:
    """Return what `store.json` says. Raises StoreUnavailableError where it is missing, broken or of another format."""
    description = read_json(store / "store.json", store)
    if description.get("format") != FORMAT:
        form = description.get("format")
        raise StoreUnavailableError(f"{store}: has the format {form}; this nbkg reads format {FORMAT}")
    return description


def write_description(store: Path, kind: str, **more: Any) -> None:
    """Write `store.json`."""
    write_json(store / "store.json", {"format": FORMAT, "kind": kind, **more})


def is_described(store: Path) -> bool:
    """Return whether the folder is a store of ours, built or writable."""
    return (store / "store.json").is_file()


def is_writable(store: Path) -> bool:
    """Return whether the folder is a writable store. Raises StoreUnavailableError where its description is broken."""
    return is_described(store) and read_description(store).get("kind") == WRITABLE


def read_json(file: Path, store: Path) -> dict[str, Any]:
    """Return the content of a description. Raises StoreUnavailableError where it cannot be read."""
    try:
        return dict(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise StoreUnavailableError(f"{store}: its description cannot be read: {file.name}: {error}") from error


def write_json(file: Path, content: dict[str, Any]) -> None:
    """Write a description in one step."""
    replace_file(file, (json.dumps(content) + "\n").encode())


def lock_for_loading(store: Path) -> AbstractContextManager[None]:
    """Keep everybody else from writing to the store, whose folder is made where it is missing, in the block.

    Raises ServiceError where somebody does."""
    store.mkdir(parents=True, exist_ok=True)
    message = f"{store}: another load is running, or a server writes to it; wait for it"
    return lock(store / "lock", ServiceError(message))


def lock_for_serving(store: Path, *, shared: bool = False) -> AbstractContextManager[None]:
    """Keep everybody else from writing to the store in the block; with `shared` others may serve it too.

    Raises StoreUnavailableError where somebody writes to it.
    """
    message = f"{store}: another server serves this store; stop it first"
    return lock(store / "lock", StoreUnavailableError(message), shared=shared)
