from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from benchmarks import paging
from tests.sparql_endpoint.serving import served


@pytest.mark.slow
def test_pages_are_timed(store: Path) -> None:
    told = StringIO()
    with served(str(store), "--workers", "1") as server:
        paging.run(server.address, ["/reports", "/search?q=æ", "/nothing"], 2, Console(file=told, width=160))
    assert [line.split("│")[2].strip() for line in told.getvalue().splitlines() if line.startswith("│")] == [
        "200",
        "200",
        "404",
    ]
    assert "of the 6 later ones" in told.getvalue()


def test_nothing_answers() -> None:
    with pytest.raises(OSError, match="refused"):
        paging.run("http://127.0.0.1:1", ["/"], 1, Console(file=StringIO()))
