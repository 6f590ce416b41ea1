"""Every profile can be sent to another process and told from others, as a conversion on several cores needs."""

from __future__ import annotations

import pickle
from pathlib import Path

from loader.marc.conversion.job import ConversionJob
from loader.marc.profiles.profile_file import read_profile
from tests.source_tree import ROOT


def test_every_profile_can_be_that_of_a_job(tmp_path: Path) -> None:
    keys = sorted(file.stem for file in (ROOT / "data" / "marc-profiles").glob("*.ttl"))
    assert "dnb" in keys
    prints = set()
    for key in keys:
        job = ConversionJob((), tmp_path, "test", read_profile(key))
        assert pickle.loads(pickle.dumps(job)).fingerprint() == job.fingerprint()  # noqa: S301  what was just made
        prints.add(job.fingerprint())
    assert len(prints) == len(keys)
