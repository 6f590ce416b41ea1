"""Records to convert, conversions of them, and what they wrote."""

from __future__ import annotations

import gzip
from pathlib import Path

import zstandard
from click.testing import CliRunner, Result

from loader.cli import nbkg
from loader.marc.conversion.job import ConversionJob
from loader.marc.profiles.profile_file import read_profile
from loader.marc.record_mapping import make_mapping
from nbkg.records.iso2709_writing import write_record
from tests.marc_oracle import simple

RECORDS = [simple(number, f"Fjord nr. {number}") for number in range(24)]
RAW = [write_record(record) for record in RECORDS]


def job(out: Path, *files: Path, format_name: str = "nq.gz", is_sorted: bool = False) -> ConversionJob:
    return ConversionJob(files, out, "test", read_profile("alma"), format_name, is_sorted)


def run(*arguments: object, standard_input: bytes | None = None) -> Result:
    return CliRunner().invoke(nbkg, ["marc", "convert", *map(str, arguments)], input=standard_input)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def lines_of(folder: Path) -> list[str]:
    found = list[str]()
    for path in sorted(folder.glob("*.nq*")):
        raw = path.read_bytes()
        if path.suffix == ".gz":
            raw = gzip.decompress(raw)
        elif path.suffix == ".zst":
            raw = zstandard.ZstdDecompressor().decompressobj().decompress(raw)
        found += raw.decode().splitlines(keepends=True)
    return found


def expected() -> list[str]:
    mapping = make_mapping("test", read_profile("alma"))
    return [line for record in RECORDS for line in mapping(record).lines]
