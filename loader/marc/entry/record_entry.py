"""`nbkg marc ingest`: records are verified, and those that pass become one delivery of their source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from loader.marc.entry.entry_answer import (
    EntryAnswer,
    EntryRemark,
    EntryStatus,
    refusal,
    remarks_of,
)
from loader.marc.entry.entry_candidates import (
    CandidateSearch,
    EntryCandidate,
    StoredCandidates,
    candidate_keys,
    entry_id,
)
from loader.marc.profiles.marc_profile import MarcProfile
from loader.marc.reading.declared_characters import in_declared_set
from loader.marc.reading.deliveries import DamagedRecord
from loader.marc.reading.marc_file import read_marc_file
from loader.marc.reading.refused_records import refuse_personal_data
from loader.marc.record_mapping import make_mapping
from loader.marc.record_validation import RecordFinding, RecordRules
from loader.marc.records.record_import import record_names, stored_bytes
from nbkg.errors import UnwritableError
from nbkg.records.form import Form
from nbkg.records.record import DeliveredRecord, MarcField, MarcRecord
from nbkg.records.store.deliveries import deliver
from nbkg.records.store.edited_record import edited_bytes
from nbkg.records.store.editing import NewEdit, add_edits
from nbkg.records.store.edits import EditProvenance, FieldPatch, PatchAction
from nbkg.records.store.record_store import RecordStore, open_records

_NAMES = frozenset({"100", "110", "111", "700", "710", "711"})
_DELETED = {
    "nb": "Posten sier selv at den er slettet (leader/05). Slettinger meldes med en leveranse.",
    "nn": "Posten seier sjølv at han er sletta (leader/05). Slettingar vert melde med ein leveranse.",
    "en": "The record says itself that it is deleted (leader/05). Deletions come with a delivery.",
}
_UNREADABLE = {
    "nb": "Posten kan ikke tas imot",
    "nn": "Posten kan ikkje takast imot",
    "en": "The record cannot be taken in",
}


@dataclass(frozen=True)
class RecordEntry:
    """What is to be taken in: the files of a source, into the store of records in a folder."""

    folder: Path
    source: str
    files: tuple[Path, ...]
    delivered: str
    """When the source sent them: a date, or a time with a zone."""
    profile: MarcProfile


@dataclass(frozen=True)
class _Verified:
    answer: EntryAnswer
    delivered: DeliveredRecord | None = None
    raw: bytes = b""


def enter_records(entry: RecordEntry, search: CandidateSearch | None = None) -> list[EntryAnswer]:
    """Return the answer for each record; those that are accepted are stored as one delivery, with their ids.

    `search` finds what a record may be already; without one the records of the store are compared by numbers, and by
    ISBN with the title. Raises UsageError for a file that cannot be opened, DataError for one that is no MARC file.
    """
    verifier = _Verifier(entry, search or StoredCandidates(entry.folder))
    verified = [each for file in entry.files for each in verifier.verify(file)]
    accepted = [each for each in verified if each.answer.status is EntryStatus.ACCEPTED]
    stored = iter(_store(entry, accepted) if accepted else [])
    return [next(stored) if each.answer.status is EntryStatus.ACCEPTED else each.answer for each in verified]


def returned_records(folder: Path, source: str, answers: Sequence[EntryAnswer]) -> Iterator[bytes]:
    """Yield the accepted records as they are given back, in MARCXML: with their ids in 035, and all edits."""
    numbers = [int(each.id.rpartition("-")[2]) for each in answers if each.id]
    if numbers:
        with open_records(folder, source) as store:
            for number in numbers:
                if stored := store.read(number):
                    yield edited_bytes(stored, store.edits(number), Form.MARCXML)


class _Verifier:
    """Verifies records one after another; one that was accepted is a candidate for those behind it."""

    def __init__(self, entry: RecordEntry, search: CandidateSearch) -> None:
        self._entry, self._search, self._rules = entry, search, RecordRules()
        self._map_record = make_mapping(entry.source, entry.profile)
        self._before: dict[str, str] = {}
        """The keys of the records that were accepted, and what those are called."""

    def verify(self, file: Path) -> Iterator[_Verified]:
        deliveries = in_declared_set(read_marc_file(file), self._entry.profile.character_set)
        for each in refuse_personal_data(deliveries):
            if isinstance(each, DeliveredRecord):
                yield self._verify(each)
            elif isinstance(each, DamagedRecord):
                yield _Verified(_refused(f"{file}: byte {each.offset}", _unreadable(each.reason)))

    def _verify(self, delivered: DeliveredRecord) -> _Verified:
        record, title = delivered.record, record_title(delivered.record, delivered.offset)
        if record.is_deleted:
            return _Verified(_refused(title, refusal(_DELETED)))
        try:
            raw = stored_bytes(delivered, self._entry.profile)
        except UnwritableError as error:
            return _Verified(_refused(title, _unreadable(f"its fields about copies cannot be cut: {error.problem}")))
        findings = self._rules.check(self._map_record(record).lines)
        candidates = self._candidates(record)
        status = _status(findings, candidates)
        if status is EntryStatus.ACCEPTED:
            self._remember(record, title)
        return _Verified(self._answer(record, title, status, candidates, findings), delivered, raw)

    def _answer(
        self,
        record: MarcRecord,
        title: str,
        status: EntryStatus,
        candidates: Sequence[EntryCandidate],
        findings: Sequence[RecordFinding],
    ) -> EntryAnswer:
        headings = [field for field in record.fields if field.tag in _NAMES]
        item_fields = self._entry.profile.item_fields
        return EntryAnswer(
            title,
            status,
            remarks=remarks_of(findings),
            candidates=tuple(candidates),
            stripped=tuple(field.tag for field in record.fields if field.tag in item_fields),
            headings=len(headings),
            with_number=sum(bool(field.values("01")) for field in headings),
        )

    def _candidates(self, record: MarcRecord) -> list[EntryCandidate]:
        """Return the records that this one may be; an earlier version of itself is none."""
        assigner = self._entry.profile.assigner
        names = record_names(record, assigner=assigner)
        own = {names.control_number, f"({names.agency}){names.control_number}"} if names.control_number else set()
        others = [
            one for one in self._search(record, assigner) if one.source != self._entry.source or one.title not in own
        ]
        return others + self._earlier(record)

    def _earlier(self, record: MarcRecord) -> list[EntryCandidate]:
        """Return the record before this one in the delivery that it may be."""
        shared = {key: reason for key, reason in self._keys(record).items() if key in self._before}
        titles = [self._before[key] for key in shared]
        return [EntryCandidate(self._entry.source, 0, titles[0], tuple(shared.values()))] if shared else []

    def _remember(self, record: MarcRecord, title: str) -> None:
        self._before |= dict.fromkeys(self._keys(record), title)

    def _keys(self, record: MarcRecord) -> dict[str, str]:
        number = record.control_number.strip()
        own = {f"001 {number}": f"001 {number} in the same delivery"} if number else {}
        return candidate_keys(record, self._entry.profile.assigner) | own


def _status(findings: Sequence[RecordFinding], candidates: Sequence[EntryCandidate]) -> EntryStatus:
    if any(each.is_error for each in findings):
        return EntryStatus.REFUSED
    return EntryStatus.DUPLICATE if candidates else EntryStatus.ACCEPTED


def _unreadable(reason: str) -> EntryRemark:
    return refusal({language: f"{text}: {reason}" for language, text in _UNREADABLE.items()})


def _refused(record: str, remark: EntryRemark) -> EntryAnswer:
    return EntryAnswer(record, EntryStatus.REFUSED, remarks=(remark,))


def record_title(record: MarcRecord, offset: int) -> str:
    """Return what an answer calls a record: its 001, or where it stands."""
    return record.control_number.strip() or f"byte {offset}"


def _store(entry: RecordEntry, accepted: Sequence[_Verified]) -> Iterator[EntryAnswer]:
    """Store the records as one delivery, give those that have no id one, and yield the answers."""
    outcomes = []
    with deliver(entry.folder, entry.source, entry.delivered, character_set=entry.profile.character_set) as writer:
        for each in accepted:
            if each.delivered:
                names = record_names(each.delivered.record, assigner=entry.profile.assigner)
                outcomes.append(writer.append(each.delivered.form, each.raw, names))
    with open_records(entry.folder, entry.source) as store:
        numbers = [_number_of(store, each) for each in accepted]
        missing = [number for number in dict.fromkeys(numbers) if not _has_id(store, entry.source, number)]
        names_of = {number: _name_of(store, number) for number in missing}
    why = EditProvenance("nbkg marc ingest", entry.delivered, "the id of the record in the store")
    edits = [NewEdit(names_of[number], (_id_patch(entry.source, number),), why) for number in missing]
    add_edits(entry.folder, entry.source, edits)
    for each, number, outcome in zip(accepted, numbers, outcomes, strict=True):
        yield replace(each.answer, id=entry_id(entry.source, number), outcome=outcome.value)


def _number_of(store: RecordStore, each: _Verified) -> int:
    """Return the number of a record that was just stored: of several with its names the one with its bytes."""
    return store.find_records(f"sha256:{sha256(each.raw).hexdigest()}")[-1]


def _name_of(store: RecordStore, number: int) -> str:
    stored = store.versions(number)[-1]
    return f"sha256:{sha256(stored.raw).hexdigest()}"


def _has_id(store: RecordStore, source: str, number: int) -> bool:
    """Return whether a record has its id, in the record itself or by an edit."""
    identifier = entry_id(source, number)
    stored = store.versions(number)[-1]
    edited = [patch.new for edit in store.edits(number) for patch in edit.patches if not edit.withdrawal]
    fields = [*stored.parse().fields, *(new for new in edited if isinstance(new, MarcField))]
    return any(identifier in field.values("a") for field in fields if field.tag == "035")


def _id_patch(source: str, number: int) -> FieldPatch:
    field = MarcField("035", "  ", (("a", entry_id(source, number)),))
    return FieldPatch(PatchAction.ADD, "035", new=field)
