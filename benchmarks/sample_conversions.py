"""The conversion of every MARC file of the shared data, run by itself: DATA OUT; the code is that of the PYTHONPATH.

Each file has a folder in OUT. A file that cannot be read to its end is converted as far as it can be read.
"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.marc_coverage import marc_samples
from loader.marc.conversion.convert import SUMMARY, convert
from loader.marc.conversion.job import ConversionJob
from loader.marc.conversion.local_engine import LocalEngine
from loader.marc.profiles.profile_choice import choose_profile


def main() -> None:
    """Convert the files into plain N-Quads, and leave out the summaries, which name the code."""
    data, out = map(Path, sys.argv[1:])
    for file, profile in marc_samples(data):
        folder = out / file.parent.name / file.name
        convert(ConversionJob((file,), folder, "sample", choose_profile(profile), "nq"), LocalEngine(1))
        (folder / SUMMARY).unlink()


if __name__ == "__main__":
    main()
