"""The query desk in a real browser, with its editor and without script."""

from __future__ import annotations

import pytest

from tests.browser import chromium
from tests.sparql_endpoint.serving import Server

pytestmark = pytest.mark.slow


def test_desk(site: Server) -> None:
    chromium.run("desk.mjs", site.address)
