"""Entries are read by their number, with the blocks that were read last in memory."""

from __future__ import annotations

from typing import NamedTuple

from cachetools import LRUCache

from nbkg.errors import DamagedFileError
from nbkg.records.store.entries import Entry, entry_offsets, read_entry
from nbkg.records.store.record_index import RecordIndex
from nbkg.records.store.record_log import BlockKind, RecordLog

_BLOCKS = 16
"""A file that is delivered again meets the blocks of the delivery before in their order."""


class _EntryBlock(NamedTuple):
    content: bytes
    offsets: list[int]


class EntryReader:
    """The entries of a source's records."""

    def __init__(self, log: RecordLog, index: RecordIndex) -> None:
        self._log = log
        self._index = index
        self._blocks: LRUCache[int, _EntryBlock] = LRUCache(_BLOCKS)

    def read(self, number: int) -> Entry:
        """Return an entry. Raises DamagedFileError where its block is not as it was written."""
        first, position = self._index.block_of(number) or (0, 0)
        block = self._blocks.get(position)
        if block is None:
            block = self._blocks[position] = self._read_block(first, position)
        if number - first >= len(block.offsets):
            raise DamagedFileError(
                f"entry {number} is in no block: remove the file, it is made again", file=self._index.file
            )
        return read_entry(block.content, block.offsets[number - first])

    def _read_block(self, first: int, position: int) -> _EntryBlock:
        block = self._log.read(position)
        if (block.kind, block.first) != (BlockKind.ENTRIES, first):
            problem = f"the index is not that of this file: remove {self._index.file.name}, it is made again"
            raise DamagedFileError(problem, file=self._log.file, offset=position)
        return _EntryBlock(block.content, entry_offsets(block.content))
