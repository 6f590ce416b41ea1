"""Pages of measures that continue one of an earlier strategy, and the first page; the second report is invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from loader.store.load import load
from sparql_endpoint import create_app
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores import open_store
from tests.sparql_endpoint.pages.reading import get_page, one, texts


@pytest.fixture(scope="module")
def client(two_strategies: Path, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    made = tmp_path_factory.mktemp("store-of-two-strategies") / "store"
    load(made, [two_strategies / "nbkg.nq"])
    return create_app(Settings(), open_store(str(made))).test_client()


def _facts(client: FlaskClient, key: str, language: str) -> dict[str, tuple[str, str]]:
    facts = one(get_page(client, f"/doc/measure/{key}?lang={language}"), "dl.facts")
    rows = zip(facts.select("dt"), facts.select("dd"), strict=True)
    return {
        name.get_text(): (value.get_text(), str(one(value, "a")["href"]) if value.a else "") for name, value in rows
    }


@pytest.mark.parametrize(
    ("key", "language", "name", "target"),
    [
        ("2026-2030/1", "nb", "Fører videre", "2020-2025/18"),
        ("2026-2030/2", "nn", "Fører vidare", "2020-2025/14"),
        ("2026-2030/1", "en", "Continues", "2020-2025/18"),
        ("2020-2025/18", "nb", "Ført videre i", "2026-2030/1"),
        ("2020-2025/14", "nn", "Ført vidare i", "2026-2030/2"),
        ("2020-2025/18", "en", "Continued by", "2026-2030/1"),
    ],
)
def test_both_measures_link_each_other(client: FlaskClient, key: str, language: str, name: str, target: str) -> None:
    facts = _facts(client, key, language)
    assert facts[name][1].partition("?")[0].endswith(f"/id/measure/{target}")
    assert facts[name][0] in texts(get_page(client, f"/doc/measure/{target}?lang={language}"), "h1")


@pytest.mark.parametrize("key", ["2020-2025/1", "2020-2025/17"])
def test_a_measure_that_continues_nothing_says_nothing(client: FlaskClient, key: str) -> None:
    assert not {"Continues", "Continued by"} & set(_facts(client, key, "en"))


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_first_page_shows_the_running_strategy_and_links_the_ended_one(client: FlaskClient, language: str) -> None:
    main = one(get_page(client, f"/?lang={language}"), "main")
    assert "2026–2030" in one(main, "h1").get_text()
    assert [link for link in main.select("a") if "strategy=2020-2025" in str(link.get("href"))]
