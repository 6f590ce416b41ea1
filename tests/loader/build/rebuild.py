"""Runs `nbkg build --out` in a process of its own, which validates no graph that the run of tests has validated before.

python -m tests.loader.build.rebuild FOLDER-OF-THE-RUN OUT
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from loader.cli import nbkg
from loader.validate.pyshacl_engine import PyshaclEngine
from tests.validated_once import validate_once


class _Run:
    """The folder of the run that started this process."""

    def getbasetemp(self) -> Path:
        return Path(sys.argv[1])


if __name__ == "__main__":
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PyshaclEngine, "validate", validate_once(_Run(), PyshaclEngine.validate))
        nbkg(["build", "--out", sys.argv[2]])
