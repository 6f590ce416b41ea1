"""The records that tell catalogues of a release: DCAT-AP-NO, CPSV-AP-NO, SKOS-AP-NO and VoID, in the data's words."""

from __future__ import annotations

from loader.catalog.addresses import Addresses
from loader.catalog.records import record_of, records

__all__ = ["Addresses", "record_of", "records"]
