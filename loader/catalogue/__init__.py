"""Catalogue records of a release in the data's own words: DCAT-AP-NO, CPSV-AP-NO, SKOS-AP-NO and VoID.

`loader.build`, `loader.dumps` and the commands import it; it knows no term of the data's own ontology.
"""

from __future__ import annotations

from loader.catalogue.addresses import Addresses
from loader.catalogue.records import build_record, records

__all__ = ["Addresses", "build_record", "records"]
