"""pymarc as the oracle of the tests that read MARC records, and records to begin with."""

from __future__ import annotations

import unicodedata

import pymarc

from nbkg.records.record import MarcField, MarcRecord

Flat = tuple[str, str, list[tuple[str, str]], str]


def flat(record: MarcRecord) -> list[Flat]:
    """Return the fields of a record in NFC, as plain values that can be compared."""
    return [
        (field.tag, field.indicators, [(code, _nfc(value)) for code, value in field.subfields], _nfc(field.data))
        for field in record.fields
    ]


def flat_pymarc(record: pymarc.Record) -> list[Flat]:
    """Return the same of a record that pymarc has read."""
    return [
        (field.tag, "", [], _nfc(field.data or ""))
        if field.control_field
        else (field.tag, "".join(field.indicators or ()), [(s.code, _nfc(s.value)) for s in field.subfields], "")
        for field in record.fields
    ]


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def simple(number: int = 1, title: str = "Fjord og fjell") -> MarcRecord:
    """Return a record in good order."""
    return MarcRecord(
        "00000nam a2200000 i 4500",
        [
            MarcField("001", data=f"rec{number:05d}"),
            MarcField("008", data="240101s2024    no      b    000 0 nob  "),
            MarcField("100", "1 ", [("a", "Øyen, Åse,"), ("d", "1960-")]),
            MarcField("245", "10", [("a", f"{title} /"), ("c", "Åse Øyen.")]),
            MarcField("264", " 1", [("a", "Tromsø :"), ("b", "Skarv,"), ("c", "2024")]),
        ],
    )
