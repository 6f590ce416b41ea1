"""The harvest of one source: it begins a list or goes on with one, and ends with a report, whatever happens."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from loader.errors import ListExpiredError, ProviderError
from loader.harvest.harvest_report import HarvestReport
from loader.harvest.harvest_state import HarvestState, OpenList, open_state
from loader.harvest.page_intake import PageIntake
from loader.harvest.stage_delivery import StageDelivery
from loader.marc.profiles.marc_profile import MarcProfile
from loader.marc.records.record_import import FieldStripping
from loader.meter import Advance
from loader.sources.oai_pmh.oai_answer import format_moment
from loader.sources.provider.list_pages import DeletionPolicy, ListReader
from loader.sources.provider.retry_wait import Patience
from loader.sources.readers import open_reader
from loader.sources.source import Source
from nbkg.errors import ServiceError

_MOST_IDLE = 5
"""Pages in a row that bring nothing new before a list counts as endless."""


@dataclass(frozen=True)
class HarvestJob:
    """What is harvested, and how."""

    source: Source
    folder: Path
    """The folder of the store of records."""
    profile: MarcProfile | None = None
    patience: Patience = field(default_factory=Patience)
    is_full: bool = False
    """Whether a list of everything is read, and not of what changed."""
    deletion_share: float | None = None
    """Takes the place of the share that the description has."""
    batch_bytes: int = 1 << 26
    """How much is read before it becomes a delivery of its own."""


def harvest_source(job: HarvestJob, advance: Advance = id) -> HarvestReport:
    """Harvest a source and return what happened; errors of the provider are in the report, with their exit code.

    Raises CuratedError for a source that is not harvested, StoreUnavailableError where another harvest of it runs, and
    DamagedFileError where a file of the store is damaged.
    """
    reader = open_reader(job.source, job.patience)
    try:
        with open_state(job.folder, job.source.key) as state:
            report = _HarvestRun(job, state, reader).run(advance)
            with state.transaction():
                state.set_fact("last", report.to_json())
            return report
    finally:
        reader.close()


class _HarvestRun:
    """One run."""

    def __init__(self, job: HarvestJob, state: HarvestState, reader: ListReader) -> None:
        self._job, self._state, self._reader = job, state, reader
        self._report = HarvestReport(job.source.key)
        self._delivery = StageDelivery(state, job.folder, job.source.key, job.patience.now)
        self._stripping = FieldStripping(job.profile)
        self._intake = PageIntake(state, self._report, self._stripping, job.source.harvest.set_name)
        self._run_date = format_moment(job.patience.now())
        self._may_begin_again = True
        self._is_described_anew = False
        """Whether other records are meant than before, so that a provider cannot name those that are no longer."""

    def run(self, advance: Advance) -> HarvestReport:
        self._report.add(self._delivery.recover())
        try:
            current = self._read(self._open_list(), advance)
            self._finish(current)
        except (ProviderError, ServiceError) as error:
            self._report.problem, self._report.exit_code = str(error), error.exit_code
            self._report.add(self._delivery.run())
            self._report.outcome = self._interrupted()
        for tag, number in sorted(self._stripping.fields.items()):
            self._report.note(f"fields {tag} about copies were taken out before storing: {number:,}")
        self._report.known, self._report.live = self._state.stage.count()
        self._report.following = self._state.fact("since") or ""
        return self._report

    def _interrupted(self) -> str:
        """Return what became of a list that could not be read to its end; one of which nothing came is forgotten."""
        current = self._state.open_list()
        if current and current.pages:
            return "interrupted"
        self._forget_list()
        return "incomplete" if self._report.pages else "failed"

    def _forget_list(self) -> None:
        with self._state.transaction():
            self._state.set_list(None)

    def _open_list(self) -> OpenList:
        """Return the list that a run before could not read to its end, or begin one."""
        plan = self._job.source.harvest.question(self._job.source.address)
        current, before = self._state.open_list(), self._state.fact("plan")
        if before == plan and current and not self._job.is_full:
            return current
        with self._state.transaction():
            self._state.set_fact("plan", plan)
            if before not in {None, plan}:
                self._report.note("the source is described in another way than before: everything is read")
                self._state.set_fact("since", None)
                self._is_described_anew = True
        return self._begin(self._state.fact("since") or "")

    def _begin(self, since: str, before: OpenList | None = None) -> OpenList:
        """Begin a list, or begin it again, with everything that it has brought kept."""
        start = self._reader.start("" if self._job.is_full else since)
        for note in start.notes:
            self._report.note(note)
        cursor_since = since if start.is_increment else ""
        number, first = (self._state.fact("lists") or 0) + 1, OpenList(0, "", {}, "")
        if before:
            number, first = before.number, before
        current = replace(
            first,
            number=number,
            since=cursor_since,
            cursor=start.cursor,
            deletions=(DeletionPolicy.TRANSIENT if self._is_described_anew else start.deletions).value,
            attempt=first.attempt + 1 if before else 1,
            idle=0,
            size=None,
        )
        with self._state.transaction():
            self._state.begin_list(current)
        return current

    def _read(self, current: OpenList, advance: Advance) -> OpenList:
        """Read the pages that are left of a list. Raises the errors of the reader."""
        while not current.is_at_end:
            try:
                page = self._reader.read(current.cursor)
            except ListExpiredError as error:
                current = self._begin_again(current, error)
                continue
            current = self._intake.take(page, current, self._run_date)
            advance(len(page.items))
            self._check_progress(current)
            if self._state.stage.size() >= self._job.batch_bytes:
                self._report.add(self._delivery.run())
        return current

    def _begin_again(self, current: OpenList, error: ListExpiredError) -> OpenList:
        """Begin an expired list again, once in a run. Raises the error where that was tried already."""
        if not self._may_begin_again:
            self._forget_list()
            raise ProviderError(
                f"{error}; the list was begun again once, and must be read from its beginning"
            ) from error
        self._may_begin_again = False
        self._report.note(f"the list had to be begun again: {error.problem}")
        return self._begin(current.since, current)

    def _check_progress(self, current: OpenList) -> None:
        """Raise ProviderError for a list that goes in circles: it would never end."""
        if current.idle >= _MOST_IDLE and not current.is_at_end:
            self._forget_list()
            problem = (
                f"the list goes in circles: after page {current.pages}, its pages bring what came before, or nothing"
            )
            raise ProviderError(f"{problem}; it must be read from its beginning")

    def _finish(self, current: OpenList) -> None:
        """End a list: deliver what it brought, delete what a complete one lacks, and keep from when to ask next."""
        brought = self._state.count_listed() + current.unnamed
        if current.is_size_exact and current.size is not None and brought < current.size:
            self._report.add(self._delivery.run())
            self._forget_list()
            self._report.outcome = "incomplete"
            raise ProviderError(
                f"the list brought {brought:,} of {current.size:,} records: some are in none of its pages"
            )
        problem = "" if current.since else self._delete_missing(current, brought)
        self._report.add(self._delivery.run())
        with self._state.transaction():
            if current.response_date:
                self._state.set_fact("since", self._following(current.response_date))
            else:
                self._report.note("the provider does not say when it answered: the next harvest asks as this one did")
            self._state.set_list(None)
        self._report.outcome = "changes" if current.since else "complete"
        self._report.problem, self._report.exit_code = problem, int(bool(problem))

    def _following(self, response_date: str) -> str:
        """Return from when the next harvest asks: not from the future, where a provider's clock is days ahead."""
        if response_date <= format_moment(self._job.patience.now() + timedelta(days=1)):
            return response_date
        self._report.note(
            f"the provider's clock is ahead ({response_date}): the next harvest asks from the time of the run"
        )
        return self._run_date

    def _delete_missing(self, current: OpenList, brought: int) -> str:
        """Delete what a list of everything has not brought; return why that was not done where it should have been."""
        missing, live = self._state.stage.count_missing()
        share = (
            self._job.source.harvest.deletion_share if self._job.deletion_share is None else self._job.deletion_share
        )
        if not missing:
            return ""
        what = f"{missing:,} of {live:,} items that are held are not in the complete list"
        if current.deletions == DeletionPolicy.PERSISTENT:
            self._report.note(f"{what}, though the provider says that it names what it deletes: they stay")
        elif current.unnamed or (current.size or 0) > brought:
            self._report.note(f"{what}, which has fewer or unnamed items: they stay")
        elif missing > share * live:
            return (
                f"{what}: that is more than the share of {share:g} that may be deleted, and all stay; "
                f"if it is right, harvest with --full --deletion-share {min(1.0, missing / live + 0.005):.2f}"
            )
        else:
            self._report.note(f"{what}: deleted, or no longer in the set")
            with self._state.transaction():
                self._state.stage.add_missing()
        return ""
