"""The paths of the four users, in a real browser."""

from __future__ import annotations

import pytest

from tests.browser import chromium
from tests.sparql_endpoint.serving import Server

pytestmark = pytest.mark.slow


def test_paths(site: Server) -> None:
    chromium.run("paths.mjs", site.address)
