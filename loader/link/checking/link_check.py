"""The check as a whole: from a store or files to conflicts, and to the closure of what is in none."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from loader.link.checking.closure import closure_lines, stopped_components
from loader.link.checking.link_conflicts import LinkConflict, find_conflicts
from loader.link.checking.link_rows import Row
from loader.link.checking.link_sources import read_link_rows
from loader.link.checking.link_table import LinkTable, open_link_table


@dataclass(frozen=True)
class LinkCheck:
    """The conflicts in the links of a source."""

    conflicts: tuple[LinkConflict, ...]
    table: LinkTable

    def closure(self) -> Iterator[str]:
        """Yield the closure of the links that are in no conflict, as lines of N-Triples."""
        return closure_lines(self.table, stopped_components(self.table, self.conflicts))


@contextmanager
def check_links(source: Path) -> Iterator[LinkCheck]:
    """Check the links of a store, a folder of graphs or an RDF file; the table lasts as long as the block.

    Raises UsageError and RdfFileError as `read_link_rows` does.
    """
    with check_rows(read_link_rows(source)) as checked:
        yield checked


@contextmanager
def check_rows(rows: Iterable[Row]) -> Iterator[LinkCheck]:
    """Check links that are rows already; the table lasts as long as the block."""
    with tempfile.TemporaryDirectory(prefix="nbkg-links-") as folder, open_link_table(Path(folder)) as table:
        table.add(rows)
        table.connect()
        yield LinkCheck(tuple(find_conflicts(table)), table)
