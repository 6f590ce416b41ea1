"""The forms in which MARC records are delivered."""

from __future__ import annotations

from enum import StrEnum


class Form(StrEnum):
    """How a record is written as bytes; the value is the name by which the form is stored and shown."""

    ISO2709 = "iso2709"
    """ISO 2709, the exchange format (https://www.loc.gov/marc/specifications/specrecstruc.html)."""
    MARCXML = "marcxml"
    """MARCXML and MarcXchange (https://www.loc.gov/standards/marcxml/)."""
    MARC_JSON = "marc-json"
    """MARC-in-JSON, as pymarc and others write it (https://github.com/marc4j/marc4j/wiki/MARC-in-JSON-Description)."""
