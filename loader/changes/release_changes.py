"""The changes of a release: `changes/{version before}/…` and `CHANGES.md`, as docs/releases.md lays them out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from loader.changes.activities import ActivityAddresses
from loader.changes.data_versions import ALL_GRAPHS, find_version, read_file
from loader.changes.summary import Step, changelog, first_section
from loader.changes.write import VersionPair, write

LOG = "CHANGES.md"


@dataclass(frozen=True)
class NewRelease:
    """A release that is being made."""

    folder: Path
    """Its folder, which holds the data set of all graphs already."""
    version: str
    issued: str
    previous: Path | None
    """The folder of the release before."""
    address: str
    """The address under which the folders of all releases will be published, with `/` at its end."""


def write_changes(release: NewRelease, scratch: Path, language: str = "en") -> None:
    """Write what changed since the release before, and the log of all changes so far, into the release's folder.

    `scratch` is a folder for what must be sorted. Raises RdfFileError where the release before cannot be read.
    """
    if release.previous is None:
        section, earlier = first_section(release.version, language), ""
    else:
        section = _write_step(release, release.previous, scratch, language)
        log = release.previous / LOG
        earlier = log.read_text(encoding="utf-8") if log.is_file() else ""
    (release.folder / LOG).write_text(changelog(section, earlier, language), encoding="utf-8")


def _write_step(release: NewRelease, before: Path, scratch: Path, language: str) -> str:
    old = find_version(before, scratch / "old")
    new = read_file(release.folder / ALL_GRAPHS, scratch / "new")
    inside = f"changes/{old.name}/"
    folder = f"{release.address}{release.version}/{inside}"
    addresses = ActivityAddresses(folder, f"{release.address}activities.jsonld", release.issued, first_page(before))
    step = Step(old.name, release.version, release.issued)
    return write(VersionPair(old.data, new, step, addresses), release.folder / inside, language)


def first_page(release: Path) -> str:
    """Return the address of the first page of a release's activities; empty for the first release, which has none."""
    for collection in sorted(release.glob("changes/*/activities.jsonld")):
        return str(json.loads(collection.read_text(encoding="utf-8"))["first"]["id"])
    return ""
