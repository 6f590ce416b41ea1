"""The table of protocols by which sources are harvested. A new one is one reader and one line here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from loader.sources.harvest_plan import HarvestPlan
from loader.sources.provider.list_pages import ListReader
from loader.sources.provider.retry_wait import Patience
from loader.sources.source import Source

MakeReader = Callable[[str, HarvestPlan, Patience], ListReader]
"""Makes the reader of an address."""


def _oai_pmh() -> MakeReader:
    from loader.sources.oai_pmh.oai_reader import OaiReader  # noqa: PLC0415  a reader is imported when it is used

    return OaiReader


def _sru() -> MakeReader:
    from loader.sources.sru.sru_reader import SruReader  # noqa: PLC0415  a reader is imported when it is used

    return SruReader


READERS: Final[dict[str, Callable[[], MakeReader]]] = {"oai_pmh": _oai_pmh, "sru": _sru}
"""Name of an opener to a function that imports the reader."""


def open_reader(source: Source, patience: Patience) -> ListReader:
    """Return the reader of a source. Raises CuratedError for a source that is not harvested."""
    if source.opener not in READERS:
        known = " or ".join(sorted(READERS))
        raise source.error(
            f"it is opened by “{source.opener}” and not harvested; the opener of a source that is would be {known}"
        )
    return READERS[source.opener]()(source.address, source.harvest, patience)
