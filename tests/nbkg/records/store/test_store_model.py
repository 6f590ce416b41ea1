"""The store behaves as a dictionary of histories, whatever is delivered, fails, or is lost of its index."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from nbkg.errors import UsageError
from nbkg.records.form import Form
from nbkg.records.store.deliveries import deliver
from nbkg.records.store.entries import RecordNames
from nbkg.records.store.record_store import open_records

MEMORY = Path("/dev/shm")  # noqa: S108  # its own folder is made in it: thousands of syncs of a disk prove nothing
NUMBERS = st.sampled_from(["1", "2", "3", "4", "5"])
AGENCIES = st.sampled_from(["", "NO-TrBIB"])
CHANGES = st.one_of(
    st.tuples(NUMBERS, AGENCIES, st.binary(max_size=3), st.booleans()),
    st.tuples(NUMBERS, AGENCIES, st.none(), st.just(True)),
)
History = list[tuple[int, bytes | None, bool]]


class RecordStoreMachine(RuleBasedStateMachine):
    """Delivers to a store and to a dictionary: name → versions (delivery, bytes, whether deleted), in order."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
        self.histories: dict[tuple[str, str], History] = {}
        self.deliveries = 0

    @initialize(changes=st.lists(CHANGES, max_size=5))
    def begin(self, changes: list[tuple[str, str, bytes | None, bool]]) -> None:
        self.deliver(changes, is_complete=False)

    @rule(changes=st.lists(CHANGES, max_size=8), is_complete=st.booleans())
    def deliver(self, changes: list[tuple[str, str, bytes | None, bool]], *, is_complete: bool) -> None:
        is_complete = is_complete and bool(changes)
        self.deliveries += 1
        with deliver(self.folder, "nb", "2025-01-01", is_complete=is_complete) as delivery:
            for number, agency, raw, is_deleted in changes:
                names = RecordNames(number, agency)
                self._expect((number, agency), raw, is_deleted=is_deleted)
                if raw is None:
                    delivery.delete(names)
                else:
                    delivery.begin_file()  # so that a second record with the number is a newer version
                    delivery.append(Form.MARCXML, self._bytes(names, raw), names, is_deleted=is_deleted)
        if is_complete:
            for key in set(self.histories) - {(number, agency) for number, agency, _raw, _deleted in changes}:
                self._expect(key, None, is_deleted=True)

    @rule(changes=st.lists(CHANGES, max_size=8))
    def fail(self, changes: list[tuple[str, str, bytes | None, bool]]) -> None:
        with suppress(UsageError), deliver(self.folder, "nb", "2025-01-01") as delivery:
            for number, agency, raw, is_deleted in changes:
                names = RecordNames(number, agency)
                delivery.append(Form.MARCXML, self._bytes(names, raw or b"x"), names, is_deleted=is_deleted)
            delivery.delete(RecordNames())  # which has no name

    @rule()
    def lose_the_index(self) -> None:
        (self.folder / "nb" / "index.sqlite").unlink()

    @rule(noise=st.binary(min_size=1, max_size=40))
    def leave_half_a_block(self, noise: bytes) -> None:
        with (self.folder / "nb" / "records.log").open("ab") as stream:
            stream.write(noise)
        with deliver(self.folder, "nb", "2025-01-01"):
            self.deliveries += 1

    @invariant()
    def every_state_is_that_of_the_dictionary(self) -> None:
        if not self.deliveries:
            return
        with open_records(self.folder, "nb") as store:
            assert len(store.deliveries) == self.deliveries
            for as_of in range(self.deliveries + 1):
                current = [(record.names[:2], record.raw) for record in store.iter_records(as_of)]
                expected = [(key, self._bytes(RecordNames(*key), raw)) for key, raw in self._current(as_of)]
                assert sorted(current) == sorted(expected)
            order = [record.record for record in store.iter_records()]
            assert order == sorted(order)
            for (number, agency), history in self.histories.items():
                name = f"({agency}){number}" if agency else number
                records = [store.versions(record) for record in store.find_records(name)]
                (versions,) = [versions for versions in records if versions[0].names.agency == agency]
                assert [(each.delivery, each.is_deleted) for each in versions] == [row[::2] for row in history]

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def _expect(self, key: tuple[str, str], raw: bytes | None, *, is_deleted: bool) -> None:
        history = self.histories.setdefault(key, [])
        is_same = history and (history[-1][2] if raw is None else history[-1][1:] == (raw, is_deleted))
        if not is_same:
            history.append((self.deliveries, raw, is_deleted))

    def _current(self, as_of: int) -> list[tuple[tuple[str, str], bytes]]:
        newest = {
            key: [row for row in history if row[0] <= as_of][-1]
            for key, history in self.histories.items()
            if history[0][0] <= as_of
        }
        return [
            (key, raw) for key, (_delivery, raw, is_deleted) in newest.items() if not is_deleted and raw is not None
        ]

    @staticmethod
    def _bytes(names: RecordNames, raw: bytes) -> bytes:
        """Return what a record would be: its number is in its bytes, as in every real record."""
        return f"{names.control_number}/{names.agency}/".encode() + raw


RecordStoreMachine.TestCase.settings = settings(max_examples=25, stateful_step_count=12, deadline=None)
TestRecordStore = RecordStoreMachine.TestCase
