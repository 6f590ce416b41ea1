"""The index is brought up to date with the blocks: after a run that was killed, and where the index is missing."""

from __future__ import annotations

import json
from hashlib import sha256

from nbkg.errors import DamagedFileError
from nbkg.records.store.entries import Entry, EntryKind, entry_offsets, read_entry
from nbkg.records.store.record_index import EditRow, FileState, NameKind, RecordIndex, VersionRow
from nbkg.records.store.record_log import Block, BlockKind, RecordLog


def content_digest(raw: bytes) -> int:
    """Return the number under which the bytes of a record are in the index."""
    return int.from_bytes(sha256(raw).digest()[:8]) >> 1  # an integer of SQLite has a sign


def index_entry(index: RecordIndex, number: int, entry: Entry, delivery: int) -> VersionRow:
    """Add an entry to the index as the next version of its record, and return the version."""
    last = index.last_version(entry.record)
    content = {EntryKind.CONTENT: number, EntryKind.REFERENCE: entry.content}.get(entry.kind)
    row = VersionRow(entry.record, last.number + 1 if last else 1, delivery, number, content, entry.is_deleted)
    index.add_version(row)
    index.add_names(entry.names, entry.record)
    if entry.kind is EntryKind.CONTENT:
        index.add_content(content_digest(entry.raw), number)
        if not (entry.names.control_number or entry.names.oai):
            index.add_name(NameKind.CONTENT, sha256(entry.raw).hexdigest(), entry.record)
    return row


def replay(log: RecordLog, index: RecordIndex, *, is_rebuilt: bool) -> None:
    """Add to the index what it lacks, and drop what stands in the file after the last complete delivery.

    Blocks that the index does not know were never confirmed to anybody, so that whatever is damaged in them is dropped.
    Where the whole index is made again, only an unfinished block at the end is dropped. Raises DamagedFileError for
    another one that is damaged.
    """
    state = index.state()
    if log.size == state.size:
        return
    index.begin()
    try:
        for block in log.iter_blocks(state.size, log.size):
            state = _replay_block(index, block, state)
            if block.kind is not BlockKind.ENTRIES:
                index.commit(state)
                index.begin()
    except DamagedFileError as error:
        if is_rebuilt and not error.is_unfinished:
            raise
    finally:
        index.rollback()
    log.truncate(index.state().size)


def _replay_block(index: RecordIndex, block: Block, state: FileState) -> FileState:
    if block.kind is BlockKind.DELIVERY:
        description = json.loads(block.content)
        index.add_delivery(description["number"], block.content.decode())
    elif block.kind is BlockKind.EDIT:
        edit = json.loads(block.content)
        index.add_edit(EditRow(edit["number"], edit["record"], edit["delivery"], block.offset, edit.get("withdraws")))
    else:
        return _replay_entries(index, block, state)
    return state._replace(size=block.end)


def _replay_entries(index: RecordIndex, block: Block, state: FileState) -> FileState:
    delivery = index.last_delivery() + 1
    index.add_block(block.first, block.offset)
    records = state.records
    for number, offset in enumerate(entry_offsets(block.content), block.first):
        entry = read_entry(block.content, offset)
        index_entry(index, number, entry, delivery)
        records = max(records, entry.record)
    return FileState(block.end, block.first + block.entries - 1, records)
