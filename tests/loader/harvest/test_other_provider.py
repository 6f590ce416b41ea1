"""A provider that is not ours, the server of ETH Library's `oaipmh`, is harvested over time and sets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types
from oaipmh.common import Header, Identify
from oaipmh.metadata import MetadataRegistry
from oaipmh.server import Server

from loader.sources.harvest_plan import HarvestPlan
from loader.sources.provider.retry_wait import utc_now
from tests.loader.harvest.local_provider import Reply, Site, record


@dataclass
class Catalogue:
    """What the server gives out: title (None where it is deleted), when it changed, and its sets."""

    records: dict[str, tuple[str | None, datetime, list[str]]] = field(default_factory=dict)

    def identify(self) -> Identify:
        earliest = datetime(2026, 1, 1)
        return Identify(
            "t", "http://t/oai", "2.0", ["t@example.org"], earliest, "transient", "YYYY-MM-DDThh:mm:ssZ", ["identity"]
        )

    def listRecords(self, metadataPrefix: str, **how: Any) -> list[tuple[Header, Any, None]]:  # noqa: N802, N803  as it calls it
        assert metadataPrefix == "marc21"
        begin, name = how.get("from_"), how.get("set")
        return [
            (Header(None, f"oai:t:{key}", stamp, sets, title is None), (key, title), None)
            for key, (title, stamp, sets) in self.records.items()
            if (begin is None or stamp >= begin) and (name is None or name in sets)
        ]


def _write(element: Any, metadata: tuple[str, str]) -> None:
    element.append(etree.fromstring(record(*metadata)))


@pytest.fixture
def catalogue(site: Site) -> Catalogue:
    held = Catalogue()
    registry = MetadataRegistry()
    registry.registerWriter("marc21", _write)
    server = Server(held, registry, resumption_batch_size=4)

    def answer(query: Mapping[str, str]) -> Reply:
        return Reply(server.handleRequest({name: value for name, value in query.items() if name}))

    site.provider.answer = answer
    return held


def test_its_lists_are_harvested_page_by_page_and_then_by_what_changed(site: Site, catalogue: Catalogue) -> None:
    site.now = utc_now  # it answers with the time of this machine
    for number in range(10):
        catalogue.records[str(number)] = (f"Tittel {number}", datetime(2026, 3, 1, 10, number), ["bok"])
    report = site.harvest()
    assert (report.new, report.pages, report.exit_code, report.notes) == (10, 3, 0, {})
    assert len(site.records()) == 10
    later = datetime.fromisoformat(report.following.removesuffix("Z"))
    catalogue.records["3"] = (None, later, ["bok"])
    catalogue.records["4"] = ("Ny tittel", later, ["bok"])
    report = site.harvest()
    assert (report.outcome, report.changed, report.deleted, report.unchanged) == ("changes", 1, 1, 0)
    assert (site.records()["4"], "3" in site.records()) == ("Ny tittel", False)
    assert site.harvest().exit_code == 0


def test_its_sets_and_its_errors(site: Site, catalogue: Catalogue) -> None:
    catalogue.records["1"] = ("Bok", datetime(2026, 3, 1), ["bok"])
    catalogue.records["2"] = ("Film", datetime(2026, 3, 1), ["film"])
    site.plan = HarvestPlan(set_name="film")
    assert (site.harvest().new, site.records()) == (1, {"2": "Film"})
    site.plan = HarvestPlan(set_name="kart")
    report = site.harvest()
    assert (report.outcome, report.exit_code, report.live) == ("complete", 1, 1)  # nothing is in it, and one is held
