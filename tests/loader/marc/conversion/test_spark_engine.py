"""`nbkg marc convert --engine spark`: the same bytes as without it."""

from __future__ import annotations

import gzip
import os
import shutil
import sys
import warnings
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest

from loader.marc.conversion import file_pieces
from loader.marc.conversion.convert import convert
from loader.marc.conversion.job import ConversionJob
from loader.marc.conversion.local_engine import LocalEngine
from loader.marc.conversion.spark_engine import SparkEngine
from loader.marc.profiles.profile_file import read_profile
from nbkg.errors import UsageError
from nbkg.records.iso2709_writing import write_record
from tests.marc_oracle import simple

RAW = [write_record(simple(number)) for number in range(12)]


def _job(out: Path, files: Sequence[Path]) -> ConversionJob:
    return ConversionJob(tuple(files), out, "test", read_profile("alma"))


@pytest.mark.slow
def test_spark_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = "" if find_spec("pyspark") and shutil.which("java") else "PySpark or Java"
    if missing and "spark" in os.environ.get("NBKG_REQUIRE", "").split(","):
        pytest.fail(f"{missing} is not there, but NBKG_REQUIRE names spark")
    if missing:
        pytest.skip(f"{missing} is not there; name spark in NBKG_REQUIRE to make this a failure")
    monkeypatch.setattr(file_pieces, "_SMALLEST", 700)
    files = [tmp_path / "poster.mrc", tmp_path / "flere.mrc.gz"]
    files[0].write_bytes(b"".join(RAW[:5]) + RAW[5][:60] + b"".join(RAW[6:]))
    files[1].write_bytes(gzip.compress(b"".join(RAW)))
    whole = convert(_job(tmp_path / "lokalt", files), LocalEngine(1))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of PySpark are not ours
        assert convert(_job(tmp_path / "spark", files), SparkEngine("local[2]")).outcome == whole.outcome
    assert whole.outcome[:3] == (23, 0, 1)
    assert len(whole.files) > 3
    assert _contents(tmp_path / "spark") == _contents(tmp_path / "lokalt")


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_spark_refuses_standard_input(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="standard input"):
        convert(_job(tmp_path, [Path("-")]), SparkEngine())


def test_without_pyspark_spark_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pyspark", "pyspark.sql"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(UsageError, match=r"nbkg\[spark\]"):
        convert(_job(tmp_path, []), SparkEngine())
