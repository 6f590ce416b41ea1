"""Files, folders and links that are replaced in one step: whoever reads them sees the old content or the new one."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path


def replace_file(file: Path, content: bytes) -> None:
    """Put the content in the file's place in one step."""
    new = sibling(file, ".new")
    new.write_bytes(content)
    new.replace(file)


def replace_link(link: Path, target: str | Path) -> None:
    """Have a symbolic link lead to a target in one step, whether it is there or not."""
    new = sibling(link, ".new")
    new.unlink(missing_ok=True)
    new.symlink_to(target)
    new.replace(link)


def replace_folder(folder: Path, files: Mapping[str, bytes | Path]) -> None:
    """Make `folder` hold exactly these files; until the last moment it is the old one, complete.

    A file is given by its content, or by a path on the same disk that it is moved from. `recover_folder` mends a run
    that was killed between the two renames.
    """
    recover_folder(folder)
    new, old = sibling(folder, ".new"), sibling(folder, ".old")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    for name, content in sorted(files.items()):
        if isinstance(content, Path):
            content.rename(new / name)
        else:
            (new / name).write_bytes(content)
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def recover_folder(folder: Path) -> None:
    """Bring back the old folder where a run was killed in the middle of replacing it."""
    old = sibling(folder, ".old")
    if not folder.exists() and old.exists():
        old.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def sibling(path: Path, suffix: str) -> Path:
    """Return the hidden path beside another in which its next content is made: `.NAME` and the suffix."""
    return path.with_name(f".{path.name}{suffix}")
