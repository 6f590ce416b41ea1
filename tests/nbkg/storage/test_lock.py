"""A file is held by one process, and not by copies of it that live longer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from nbkg.storage.lock import try_lock

SCRIPT = """
import os, sys
from pathlib import Path
from nbkg.storage.lock import try_lock
with try_lock(Path(sys.argv[1])) as is_free:
    assert is_free
    if os.fork() == 0:
        print("copied", flush=True)
        sys.stdin.read()  # the copy lives until the test has looked
        os._exit(0)
    os._exit(0)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not fork")
def test_a_copy_of_the_process_does_not_hold_the_file(tmp_path: Path) -> None:
    file = tmp_path / "lock"
    command = [sys.executable, "-c", SCRIPT, str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"copied\n"
        assert process.wait() == 0
        with try_lock(file) as is_free:
            assert is_free


def test_a_file_that_is_held_is_not_free(tmp_path: Path) -> None:
    with try_lock(tmp_path / "lock") as first, try_lock(tmp_path / "lock") as second:
        assert (first, second) == (True, False)
    with try_lock(tmp_path / "lock") as again:
        assert again
