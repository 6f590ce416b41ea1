"""Compiles the reading and the mapping of MARC records into a wheel by mypyc (https://mypyc.readthedocs.io/).

It runs only where it is asked for, as `make compiled` does; any other wheel and an editable install stay pure Python.
The sources are in the compiled wheel too, so that a traceback shows them.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

COMPILED = (
    "loader/marc/conversion/report_lines.py",
    "loader/marc/fields/*.py",
    "loader/marc/identity/*.py",
    "loader/marc/reading/iso2709_stream.py",
    "loader/marc/record_kinds.py",
    "loader/marc/record_mapping.py",
    "loader/marc/values/*.py",
    "nbkg/records/character_sets.py",
    "nbkg/records/field_oddities.py",
    "nbkg/records/iso2709.py",
    "nbkg/records/record.py",
)
"""What a record passes through on its way from its bytes to its statements."""


class CompiledMapping(BuildHookInterface[Any]):
    """Puts extension modules beside the sources of `COMPILED`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and name the files that the wheel takes. Errors of mypy and of the C compiler end the build."""
        if self.target_name != "wheel" or version == "editable":
            return
        self._folder = TemporaryDirectory()
        root, library = Path(self.root), Path(self._folder.name) / "library"
        _compile(root, library, Path(self._folder.name) / "work")
        for file in sorted(each for each in library.rglob("*") if each.is_file()):
            build_data["force_include"][str(file)] = str(file.relative_to(library))
        build_data["pure_python"], build_data["infer_tag"] = False, True

    def finalize(self, _version: str, _build_data: dict[str, Any], _artifact: str) -> None:
        """Remove what was compiled: the wheel has it."""
        if self.target_name == "wheel" and hasattr(self, "_folder"):
            self._folder.cleanup()


def _compile(root: Path, library: Path, work: Path) -> None:
    """Compile the modules in `root` into extension modules in the folder `library`."""
    # These are tools of development, which only a compiled build needs.
    from mypyc.build import mypycify  # noqa: PLC0415
    from setuptools import Distribution  # noqa: PLC0415

    work.mkdir()
    before = Path.cwd()
    os.chdir(root)  # mypyc takes the names of modules from paths
    try:
        files = sorted(str(file.relative_to(root)) for each in COMPILED for file in root.glob(each))
        modules = [file for file in files if not file.endswith("__init__.py")]
        extensions = mypycify(modules, opt_level="2", debug_level="0", multi_file=True, target_dir=str(work))
        command = Distribution({"name": "nbkg", "ext_modules": extensions}).get_command_obj("build_ext")
        command.build_lib, command.build_temp, command.parallel = str(library), str(work), os.cpu_count()
        command.ensure_finalized()
        command.run()
    finally:
        os.chdir(before)
