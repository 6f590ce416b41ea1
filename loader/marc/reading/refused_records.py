"""Records with numbers of people are refused: whatever reads MARC names them by their identifier, and keeps nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from loader.marc.reading.deliveries import DamagedRecord, DeletedHeader, Delivery
from nbkg.records.personal_data import find_personal_data, find_personal_number
from nbkg.records.record import DeliveredRecord


def refuse_personal_data(deliveries: Iterable[Delivery]) -> Iterator[Delivery]:
    """Yield deliveries; a record in which a birth number or card number stands becomes a damaged one without bytes."""
    for delivery in deliveries:
        problem = _problem(delivery)
        yield _refused(delivery, problem) if problem and not isinstance(delivery, DeletedHeader) else delivery


def _problem(delivery: Delivery) -> str:
    if isinstance(delivery, DeliveredRecord):
        return find_personal_data(delivery.record, delivery.raw)
    return find_personal_number(delivery.raw.decode("latin-1")) if isinstance(delivery, DamagedRecord) else ""


def _refused(delivery: DeliveredRecord | DamagedRecord, problem: str) -> DamagedRecord:
    reason = f"{_name(delivery)} holds {problem}: data about people is refused, and nothing of it is kept"
    return DamagedRecord(delivery.form, b"", delivery.offset, reason)


def _name(delivery: DeliveredRecord | DamagedRecord) -> str:
    """Return what a message calls a record: its 001 or OAI identifier, unless that is such a number itself."""
    names = (
        (delivery.record.control_number.strip(), delivery.header.identifier if delivery.header else "")
        if isinstance(delivery, DeliveredRecord)
        else ()
    )
    safe = [name for name in names if name and not find_personal_number(name)]
    return f"the record {safe[0]}" if safe else f"the record at byte {delivery.offset}"
