"""What pages must reach beside the rules of axe-core, in a real browser."""

from __future__ import annotations

import pytest

from tests.browser import chromium
from tests.sparql_endpoint.serving import Server

pytestmark = pytest.mark.slow


def test_reach(site: Server) -> None:
    chromium.run("reach.mjs", site.address)
