"""What one linking of a file needs, and what it gives while it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from loader.link.records.heading import LinkedHeading, RecordHeading
from loader.link.records.heading_kinds import HeadingKind
from loader.meter import Advance


@dataclass(frozen=True)
class TableColumns:
    """Which columns of a table say what."""

    name: str = ""
    """The column of the name; empty to find it by its usual names."""
    identifiers: tuple[str, ...] = ()
    key: str = ""
    """The column that identifies a row; empty where only its content does."""
    first: str = ""
    """The column of the first year, and below that of the last one."""
    last: str = ""


@dataclass(frozen=True)
class Damage:
    """What could not be read in a file; it stays in the output as it came."""

    position: str
    """The line, or the offset in bytes."""
    reason: str


@dataclass(frozen=True)
class LinkJob:
    """A file whose headings are linked."""

    file: Path
    source: str
    """The name of its catalogue, with which the keys of its records begin."""
    kind: HeadingKind
    link: Callable[[RecordHeading], LinkedHeading]
    advance: Advance
    columns: TableColumns = TableColumns()
    scheme: str = ""
    """The IRI of the concept scheme that an entity must be in; empty for any."""
    quarantine: Path | None = None
    """The folder of damaged records."""


LinkEvent = LinkedHeading | Damage
"""What linking a file gives, in the order of the file."""
