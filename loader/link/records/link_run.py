"""One linking of a file, from its bytes to the file with links, the proposals and the report."""

from __future__ import annotations

import csv
import io
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from loader.link.records.decision_files import KnownAnswers, read_known_answers, write_proposals
from loader.link.records.heading import LinkedHeading, LinkOutcome
from loader.link.records.link_columns import OWN_COLUMNS, own_cells
from loader.link.records.link_job import LinkEvent, LinkJob
from loader.link.records.link_report import LinkReport
from loader.link.records.linker import RULES_VERSION
from loader.link.records.marc_linking import link_marc
from loader.link.records.rdf_linking import link_rdf
from loader.link.records.sssom_output import SssomOutput
from loader.link.records.table_linking import link_table
from nbkg.decisions.decision_table import append_rows, read_decision_table, write_decision_table
from nbkg.decisions.pair_decision import Answer, Decision, run_key
from nbkg.errors import UsageError
from nbkg.rdf.compression import open_gzip, uncompressed_name
from nbkg.rdf.digests import file_digest
from nbkg.rdf.formats import is_rdf_file
from nbkg.storage.atomic_replace import sibling

_TABLES = frozenset({".csv", ".tsv", ".txt"})
_MARC_ALSO = frozenset({".xml", ".json"})
"""Suffixes of RDF formats that MARC files have as well."""
FORMS = ("csv", "marc", "rdf")
"""The forms of files that are linked."""
OUTPUTS: Mapping[str, tuple[str, ...]] = {
    "csv": ("csv", "sssom"),
    "marc": ("marc", "csv", "sssom"),
    "rdf": ("sssom", "csv"),
}
"""What each form may become; the first is the usual one."""


@dataclass(frozen=True)
class LinkFiles:
    """The files that a linking reads and writes."""

    store: Path
    decisions: Sequence[Path]
    out: Path
    proposals: Path
    output: str
    """The form of `out`: `csv`, `sssom` or `marc`."""


def find_form(file: Path) -> str:
    """Return the form of a file by the suffix of its name."""
    suffix = uncompressed_name(file).suffix.lower()
    if suffix in _TABLES:
        return "csv"
    return "rdf" if is_rdf_file(file) and suffix not in _MARC_ALSO else "marc"


def find_run(file: Path, *inputs: str) -> str:
    """Return the key of a run: the same file, register, rules and answers have the same."""
    return run_key(file_digest(file), RULES_VERSION, *inputs)


def read_answers(files: LinkFiles) -> KnownAnswers:
    """Return the answers of persons that a linking obeys. Raises DataError, and UsageError before any is lost."""
    return read_known_answers(files.decisions, files.store, files.proposals)


def link_file(job: LinkJob, form: str, files: LinkFiles, answers: KnownAnswers, report: LinkReport) -> None:
    """Link a file, and write what it becomes and the proposals; both are replaced when they are complete."""
    with ExitStack() as stack:
        output = stack.enter_context(_replaced(files.out))
        proposals = stack.enter_context(_Proposals(files.proposals, answers.of_files))
        native = output if files.output == form else None
        sink = stack.enter_context(_sink(files.output, output, job)) if native is None else _ignore
        sink([one for one in answers.of_source(job.source) if one.answer is Answer.REFUSED], None)
        for event in _read(form, job, native):
            report.add(event)
            if isinstance(event, LinkedHeading):
                sink([event.link] if event.link else [], event)
                proposals.add(event.decisions if event.outcome is LinkOutcome.PROPOSED else ())


Sink = Callable[[Sequence[Decision], LinkedHeading | None], None]
"""Takes decisions, and the heading that they are on; none where a person refused it without any heading."""


def _read(form: str, job: LinkJob, native: IO[bytes] | None) -> Iterator[LinkEvent]:
    if form == "rdf":
        return link_rdf(job)
    return link_marc(job, native) if form == "marc" else link_table(job, native)


def _ignore(_decisions: Sequence[Decision], _heading: LinkedHeading | None) -> None:
    """Take what the file itself shows already."""


@contextmanager
def _sink(output: str, stream: IO[bytes], job: LinkJob) -> Iterator[Sink]:
    if output == "sssom":
        with SssomOutput(stream, job.kind, job.source) as sssom:
            yield lambda decisions, _: sssom.add(decisions)
        return
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    writer = csv.DictWriter(text, OWN_COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    yield lambda _, heading: writer.writerow(own_cells(heading)) if heading else None
    text.flush()
    text.detach()


class _Proposals:
    """The file of proposals while it is made: proposals wait in a file of their own until all are known."""

    def __init__(self, file: Path, personal: Sequence[Decision]) -> None:
        self._file, self._personal = file, personal
        self._counts: Counter[str] = Counter()
        """How often each pair was proposed."""

    def __enter__(self) -> _Proposals:
        self._folder = tempfile.TemporaryDirectory(prefix="nbkg-proposals-")
        self._waiting = Path(self._folder.name) / "proposals.tsv"
        self._text = self._waiting.open("w", encoding="utf-8", newline="")
        write_decision_table(self._text, (), {})
        return self

    def __exit__(self, kind: type[BaseException] | None, *_error: object) -> None:
        with self._folder:
            self._text.close()
            if kind is None and (self._counts or self._personal):
                new = sibling(self._file, ".new")
                write_proposals(new, self._personal, self._with_occurrences())
                new.replace(self._file)

    def add(self, decisions: Iterable[Decision]) -> None:
        """Add proposals, each pair once."""
        for decision in decisions:
            self._counts[decision.key] += 1
            if self._counts[decision.key] == 1:
                append_rows(self._text, [decision])

    def _with_occurrences(self) -> Iterator[Decision]:
        """Yield what was proposed, with how often the heading occurs where it does so more than once."""
        with self._waiting.open("rb") as stream:
            for row in read_decision_table(stream, "").rows:
                if isinstance(row, Decision):
                    count = self._counts[row.key]
                    more = (("occurrences", str(count)),) if count > 1 else ()
                    yield replace(row, evidence=(*row.evidence, *more))


@contextmanager
def _replaced(file: Path) -> Iterator[IO[bytes]]:
    """Open a file that replaces the one of its name when the block ends well. Raises UsageError."""
    new = sibling(file, ".new")
    try:
        opener = open_gzip(new) if file.suffix == ".gz" else new.open("wb")
        with opener as stream:
            yield stream
    except OSError as error:
        raise UsageError(f"{file}: cannot be written ({error.strerror})") from error
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    new.replace(file)
