"""A page of a list is taken into the state of the harvest: its items, and what the next page is asked with."""

from __future__ import annotations

from dataclasses import replace

from loader.harvest.harvest_report import HarvestReport
from loader.harvest.harvest_state import HarvestState, OpenList
from loader.harvest.read_item import ReadItem, read_item
from loader.marc.records.record_import import FieldStripping
from loader.sources.oai_pmh.oai_answer import format_moment, parse_moment
from loader.sources.provider.list_pages import ListItem, ListPage


class PageIntake:
    """Takes the pages of one source's lists."""

    def __init__(self, state: HarvestState, report: HarvestReport, stripping: FieldStripping, set_name: str) -> None:
        self._state, self._report, self._stripping, self._set = state, report, stripping, set_name

    def take(self, page: ListPage, current: OpenList, run_date: str) -> OpenList:
        """Keep a page and what follows it, all in one transaction, and return how far the list has come."""
        moment = parse_moment(page.response_date)
        response_date = format_moment(moment) if moment else ""
        with self._state.transaction():
            read = [read_item(item, self._stripping, response_date or run_date) for item in page.items]
            news = [self._take_item(item, each, current) for item, each in zip(page.items, read, strict=True)]
            is_new_request = page.following is None or self._state.is_new_request(page.following)
            after = replace(
                current,
                cursor=page.following or current.cursor,
                response_date=current.response_date or (response_date if current.pages == 0 else ""),
                pages=current.pages + 1,
                idle=0 if any(news) else current.idle + (1 if is_new_request else _AT_ONCE),
                size=page.size if page.size is not None else current.size,
                is_size_exact=page.is_size_exact,
                is_at_end=page.following is None,
                unnamed=current.unnamed + sum(not each.key for each in read),
            )
            self._state.set_list(after)
        for note in (*page.notes, *((_NOTHING,) if page.is_nothing and not current.since else ())):
            self._report.note(note)
        self._report.pages += 1
        return after

    def _take_item(self, item: ListItem, read: ReadItem, current: OpenList) -> bool:
        """Take an item and return whether the list has brought it for the first time, or in another state."""
        name = read.key or "an item without identifier"
        for note in (*read.notes, *self._set_notes(item)):
            self._report.note(note, name)
        listed = self._state.listed(read.key)
        if listed and listed[0] > read.datestamp:
            self._report.note("it came again with an older datestamp, which does not count", name)
            return False
        if read.key:
            self._state.set_listed(read.key, read.datestamp, current.attempt)
        if self._is_older(read, current):
            self._report.note("its datestamp is older than what is held, and it is left as it is", name)
        else:
            self._stage(read, name)
        return listed != (read.datestamp, current.attempt)

    def _is_older(self, read: ReadItem, current: OpenList) -> bool:
        """Return whether what changed is older than what is held; a list of everything is right in any case."""
        known = self._state.stage.held(read.key) if current.since else None
        return bool(known and known.datestamp > read.datestamp)

    def _stage(self, read: ReadItem, name: str) -> None:
        if read.problem:
            self._report.quarantined += 1
            self._report.note(read.problem, name)
            if read.key:
                self._state.put_aside(read)
            return
        others = self._state.stage.others_with(read.key, read.parts)
        if others:
            self._report.note("it has the control number of another item; both are kept", f"{name} and {others[0]}")
        self._state.stage.add(read)
        self._state.end_quarantine(read.key)

    def _set_notes(self, item: ListItem) -> tuple[str, ...]:
        """Say that an item has left the set that is harvested; some providers name no sets in headers at all."""
        names = item.header.sets
        if not self._set or not names or any(f"{name}:".startswith(f"{self._set}:") for name in names):
            return ()
        return (f"it has left the set {self._set}, as its header says",)


_AT_ONCE = 100
"""A page that brings nothing new and leads to one that was read before shows at once that a list goes in circles."""
_NOTHING = "the provider has no records, or none in this set (noRecordsMatch)"
