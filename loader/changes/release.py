"""The changes of a release: `changes/{version before}/…` and `CHANGES.md`, as docs/releases.md lays them out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from loader.changes import summary
from loader.changes import versions as place
from loader.changes.activities import Place
from loader.changes.summary import Step
from loader.changes.write import Pair, write

LOG = "CHANGES.md"


@dataclass(frozen=True)
class Making:
    """A release while it is made."""

    folder: Path
    """Holds the data set of all graphs already."""
    version: str
    issued: str
    previous: Path | None
    """The folder of the release before."""
    address: str
    """Under which the folders of all releases will be published, with `/` at its end."""


def write_changes(making: Making, scratch: Path, language: str = "en") -> None:
    """Writes what changed since the release before, and the log of all changes so far, into the release's folder.

    `scratch` is a folder for what must be sorted. Raises RdfFileError where the release before cannot be read.
    """
    if making.previous is None:
        section, earlier = summary.first(making.version, language), ""
    else:
        section = _since(making, making.previous, scratch, language)
        log = making.previous / LOG
        earlier = log.read_text(encoding="utf-8") if log.is_file() else ""
    (making.folder / LOG).write_text(summary.changelog(section, earlier, language), encoding="utf-8")


def _since(making: Making, before: Path, scratch: Path, language: str) -> str:
    old = place.found(before, scratch / "old")
    new = place.read_file(making.folder / place.EVERYTHING, scratch / "new")
    inside = f"changes/{old.name}/"
    address = f"{making.address}{making.version}/{inside}"
    where = Place(address, f"{making.address}activities.jsonld", making.issued, older(before))
    step = Step(old.name, making.version, making.issued)
    return write(Pair(old.data, new, step, where), making.folder / inside, language)


def older(before: Path) -> str:
    """The first page of the activities of a release; empty for the first release, which has none."""
    for collection in sorted(before.glob("changes/*/activities.jsonld")):
        return str(json.loads(collection.read_text(encoding="utf-8"))["first"]["id"])
    return ""
