"""The pages about the strategy beside its measures, in a real browser."""

from __future__ import annotations

import pytest

from tests.browser import chromium
from tests.sparql_endpoint.serving import Server

pytestmark = pytest.mark.slow


def test_pages(site: Server) -> None:
    chromium.run("strategy.mjs", site.address)
