"""The query desk in a real browser, with its editor and without script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.browser import chromium
from tests.sparql_endpoint.kept_versions import keeping
from tests.sparql_endpoint.serving import Server, served

pytestmark = pytest.mark.slow


def test_desk(site: Server) -> None:
    chromium.run("desk.mjs", site.address)


def test_desk_as_of_a_release(tmp_path: Path) -> None:
    then = "<urn:a> <urn:n> 10 <urn:g> .\n<urn:b> <urn:n> 11 <urn:g> .\n"
    now = "<urn:a> <urn:n> 20 <urn:g> .\n<urn:b> <urn:n> 21 <urn:g> .\n"
    versions = {"2026-03-02": then, "current": now}
    integer = "<http://www.w3.org/2001/XMLSchema#integer>"
    quads = {name: re.sub(r" (\d+) ", rf' "\1"^^{integer} ', text) for name, text in versions.items()}
    store = keeping(tmp_path / "store", quads)
    with served(str(store), "--workers", "2", "--client-requests", "0") as server:
        chromium.run("releases.mjs", server.address)
