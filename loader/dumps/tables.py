"""Tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox

from loader.dumps.plan import Planned
from loader.dumps.spool import Spool


def write(planned: Sequence[Planned], spools: Mapping[str | None, Spool], store: ox.Store, folder: Path) -> None:
    """Nothing yet."""
