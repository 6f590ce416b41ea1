"""The records that tell catalogues of a release: DCAT-AP-NO, CPSV-AP-NO, SKOS-AP-NO and VoID, in the data's words."""

from __future__ import annotations

from loader.catalogue.addresses import Addresses
from loader.catalogue.records import record_of, records

__all__ = ["Addresses", "record_of", "records"]
