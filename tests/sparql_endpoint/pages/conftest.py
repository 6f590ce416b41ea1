"""Clients of the store of the committed reports, and of the one with the invented report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from sparql_endpoint import create_app
from sparql_endpoint.pages.frame.page import display
from sparql_endpoint.services.labels import Display
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores import open_store


@pytest.fixture(scope="session")
def strategy(store: Path) -> FlaskClient:
    """A client of the committed reports."""
    return create_app(Settings(), open_store(str(store), union=True)).test_client()


@pytest.fixture(scope="session")
def later(two_reports: Path) -> FlaskClient:
    """A client of the committed reports and the invented one."""
    return create_app(Settings(), open_store(str(two_reports), union=True)).test_client()


@pytest.fixture
def shown(later: FlaskClient) -> Iterator[Callable[[str], Display]]:
    """How terms are shown in a language, with both reports there."""
    contexts = []

    def made(language: str) -> Display:
        context = later.application.test_request_context(f"/?lang={language}")
        context.push()
        contexts.append(context)
        return display()

    yield made
    for context in reversed(contexts):
        context.pop()
