"""What is converted: files, their source and profile, and how the statements are written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, is_dataclass
from functools import cache
from importlib import resources
from importlib.metadata import version
from importlib.resources.abc import Traversable
from pathlib import Path
from re import Pattern

from loader.marc.profiles.marc_profile import MarcProfile
from loader.marc.reading.marc_file import STANDARD_INPUT
from nbkg.errors import UsageError

FORMATS = ("nq.gz", "nq.zst", "nq")
_CODE = (("loader", "marc"), ("nbkg", "records"))
"""The packages whose code decides what a record becomes."""


@dataclass(frozen=True)
class ConversionJob:
    """One conversion. It can be sent to other processes and machines that see the same files."""

    files: tuple[Path, ...]
    out: Path
    source: str
    """The key of the source: the graphs are `graph/catalogue/{source}` and `graph/authority/{source}`."""
    profile: MarcProfile
    format: str = FORMATS[0]
    """One of `FORMATS`, which is the end of the files' names."""
    is_sorted: bool = False
    """Whether the statements are sorted, each once, in one file."""
    is_validated: bool = False
    """Whether the records are checked against the rules for records."""

    @property
    def can_resume(self) -> bool:
        """Whether a second run can go on: what comes from standard input is gone."""
        return STANDARD_INPUT not in self.files

    def fingerprint(self) -> str:
        """Return a hash of all that the output depends on: files by size and time, source, profile, format, code.

        Raises UsageError for a file that is not there.
        """
        parts = [
            [_stamp(file) for file in self.files],
            [self.source, self.format, self.is_sorted, self.is_validated],
            _plain(self.profile),
            [version("nbkg"), _code_digest()],
        ]
        return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def _stamp(file: Path) -> list[str | int]:
    if file == STANDARD_INPUT:
        return ["-"]
    try:
        stat = file.stat()
    except OSError as error:
        raise UsageError(f"{file}: it cannot be opened ({error.strerror})") from error
    return [str(file), stat.st_size, stat.st_mtime_ns]


def _plain(value: object) -> object:
    """Return a profile as lists and texts whose order does not depend on hashes."""
    match value:
        case Pattern():
            return str(value.pattern)
        case Mapping():
            return [[_plain(key), _plain(value[key])] for key in sorted(value)]
        case frozenset():
            return sorted(map(str, value))
        case tuple() | list():
            return [_plain(each) for each in value]
        case _ if is_dataclass(value) and not isinstance(value, type):
            return [[name, _plain(each)] for name, each in asdict(value).items()]
    return value


@cache
def _code_digest() -> str:
    """Return a hash of the code that reads and maps records: another mapping gives other statements."""
    digest = hashlib.sha256()
    for names in _CODE:
        for file in _modules(resources.files(".".join(names))):
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _modules(folder: Traversable) -> list[Traversable]:
    entries = sorted(folder.iterdir(), key=lambda each: each.name)
    own = [each for each in entries if each.name.endswith(".py")]
    return own + [file for each in entries if each.is_dir() for file in _modules(each)]
