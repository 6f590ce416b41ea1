"""Reading MARC records: this project beside pymarc, and mrrc where it is installed, in every form."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pymarc
from rich.console import Console
from rich.table import Table

from loader.marc.reading.marc_file import read_marc_file
from nbkg.errors import UnwritableError
from nbkg.records import iso2709_writing, marc_in_json, marcxml
from nbkg.records.form import Form
from nbkg.records.record import DeliveredRecord, MarcRecord

_ROUNDS = 3
_MOST = 20_000
"""Records of the file that are read."""


def run(file: Path, console: Console) -> None:
    """Print how many records of a file each reader reads in a second of processor time: the best of three rounds."""
    with TemporaryDirectory() as folder:
        files = _write(file, Path(folder))
        table = Table("form", "records", "nbkg", "pymarc", "mrrc", title=f"Records a second of one core, {file.name}")
        for form, (written, number) in files.items():
            rates = [_rate(read, written, number) for read in (_read, _PYMARC[form], _MRRC.get(form))]
            table.add_row(form.value, f"{number:,}", *rates)
        console.print(table)


def _write(file: Path, folder: Path) -> dict[Form, tuple[Path, int]]:
    """Write the first records of a file in each form, and return the files with the number of records in each."""
    deliveries = islice(read_marc_file(file), _MOST)
    records = [each.record for each in deliveries if isinstance(each, DeliveredRecord)]
    parts = {
        Form.ISO2709: list(_written(iso2709_writing.write_record, records)),
        Form.MARCXML: list(_written(marcxml.write_record, records)),
        Form.MARC_JSON: list(_written(marc_in_json.write_record, records)),
    }
    contents = {
        Form.ISO2709: b"".join(parts[Form.ISO2709]),
        Form.MARCXML: b"<collection>\n" + b"".join(parts[Form.MARCXML]) + b"</collection>",
        Form.MARC_JSON: b"[\n" + b",\n".join(parts[Form.MARC_JSON]) + b"\n]",
    }
    for form, content in contents.items():
        (folder / form.value).write_bytes(content)
    return {form: (folder / form.value, len(parts[form])) for form in Form}


def _written(write: Callable[[MarcRecord], bytes], records: list[MarcRecord]) -> Iterator[bytes]:
    """Yield records in a form, without those that it cannot hold."""
    for record in records:
        try:
            yield write(record)
        except UnwritableError:
            continue


def _rate(read: Callable[[Path], int] | None, file: Path, number: int) -> str:
    if read is None:
        return ""
    best = float("inf")
    for _ in range(_ROUNDS):
        begin = time.process_time()
        count = read(file)
        best = min(best, time.process_time() - begin)
        if count != number:
            return f"{count:,} records only"
    return f"{number / best:,.0f}"


def _read(file: Path) -> int:
    return sum(1 for _ in read_marc_file(file))


def _read_pymarc(file: Path) -> int:
    with file.open("rb") as stream:
        return sum(1 for record in pymarc.MARCReader(stream) if record)


def _read_pymarc_xml(file: Path) -> int:
    records: list[None] = []
    pymarc.map_xml(lambda _record: records.append(None), str(file))  # type: ignore[no-untyped-call]  # pymarc
    return len(records)


def _read_pymarc_json(file: Path) -> int:
    return len(list(pymarc.JSONReader(file.read_text(encoding="utf-8"))))


def _read_mrrc(file: Path) -> int:
    """Read with mrrc, and take the subfields of all fields out of Rust, where other readers have them by then."""
    count = 0
    for record in import_module("mrrc").MARCReader(str(file)):
        count += 1
        for field in record.fields():
            if not field.is_control_field():
                field.subfields()
    return count


def _has_mrrc() -> bool:
    try:
        import_module("mrrc")
    except ImportError:
        return False
    return True


_PYMARC = {Form.ISO2709: _read_pymarc, Form.MARCXML: _read_pymarc_xml, Form.MARC_JSON: _read_pymarc_json}
_MRRC = {Form.ISO2709: _read_mrrc} if _has_mrrc() else {}
