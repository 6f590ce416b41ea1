"""Clients of the store of the committed reports, and of the one with the invented report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from sparql_endpoint import create_app
from sparql_endpoint.services.labels import Labels, request_labels
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores import open_store


@pytest.fixture(scope="session")
def strategy(store: Path) -> FlaskClient:
    """A client of the committed reports."""
    return create_app(Settings(store=str(store)), open_store(str(store))).test_client()


@pytest.fixture(scope="session")
def later(two_reports: Path) -> FlaskClient:
    """A client of the committed reports and the invented one."""
    return create_app(Settings(store=str(two_reports)), open_store(str(two_reports))).test_client()


@pytest.fixture
def labels(later: FlaskClient) -> Iterator[Callable[[str], Labels]]:
    """Labels in a language, with both reports there."""
    contexts = []

    def made(language: str) -> Labels:
        context = later.application.test_request_context(f"/?lang={language}")
        context.push()
        contexts.append(context)
        return request_labels()

    yield made
    for context in reversed(contexts):
        context.pop()
