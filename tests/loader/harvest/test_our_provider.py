"""What a server of ours gives out at `/oai` is harvested: two stores of records come to hold the same."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace

import pyoxigraph as ox
import pytest

from loader.sources.provider.retry_wait import utc_now
from nbkg.records.form import Form
from nbkg.records.listing.listing_update import update_listing
from nbkg.records.store.deliveries import deliver
from nbkg.records.store.entries import RecordNames
from nbkg.records.store.record_store import open_records
from sparql_endpoint import create_app
from sparql_endpoint.settings import Settings
from sparql_endpoint.stores.oxigraph import open_memory
from tests.loader.harvest.local_provider import Reply, Site, record


def _deliver(folder: Path, delivered: str, titles: Mapping[str, str]) -> None:
    with deliver(folder, "one", delivered) as writer:
        for key, title in titles.items():
            if title:
                writer.append(Form.MARCXML, record(key, title).encode(), RecordNames(key))
            else:
                writer.delete(RecordNames(key))


def _raw(folder: Path, source: str) -> dict[str, bytes]:
    with open_records(folder, source) as store:
        return {stored.names.control_number: stored.raw for stored in store.iter_records()}


def test_our_own_provider_is_harvested_and_followed(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_out = tmp_path / "provided"
    _deliver(given_out, "2026-01-05T12:00:00Z", {f"{number:03}": f"Bok {number}" for number in range(10)})
    settings = Settings(records=str(given_out), list_page=4)
    client = create_app(settings, open_memory("memory:", settings.default_graph, ox.Store())).test_client()

    def answer(query: Mapping[str, str]) -> Reply:
        response = client.get("/oai", query_string={name: value for name, value in query.items() if name})
        return Reply(response.data, response.status_code, {"Content-Type": response.content_type})

    site.provider.answer, site.now = answer, utc_now
    report = site.harvest()
    assert (report.new, report.pages, report.exit_code, report.notes) == (10, 3, 0, {})
    assert _raw(site.folder, "s") == _raw(given_out, "one")
    _deliver(given_out, report.following, {"003": "", "004": "Ny tittel", "010": "Bok 10"})
    update_listing(given_out)  # as a running server does by and by; a minute later it is harvested again
    monkeypatch.setattr("sparql_endpoint.api.oai_pmh.record_lists.time", SimpleNamespace(time=lambda: time.time() + 60))
    report = site.harvest()
    assert (report.outcome, report.new, report.changed, report.deleted, report.exit_code) == ("changes", 1, 1, 1, 0)
    assert _raw(site.folder, "s") == _raw(given_out, "one")
