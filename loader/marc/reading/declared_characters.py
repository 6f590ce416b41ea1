"""Records of a source that uses neither UTF-8 nor MARC-8, read in the character set that its profile declares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from loader.marc.reading.deliveries import DamagedRecord, Delivery
from nbkg.errors import MarcRecordError
from nbkg.records.character_sets import is_utf8
from nbkg.records.form import Form
from nbkg.records.iso2709 import read_record
from nbkg.records.record import DeliveredRecord


def in_declared_set(deliveries: Iterable[Delivery], character_set: str) -> Iterator[Delivery]:
    """Yield deliveries, those in ISO 2709 whose text is not UTF-8 in the declared set; without one, all as they are."""
    for delivery in deliveries:
        if character_set and isinstance(delivery, DeliveredRecord | DamagedRecord) and _is_in_question(delivery):
            yield _read_again(delivery, character_set)
        else:
            yield delivery


def _is_in_question(delivery: DeliveredRecord | DamagedRecord) -> bool:
    return delivery.form is Form.ISO2709 and not is_utf8(delivery.raw)


def _read_again(delivery: DeliveredRecord | DamagedRecord, character_set: str) -> Delivery:
    """Return a record in a character set, or what it was, where it is damaged in another way too."""
    try:
        record = read_record(delivery.raw, character_set)
    except MarcRecordError:
        return delivery
    return DeliveredRecord(delivery.form, delivery.raw, record, delivery.offset)
