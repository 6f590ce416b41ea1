"""How often a server is asked for what VoID tells of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing

import pytest

from nbkg.storage.default_graph import DefaultGraph
from sparql_endpoint import create_app
from sparql_endpoint.http.formats import Format
from sparql_endpoint.services import void_counts
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores.base import Question
from sparql_endpoint.stores.remote.store import open_remote


def test_virtuoso_is_asked_once_a_period_from_the_second_period_on(
    virtuoso: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It keeps no list of its graphs, which the first question shows."""
    with closing(open_remote(virtuoso, DefaultGraph.PRESENT)) as store:
        questions: list[str] = []
        answer = store.answer

        def count(question: Question, form: Format, prefixes: Mapping[str, str] | None = None) -> Iterable[bytes]:
            questions.append(question.text)
            return answer(question, form, prefixes)

        monkeypatch.setattr(store, "answer", count)
        client = create_app(Settings(store=virtuoso), store).test_client()
        counts = []
        for period in ("first", "second", "third"):
            monkeypatch.setattr(void_counts, "version_of", lambda _, name=period: name)
            assert "https://w3id.org/nbkg/graph/current>" in client.get("/.well-known/void.nt").text
            counts.append(len(questions))
        assert counts == [2, 3, 4]
