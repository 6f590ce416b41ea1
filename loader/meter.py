"""How commands are kept informed of the progress of long work."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], object]
"""Is called with what is being done, how much of it is done, and how much there is."""
Advance = Callable[[int], object]
"""Is called with how much more is done."""


class Meter:
    """Adds up what is done of one piece of work, and reports it."""

    def __init__(self, work: str, total: int, progress: Progress) -> None:
        self._work, self._total, self._progress = work, total, progress
        self._done = 0

    def advance(self, more: int) -> None:
        """Report that so much more is done; the total grows where it was too small."""
        self._done += more
        self._progress(self._work, self._done, max(self._total, self._done))
