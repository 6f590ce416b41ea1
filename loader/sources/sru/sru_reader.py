"""Reads lists by SRU: page by page, in the partitions of a source where a server gives out only the first of many."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from loader.errors import ProviderError
from loader.sources.harvest_plan import HarvestPlan
from loader.sources.provider.list_pages import Cursor, DeletionPolicy, ListPage, ListStart
from loader.sources.provider.provider_client import ProviderClient
from loader.sources.provider.retry_wait import Patience
from loader.sources.sru.sru_answer import SruPage, parse_explain, parse_results
from nbkg.errors import UsageError

_TEMPLATE: Final = re.compile(r"\{from(?::([^}]*))?\}")
_DAY: Final = len("2026-03-02")


class SruReader:
    """Reads the lists of one server."""

    def __init__(self, address: str, plan: HarvestPlan, patience: Patience) -> None:
        if not plan.query:
            raise UsageError("a source that is opened by sru needs harvestQuery, the query for all of its records")
        self._plan, self._patience = plan, patience
        self._client = ProviderClient(address, patience)

    def start(self, since: str) -> ListStart:
        """Return the first request; without a query for what changed, of all records.

        The number of all records is asked for first, so that partitions which leave some out are noticed.
        """
        size, notes = self._explain()
        is_increment = bool(since and self._plan.increment_query)
        cursor: dict[str, str | int] = {"since": since[:_DAY] if is_increment else "", "partition": 0, "start": 1}
        total = self._search({**cursor, "partition": -1}, 1).number
        notes = notes if is_increment or not since else (*notes, "there is no incrementQuery: all records are read")
        return ListStart({**cursor, "size": size, "total": total}, DeletionPolicy.NO, is_increment, notes)

    def read(self, cursor: Cursor) -> ListPage:
        """Return a page. Raises ProviderError where a list has more records than the server gives out."""
        start, asked_at = int(cursor["start"]), self._patience.now().isoformat()
        page = self._search(cursor, int(cursor["size"]))
        if start == 1 and page.number > self._plan.record_limit:
            raise ProviderError(self._advice(cursor, page.number), is_final=True)
        behind = start + len(page.items)
        if not page.items and start <= page.number:
            raise ProviderError(f"the answer has no records from {start} on, of {page.number} that match")
        following: Cursor | None = {**cursor, "start": behind}
        if behind > page.number:
            is_last = int(cursor["partition"]) + 1 >= len(self._partitions(cursor))
            following = None if is_last else {**cursor, "partition": int(cursor["partition"]) + 1, "start": 1}
        return ListPage(
            page.items,
            page.response_date or asked_at,
            following,
            int(cursor["total"]),
            is_size_exact=True,
            notes=page.notes,
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _explain(self) -> tuple[int, tuple[str, ...]]:
        """Return how many records are asked for at once, and what is odd.

        Raises ProviderError where explain lists the schemas of the server, and ours is not among them.
        """
        request = {} if self._is_second else {"version": self._plan.version, "operation": "explain"}
        try:
            most, schemas = self._client.get(request, parse_explain)
        except ProviderError as error:
            return self._plan.page_size, (f"explain was not understood: {error.problem}",)
        if schemas and self._plan.schema not in schemas:
            known = ", ".join(sorted(schemas))
            raise ProviderError(f"the server has no schema “{self._plan.schema}”; it has {known}", is_final=True)
        return min(self._plan.page_size, most or self._plan.page_size), ()

    def _search(self, cursor: Cursor, size: int) -> SruPage:
        request: dict[str, str | int] = {"query": self._query(cursor), "startRecord": cursor["start"]}
        request |= {"maximumRecords": size, "recordSchema": self._plan.schema}
        if self._is_second:
            request |= {"recordXMLEscaping": "xml"} | (
                {"sortKeys": self._plan.sort_keys} if self._plan.sort_keys else {}
            )
        else:
            request = {"version": self._plan.version, "operation": "searchRetrieve", **request, "recordPacking": "xml"}
            if self._plan.sort_keys and self._plan.version == "1.1":
                request["sortKeys"] = self._plan.sort_keys
        return self._client.get(request, parse_results)

    def _query(self, cursor: Cursor) -> str:
        """Return the query in CQL; 1.2 sorts in the query (https://www.loc.gov/standards/sru/cql/)."""
        partition = int(cursor["partition"])
        condition = self._partitions(cursor)[partition] if partition >= 0 else ""
        query = self._base(str(cursor["since"]))
        query = f"({query}) and ({condition})" if condition else query
        is_sorted = self._plan.sort_keys and self._plan.version == "1.2"
        return f"{query} sortBy {self._plan.sort_keys}" if is_sorted else query

    def _base(self, since: str) -> str:
        if not since:
            return self._plan.query
        day = date.fromisoformat(since)
        return _TEMPLATE.sub(lambda match: day.strftime(match[1] or "%Y-%m-%d"), self._plan.increment_query)

    def _partitions(self, cursor: Cursor) -> tuple[str, ...]:
        """Return the conditions of the lists: what changed is one list."""
        return ("",) if cursor["since"] else self._plan.partitions or ("",)

    def _advice(self, cursor: Cursor, number: int) -> str:
        limit = self._plan.record_limit
        return (
            f"the query {self._query(cursor)} has {number:,} records, and the server gives out the first {limit:,}: "
            "divide it by partitionQuery, or set recordLimit higher if the server allows it"
        )

    @property
    def _is_second(self) -> bool:
        return self._plan.version.startswith("2")
