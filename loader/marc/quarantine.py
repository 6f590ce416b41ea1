"""The quarantine: damaged records put aside with where they were and why."""

from __future__ import annotations

import json
from pathlib import Path
from types import TracebackType
from typing import Self

from loader.marc.reading.deliveries import DamagedRecord
from nbkg.errors import UsageError

RECORDS, LIST = "quarantine.mrc", "quarantine.jsonl"


class Quarantine:
    """Writes `quarantine.mrc`, the damaged bytes one after another, and `quarantine.jsonl`, a line for each.

    A line says in which file, in which form, at which offset and over which length the bytes were, the reason, and
    their position in `quarantine.mrc`. Both files are new, and empty where nothing is damaged.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> Self:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._records = (self._folder / RECORDS).open("wb")
            self._list = (self._folder / LIST).open("w", encoding="utf-8")
        except OSError as error:
            raise UsageError(f"{self._folder}: the quarantine cannot be written there ({error.strerror})") from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._records.close()
        self._list.close()

    def add(self, file: Path, damaged: DamagedRecord) -> None:
        """Put a damaged record of a file aside."""
        line = quarantine_line(file, damaged, self._records.tell())
        self._records.write(damaged.raw)
        self._list.write(json.dumps(line, ensure_ascii=False) + "\n")


def quarantine_line(file: Path, damaged: DamagedRecord, position: int) -> dict[str, str | int]:
    """Return what the list says of a damaged record of a file that stands at a position of `quarantine.mrc`."""
    return {
        "file": str(file),
        "form": damaged.form.value,
        "offset": damaged.offset,
        "length": len(damaged.raw),
        "position": position,
        "reason": damaged.reason,
    }
