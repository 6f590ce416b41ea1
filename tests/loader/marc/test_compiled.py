"""The compiled wheel maps records as the sources do; `make compiled` builds it where a C compiler is."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from loader.marc.profiles.profile_file import read_profile
from loader.marc.reading.marc_file import read_marc_file
from loader.marc.record_mapping import make_mapping
from nbkg.records.record import DeliveredRecord
from tests.source_tree import ROOT

SAMPLE = ROOT / "data" / "marc-sample" / "records.xml"
SCRIPT = """
import sys
from pathlib import Path
from loader.marc import record_mapping
from loader.marc.profiles.profile_file import read_profile
from loader.marc.reading.marc_file import read_marc_file
assert not record_mapping.__file__.endswith(".py"), record_mapping.__file__
mapping = record_mapping.make_mapping("test", read_profile("marc-sample"))
for delivered in read_marc_file(Path(sys.argv[1])):
    sys.stdout.buffer.write(mapping(delivered.record).text.encode())
"""


@pytest.fixture
def wheel() -> Path:
    """The compiled wheel of these sources for this Python."""
    wheels = sorted((ROOT / "dist" / "compiled").glob(f"*-cp{sys.version_info[0]}{sys.version_info[1]}-*.whl"))
    if not wheels:
        pytest.skip("there is no compiled wheel: `make compiled` builds it where a C compiler is")
    sources = [file for name in ("loader", "nbkg", "data") for file in (ROOT / name).rglob("*.*") if file.is_file()]
    if max(file.stat().st_mtime for file in sources if file.suffix in {".py", ".ttl"}) > wheels[-1].stat().st_mtime:
        pytest.skip("the compiled wheel is older than the sources: run `make compiled` again")
    return wheels[-1]


def test_the_compiled_mapping_gives_the_same_statements(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    assert list(tmp_path.glob(f"loader/marc/record_mapping*{sysconfig.get_config_var('EXT_SUFFIX')}"))
    command = [sys.executable, "-c", SCRIPT, str(SAMPLE)]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    output = subprocess.run(command, check=True, capture_output=True, env=environment, cwd=tmp_path).stdout
    mapping = make_mapping("test", read_profile("marc-sample"))
    records = [each.record for each in read_marc_file(SAMPLE) if isinstance(each, DeliveredRecord)]
    assert output.decode() == "".join(mapping(record).text for record in records)
    assert len(output) > 100_000
