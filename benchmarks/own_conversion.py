"""One `nbkg marc convert`, run by itself: FILE PROFILE FORMAT JOBS; prints records, processor seconds and seconds.

The processor seconds are those of all its processes, with their start; reading the file of the profile is not measured.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from loader.marc.conversion.convert import convert
from loader.marc.conversion.job import ConversionJob
from loader.marc.conversion.local_engine import LocalEngine
from loader.marc.profiles.profile_choice import choose_profile


def _processor_seconds() -> float:
    import resource  # noqa: PLC0415  # Windows has none, and this is no part of what it imports

    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def main() -> None:
    """Convert into a folder that is removed again."""
    file, profile, form, jobs = sys.argv[1:]
    with TemporaryDirectory() as folder:
        job = ConversionJob((Path(file),), Path(folder), "benchmark", choose_profile(profile), form)
        processor, begin = _processor_seconds(), time.perf_counter()
        conversion = convert(job, LocalEngine(int(jobs)))
        seconds = time.perf_counter() - begin
        print(json.dumps([conversion.outcome.records, _processor_seconds() - processor, seconds]))


if __name__ == "__main__":
    main()
