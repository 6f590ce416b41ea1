"""Linking the headings of a MARC file, which comes back as it was but for the subfields that were added."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO

from loader.link.records.heading import LinkedHeading, LinkOutcome
from loader.link.records.link_job import Damage, LinkEvent, LinkJob
from loader.link.records.marc_copy import MarcCopy
from loader.link.records.marc_headings import link_subfields, marc_headings
from loader.marc.quarantine import Quarantine
from loader.marc.reading.deliveries import DamagedRecord, Delivery
from loader.marc.reading.marc_file import open_marc_file, read_marc_file
from nbkg.errors import UnwritableError
from nbkg.records.record import DeliveredRecord
from nbkg.records.subfield_addition import add_subfields


def link_marc(job: LinkJob, output: IO[bytes] | None) -> Iterator[LinkEvent]:
    """Yield what becomes of each heading, and write the file with the links to `output`, where there is one.

    Raises DataError for a file that is no MARC file.
    """
    with ExitStack() as stack:
        quarantine = stack.enter_context(Quarantine(job.quarantine)) if job.quarantine else None
        copy = stack.enter_context(_open_copy(job.file, output)) if output else None
        for delivery in read_marc_file(job.file, job.advance):
            yield from _link_delivery(delivery, job, copy)
            if isinstance(delivery, DamagedRecord) and quarantine:
                quarantine.add(job.file, delivery)
        if copy:
            copy.finish()


@contextmanager
def _open_copy(file: Path, output: IO[bytes]) -> Iterator[MarcCopy]:
    with open_marc_file(file) as content:
        yield MarcCopy(content.stream, output)


def _link_delivery(delivery: Delivery, job: LinkJob, copy: MarcCopy | None) -> Iterator[LinkEvent]:
    if isinstance(delivery, DamagedRecord):
        yield Damage(f"byte {delivery.offset}", delivery.reason)
    elif isinstance(delivery, DeliveredRecord):
        linked = [job.link(heading) for heading in marc_headings(delivery.record, job)]
        yield from _written(delivery, linked, copy) if copy else linked


def _written(delivered: DeliveredRecord, linked: list[LinkedHeading], copy: MarcCopy) -> list[LinkedHeading]:
    """Write a record with its links, and return the headings: those that cannot be written are not linked."""
    fields = delivered.record.fields
    additions = {
        one.heading.position: link_subfields(fields[one.heading.position], one.link.members[-1])
        for one in linked
        if one.link
    }
    if not additions:
        return linked
    try:
        copy.replace(delivered, add_subfields(delivered.form, delivered.raw, delivered.record, additions))
    except UnwritableError:
        return [replace(one, outcome=LinkOutcome.UNWRITABLE) if one.link else one for one in linked]
    return linked
