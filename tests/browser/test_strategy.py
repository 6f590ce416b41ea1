"""The pages about the strategy beside its measures, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser import chromium
from tests.sparql_endpoint.serving import served

pytestmark = pytest.mark.slow


def test_pages(two_reports: Path) -> None:
    with served(str(two_reports), "--workers", "2", "--client-requests", "0") as site:
        chromium.run("strategy.mjs", site.address)
