"""How a source is harvested, as its description states it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

from nbkg.rdf.solutions import Row, text


@dataclass(frozen=True)
class HarvestPlan:
    """What is asked of a provider, and how much of what it had may be missing."""

    prefix: str = "marc21"
    """The metadataPrefix of OAI-PMH (nbkg:metadataPrefix)."""
    set_name: str = ""
    """The set of OAI-PMH (nbkg:harvestSet)."""
    deletion_share: float = 0.1
    """Which share of the records a complete list may lack, so that they count as deleted (nbkg:deletionShare)."""
    query: str = ""
    """The query of SRU for all records (nbkg:harvestQuery)."""
    increment_query: str = ""
    """The query of SRU for what changed since the day `{from}`, or `{from:%Y%m%d}` in a form (nbkg:incrementQuery)."""
    partitions: tuple[str, ...] = ()
    """Conditions that divide the records of SRU into lists that the server gives out whole (nbkg:partitionQuery)."""
    schema: str = "marcxml"
    """The recordSchema of SRU (nbkg:recordSchema)."""
    version: str = "1.2"
    """The version of SRU (nbkg:protocolVersion)."""
    sort_keys: str = ""
    """By what SRU sorts, so that pages do not overlap (nbkg:sortKeys)."""
    page_size: int = 50
    """Records of one page of SRU (nbkg:pageSize)."""
    record_limit: int = 10_000
    """How many records of one list an SRU server gives out (nbkg:recordLimit)."""

    @classmethod
    def from_row(cls, row: Row, partitions: tuple[str, ...]) -> Self:
        """Return the plan of a solution of `sources/harvests.rq`; what it does not say is the default."""
        values: Mapping[str, Any] = {each.name: text(row, each.name) for each in fields(cls) if each.name in row}
        numbers = {
            name: float(value) if name == "deletion_share" else int(value)
            for name, value in values.items()
            if name in _NUMBERS
        }
        return cls(**{**values, **numbers, "partitions": partitions})

    def question(self, address: str) -> str:
        """Return what of the plan decides which records a list has: where it changes, everything is read again."""
        parts = (self.prefix, self.set_name, self.query, self.partitions, self.schema)
        return json.dumps([address, *parts])


_NUMBERS = {"deletion_share", "page_size", "record_limit"}
