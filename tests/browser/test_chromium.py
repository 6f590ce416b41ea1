"""The browser tests see what they are to see."""

from __future__ import annotations

import pytest

from tests.browser import chromium
from tests.sparql_endpoint.serving import Server

pytestmark = pytest.mark.slow


def test_every_fault_is_seen(site: Server) -> None:
    with pytest.raises(AssertionError, match="fail 6\n") as told:
        chromium.run("bad.mjs", site.address)
    for sign in ("a fault", "foreign: http://elsewhere", "select-name", "color-contrast", "pixels wider"):
        assert sign in str(told.value)
