"""The compiled templates, kept in the user's cache folder from one start of the server to the next."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

from nbkg.storage.locations import templates_folder


class TemplateCache(FileSystemBytecodeCache):
    """Keeps what Jinja compiled, by name and content of a template, as Python keeps the bytecode of modules.

    To compile all templates takes 0.5 s of a processor at each start, to read them again 0.02 s. What cannot be read or
    written is compiled and used all the same. Nothing is written where Python must write no bytecode either
    (PYTHONDONTWRITEBYTECODE).
    """

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read a template, where it is there, whole and of the same content."""
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write a template, where its folder can be written to."""
        folder = Path(self.directory)
        if sys.dont_write_bytecode or not folder.is_absolute():  # relative where nobody knows the user's home
            return
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            super().dump_bytecode(bucket)


def open_template_cache() -> TemplateCache:
    """Return the cache in the folder of this user."""
    return TemplateCache(str(templates_folder()))
