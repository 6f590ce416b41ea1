"""What was read of a list becomes a delivery in the store of records: once, also where a run is killed in between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from loader.harvest.harvest_state import HarvestState
from loader.harvest.item_stage import StagedItem
from loader.sources.oai_pmh.oai_answer import format_moment
from nbkg.errors import UsageError
from nbkg.records.store.deliveries import Delivery, DeliveryWriter, deliver
from nbkg.records.store.entries import RecordNames
from nbkg.records.store.record_folder import open_for_writing
from nbkg.records.store.record_store import open_records


class StageDelivery:
    """Delivers what waits in the state of a source's harvest."""

    def __init__(self, state: HarvestState, folder: Path, source: str, now: Callable[[], datetime]) -> None:
        self._state, self._folder, self._source, self._now = state, folder, source, now

    def recover(self) -> Delivery | None:
        """Complete the delivery that a run was killed in; return it, or None where there was none.

        Its name was written down before it began. Where the store has a delivery of that name, only the note of it is
        missing; else it is made again from what waits.
        """
        noted = self._state.fact("delivering")
        if noted is None:
            return None
        with open_for_writing(self._folder, self._source):
            pass  # which brings the index up to date with a delivery whose last block is on disk
        done = [delivery for delivery in self._deliveries() if delivery.harvest == noted["harvest"]]
        return self._note(done[-1]) if done else self._deliver(noted["harvest"], noted["delivered"])

    def run(self) -> Delivery | None:
        """Deliver what waits; None where nothing does."""
        if not self._state.stage.size():
            return None
        delivered = self._delivered()
        number = (self._state.fact("deliveries") or 0) + 1
        name = f"{delivered}/{number}"
        with self._state.transaction():
            self._state.set_fact("deliveries", number)
            self._state.set_fact("delivering", {"harvest": name, "delivered": delivered})
        return self._deliver(name, delivered)

    def _deliver(self, name: str, delivered: str) -> Delivery:
        with deliver(self._folder, self._source, delivered) as writer:
            writer.note_harvest(name)
            for item in self._state.stage.iter_items():
                self._append(writer, item)
        return self._note(writer.delivery)

    def _note(self, delivery: Delivery) -> Delivery:
        with self._state.transaction():
            self._state.stage.set_delivered()
            self._state.set_fact("delivering", None)
        return delivery

    def _append(self, writer: DeliveryWriter, item: StagedItem) -> None:
        """Append the records of an item, and delete those that it had before and has no more."""
        oai = item.key if item.is_oai else ""
        for record in item.records:
            writer.append(record.form, record.raw, record.names, is_deleted=record.is_deleted)
        if item.is_deleted and oai:
            writer.delete(RecordNames(oai=oai))
            return
        known = self._state.stage.held(item.key)
        for number, agency in known.parts if known else ():
            if (number, agency) not in item.parts:
                writer.delete(RecordNames(number, agency, oai))

    def _delivered(self) -> str:
        """Return the time of the delivery: when the provider answered, but not before the delivery before."""
        current = self._state.open_list()
        moment = (current and current.response_date) or format_moment(self._now())
        last = next((delivery.delivered for delivery in reversed(self._deliveries())), "")
        return last if last[: len(moment)] > moment else moment

    def _deliveries(self) -> list[Delivery]:
        try:
            with open_records(self._folder, self._source) as store:
                return store.deliveries
        except UsageError:  # nothing was delivered yet
            return []
