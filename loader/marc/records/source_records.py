"""The records of the sources that a build reads, in the store of records."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from loader.marc.profiles.marc_profile import MarcProfile
from loader.marc.profiles.source_profile import profile_of
from loader.marc.reading.marc_file import read_marc_file
from loader.marc.records.record_import import ImportReport, RecordImport, import_records, stored_bytes
from loader.namespaces import DCTERMS
from loader.sources.project import ProjectData
from loader.sources.source import Source
from nbkg.errors import UsageError
from nbkg.records.record import DeliveredRecord
from nbkg.records.store.record_store import RecordStore, open_records

KIND = "marc"


def import_source_records(project: ProjectData, folder: Path) -> Iterator[tuple[Source, ImportReport]]:
    """Import the file of each source of MARC records as a delivery of the day it was issued, and yield what it did.

    A source whose records are stored as they are in its file is passed over, and so is one that is no file.

    Raises what `import_records` raises, and CuratedError for a source without dcterms:issued.
    """
    for source in project.sources_of(KIND):
        if source.opener != "file":
            continue
        profile = profile_of(source, project)
        file = Path(source.address)
        if _is_stored(source.key, file, profile, folder):
            continue
        issued = project.described.value(source.iri, DCTERMS.issued)
        if issued is None:
            raise source.error("its records are not stored without a date of delivery; add dcterms:issued")
        yield source, import_records(RecordImport(folder, source.key, (file,), str(issued), profile=profile))


def _is_stored(key: str, file: Path, profile: MarcProfile, folder: Path) -> bool:
    """Return whether each record of a file is the newest version of a record in the store."""
    try:
        with open_records(folder, key) as store:
            items = (item for item in read_marc_file(file) if isinstance(item, DeliveredRecord))
            return all(_is_newest(stored_bytes(item, profile), store) for item in items)
    except UsageError:  # there is no record of the source yet
        return False


def _is_newest(raw: bytes, store: RecordStore) -> bool:
    records = store.find_records(f"sha256:{sha256(raw).hexdigest()}")
    return any(stored and stored.raw == raw for stored in map(store.read, records))
