"""Reads lists by OAI-PMH: Identify first, then ListRecords with its tokens."""

from __future__ import annotations

from typing import Final

from loader.errors import ListExpiredError, ProviderError
from loader.sources.harvest_plan import HarvestPlan
from loader.sources.oai_pmh.oai_answer import parse_answer, parse_page
from loader.sources.provider.list_pages import Cursor, DeletionPolicy, ListPage, ListStart
from loader.sources.provider.provider_client import Answer, ProviderClient
from loader.sources.provider.retry_wait import Patience

_DAY: Final = len("2026-03-02")
_SECONDS: Final = "YYYY-MM-DDThh:mm:ss"


class OaiReader:
    """Reads the lists of one provider."""

    def __init__(self, address: str, plan: HarvestPlan, patience: Patience) -> None:
        self._plan = plan
        self._client = ProviderClient(address, patience)

    def start(self, since: str) -> ListStart:
        """Return the first request, with `from` in the granularity of the provider.

        A provider that does not say which granularity it has is asked with days, which all of them know.
        """
        granularity, deletions, notes = self._client.get({"verb": "Identify"}, _parse_identify)
        cursor = {"verb": "ListRecords", "metadataPrefix": self._plan.prefix}
        if self._plan.set_name:
            cursor["set"] = self._plan.set_name
        if since:
            cursor["from"] = since if granularity.startswith(_SECONDS) else since[:_DAY]
        return ListStart(cursor, deletions, bool(since), notes)

    def read(self, cursor: Cursor) -> ListPage:
        """Return a page. A token is sent alone with the verb (section 3.5 of the protocol).

        That nothing matches is an empty list at its beginning; behind a token the list cannot be read on.
        """
        is_first = "resumptionToken" not in cursor
        try:
            page = self._client.get(cursor, lambda answer: parse_page(answer, str(cursor["verb"])))
        except ProviderError as error:
            if is_first or not error.code:
                raise
            raise ListExpiredError(error.problem, code=error.code) from error  # some call an expired token badArgument
        if page.is_nothing and not is_first:
            raise ListExpiredError("the provider answered noRecordsMatch to a token", code="noRecordsMatch")
        return page

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


def _parse_identify(answer: Answer) -> tuple[str, DeletionPolicy, tuple[str, ...]]:
    """Return granularity and treatment of deletions (https://www.openarchives.org/OAI/openarchivesprotocol.html#Identify)."""
    pieces, notes = parse_answer(answer)
    if "Identify" not in pieces.fields:
        raise ProviderError("the answer has no <Identify>")
    policy = pieces.value("Identify/deletedRecord").lower()
    if policy in set(DeletionPolicy):
        return pieces.value("Identify/granularity"), DeletionPolicy(policy), notes
    notes = (
        *notes,
        f"Identify says “{policy}” about deleted records: a record that is missing does not count as deleted",
    )
    return pieces.value("Identify/granularity"), DeletionPolicy.PERSISTENT, notes
