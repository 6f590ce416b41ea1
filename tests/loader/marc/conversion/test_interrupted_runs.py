"""What a conversion that ended early leaves, and how the next one goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from loader.marc.conversion import file_pieces, part_files, piece_converter
from loader.marc.conversion.conversion_engine import DonePiece, FileError
from loader.marc.conversion.convert import Conversion, convert
from loader.marc.conversion.job import ConversionJob
from loader.marc.conversion.local_engine import LocalEngine
from loader.marc.profiles.profile_file import read_profile
from nbkg.errors import NbkgError, UsageError
from tests.loader.marc.conversion.conversion_runs import RAW, contents, job


class _Stopping:
    """An engine that fails after so many pieces, and counts those that it converted."""

    def __init__(self, pieces_before: float) -> None:
        self.left = pieces_before
        self.fresh = 0

    def run(self, job: ConversionJob, files: Sequence[int]) -> Iterator[DonePiece | FileError]:
        for each in LocalEngine(1).run(job, files):
            if not self.left:
                raise NbkgError("the power went")
            self.left -= 1
            yield each


def test_a_run_that_ended_early_goes_on_where_it_was(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    convert(job(tmp_path / "uten avbrudd", file), LocalEngine(1))
    work = job(tmp_path / "ut", file)
    with pytest.raises(NbkgError, match="power"):
        convert(work, _Stopping(2))
    assert not (tmp_path / "ut" / "conversion.json").exists()
    converted = list[str]()
    original = part_files.write_outcome

    def write_outcome(*arguments: object) -> None:
        converted.append(arguments[1].name)  # type: ignore[attr-defined]
        original(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(piece_converter, "write_outcome", write_outcome)
    conversion = convert(work, LocalEngine(1))
    assert "001-00001" not in converted
    assert "001-00002" not in converted
    assert len(converted) == len(conversion.files) - 3
    assert {**contents(tmp_path / "ut")} == contents(tmp_path / "uten avbrudd")


def test_a_complete_conversion_is_not_made_again(file: Path, tmp_path: Path) -> None:
    work = job(tmp_path / "ut", file)
    first = convert(work, LocalEngine(1))
    again = convert(work, _Stopping(0))
    assert not again.is_new
    assert (again.outcome, again.files) == (first.outcome, first.files)


def test_another_conversion_in_the_folder_is_refused_and_replaced_on_request(file: Path, tmp_path: Path) -> None:
    convert(job(tmp_path / "ut", file), LocalEngine(1))
    file.write_bytes(RAW[0])
    with pytest.raises(UsageError, match="another conversion is there"):
        convert(job(tmp_path / "ut", file), LocalEngine(1))
    conversion = convert(job(tmp_path / "ut", file), LocalEngine(1), restart=True)
    assert conversion.outcome.records == 1
    assert [path.name for path in (tmp_path / "ut").glob("*.nq*")] == ["test-001-00001.nq.gz"]


@pytest.mark.slow
def test_a_killed_run_goes_on_and_leaves_no_process(tmp_path: Path, file: Path) -> None:
    path = tmp_path / "mange.mrc"
    path.write_bytes(b"".join(RAW) * 150)  # 1.3 MB in several pieces
    command = [sys.executable, "-m", "loader.cli", "marc", "convert", path, "--out", tmp_path / "ut", "--jobs", "2"]
    process = subprocess.Popen(list(map(str, command)), stderr=subprocess.DEVNULL)
    folder = tmp_path / "ut" / ".parts"
    deadline = time.monotonic() + 60
    while not list(folder.glob("*-00001.json")) and time.monotonic() < deadline:
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert list(folder.glob("*-00001.json"))
    assert not (tmp_path / "ut" / "conversion.json").exists()
    result = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert f"{150 * 24:,} records" in result.stderr
    work = ConversionJob((path,), tmp_path / "uten avbrudd", "mange", read_profile("default"))
    whole: Conversion
    with pytest.MonkeyPatch.context() as usual:
        usual.setattr(file_pieces, "_SMALLEST", 1 << 18)
        whole = convert(work, LocalEngine(1))
    assert whole.outcome.records == 150 * 24
    assert contents(tmp_path / "ut") == contents(tmp_path / "uten avbrudd")
