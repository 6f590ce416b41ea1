"""SRU as a source: versions, pages, limits, partitions, diagnostics, increments."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from loader.errors import CuratedError
from loader.sources.harvest_plan import HarvestPlan
from nbkg.errors import UsageError
from tests.loader.harvest.local_provider import LocalProvider, Reply, Site, record

ALMA = Path(os.environ.get("NBKG_SHARED", Path(__file__).parents[4] / "shared")) / "data" / "no_sru_alma"
NAMESPACES = {
    "1.1": "http://www.loc.gov/zing/srw/",
    "1.2": "http://www.loc.gov/zing/srw/",
    "2.0": "http://docs.oasis-open.org/ns/search-ws/sruResponse",
}
EXPLAIN = (
    "<recordData><explain xmlns='http://explain.z3950.org/dtd/2.0/'><schemaInfo>"
    "<schema identifier='info:srw/schema/1/marcxml-v1.1' name='marcxml'/></schemaInfo>"
    "<configInfo><setting type='maximumRecords'>3</setting></configInfo></explain></recordData>"
)


class SruServer:
    """A server with numbered records, which gives out three at once and the first ten of a list."""

    def __init__(self, numbers: list[int], version: str = "1.2", packing: str = "xml") -> None:
        self.numbers, self.version, self.packing = numbers, version, packing
        self.explain = EXPLAIN
        self.queries: list[Mapping[str, str]] = []

    def __call__(self, query: Mapping[str, str]) -> Reply | str:
        if "query" not in query:
            return self.response("explainResponse", f"<record>{self.explain}</record>")
        self.queries.append(query)
        numbers = [number for number in self.numbers if self.matches(query["query"], number)]
        start, size = int(query["startRecord"]), min(3, int(query["maximumRecords"]))
        if start > 10:
            return self.diagnostic(61, "First record position out of range")
        records = "".join(self.record(number) for number in numbers[start - 1 : start - 1 + size])
        return self.response(
            "searchRetrieveResponse", f"<numberOfRecords>{len(numbers)}</numberOfRecords><records>{records}</records>"
        )

    def matches(self, query: str, number: int) -> bool:
        """Return whether a query matches a record: `id < n`, `id >= n`, and what changed, which is 2 and 3."""
        if "changed" in query:
            return number in {2, 3}
        if "id <" in query:
            return number < int(query.partition("id < ")[2].partition(")")[0])
        return "id >=" not in query or number >= int(query.partition("id >= ")[2].partition(")")[0])

    def record(self, number: int) -> str:
        marc = record(str(number), f"T{number}")
        data = escape(marc) if self.packing == "string" else marc
        packing = "recordXMLEscaping" if self.version == "2.0" else "recordPacking"
        return (
            f"<record><recordSchema>marcxml</recordSchema><{packing}>{self.packing}</{packing}>"
            f"<recordData>{data}</recordData><recordIdentifier>id{number}</recordIdentifier></record>"
        )

    def response(self, name: str, content: str) -> str:
        return f'<{name} xmlns="{NAMESPACES[self.version]}"><version>{self.version}</version>{content}</{name}>'

    def diagnostic(self, number: int, message: str) -> str:
        text = f"<uri>info:srw/diagnostic/1/{number}</uri><details>x</details><message>{message}</message>"
        inner = f'<diagnostic xmlns="http://www.loc.gov/zing/srw/diagnostic/">{text}</diagnostic>'
        return self.response("searchRetrieveResponse", f"<diagnostics>{inner}</diagnostics>")


@pytest.fixture
def sru(provider: LocalProvider, tmp_path: Path) -> Callable[..., Site]:
    def make(server: Callable[[Mapping[str, str]], Reply | str], **plan: object) -> Site:
        provider.answer = server
        return Site(provider, tmp_path, plan=HarvestPlan(**{"query": "all", **plan}), opener="sru")  # type: ignore[arg-type]

    return make


@pytest.mark.parametrize("packing", ["xml", "string"])
@pytest.mark.parametrize("version", ["1.1", "1.2", "2.0"])
def test_every_version_is_read_page_by_page(sru: Callable[..., Site], version: str, packing: str) -> None:
    server = SruServer(list(range(1, 8)), version, packing)
    site = sru(server, version=version, sort_keys="id")
    report = site.harvest()
    assert site.records() == {str(number): f"T{number}" for number in range(1, 8)}
    assert (report.outcome, report.exit_code, report.pages) == ("complete", 0, 3)
    searches = server.queries[1:]
    assert [query["startRecord"] for query in searches] == ["1", "4", "7"]
    assert {query.get("version") for query in searches} == ({None} if version == "2.0" else {version})
    sorting = {"1.1": ("all", "id"), "1.2": ("all sortBy id", None), "2.0": ("all", "id")}[version]
    assert {(query["query"], query.get("sortKeys")) for query in searches} == {sorting}


def test_a_list_longer_than_the_server_gives_out_is_an_error_that_says_what_to_do(sru: Callable[..., Site]) -> None:
    report = sru(SruServer(list(range(1, 13))), record_limit=10).harvest()
    assert (report.exit_code, report.outcome, report.new) == (1, "failed", 0)
    assert "has 12 records, and the server gives out the first 10: divide it by partitionQuery" in report.problem


def test_partitions_are_read_one_after_another(sru: Callable[..., Site]) -> None:
    server = SruServer(list(range(1, 13)))
    site = sru(server, record_limit=10, partitions=("id < 7", "id >= 7"))
    report = site.harvest()
    assert (report.new, report.exit_code, len(site.records())) == (12, 0, 12)
    assert server.queries[1]["query"] == "(all) and (id < 7)"


def test_partitions_that_leave_some_out_are_noticed(sru: Callable[..., Site]) -> None:
    site = sru(SruServer(list(range(1, 13))), record_limit=10, partitions=("id < 7", "id >= 9"))
    report = site.harvest()
    assert (report.outcome, report.exit_code, report.new, report.following) == ("incomplete", 1, 10, "")
    assert "brought 10 of 12 records" in report.problem


def test_what_changed_is_asked_for_by_the_template(sru: Callable[..., Site]) -> None:
    server = SruServer([1, 2, 3], "1.2")
    site = sru(server, increment_query='changed >= "{from:%Y%m%d}"')
    first = site.harvest()
    report = site.harvest()
    day = first.following[:10].replace("-", "")
    assert server.queries[-1]["query"] == f'changed >= "{day}"'
    assert (report.outcome, report.unchanged, report.deleted) == ("changes", 2, 0)


def test_without_a_template_everything_is_read_and_what_is_missing_is_deleted(sru: Callable[..., Site]) -> None:
    server = SruServer(list(range(1, 8)))
    site = sru(server, deletion_share=0.2)
    site.harvest()
    server.numbers.remove(4)
    report = site.harvest()
    assert (report.outcome, report.deleted, report.exit_code) == ("complete", 1, 0)
    assert "4" not in site.records()
    server.numbers.append(4)
    assert site.harvest().live == 7


def test_a_diagnostic_is_an_error(sru: Callable[..., Site]) -> None:
    server = SruServer([1])
    site = sru(lambda query: server(query) if "query" not in query else server.diagnostic(10, "Query syntax error"))
    report = site.harvest()
    assert (report.exit_code, report.outcome, len(site.waits)) == (1, "failed", 0)
    assert "info:srw/diagnostic/1/10: Query syntax error; x" in report.problem


def test_a_record_that_the_server_cannot_give_out_is_put_aside(sru: Callable[..., Site]) -> None:
    diagnostic = (
        "<record><recordSchema>info:srw/schema/1/diagnostics-v1.1</recordSchema><recordData><diagnostic>"
        "<uri>info:srw/diagnostic/1/65</uri></diagnostic></recordData><recordIdentifier>id2</recordIdentifier></record>"
    )
    server = SruServer([1, 2, 3])
    site = sru(server)
    plain = server.record
    server.record = lambda number: diagnostic if number == 2 else plain(number)  # type: ignore[method-assign]  # as it misbehaves
    report = site.harvest()
    assert (report.quarantined, report.exit_code, site.records()) == (1, 0, {"1": "T1", "3": "T3"})


def test_pages_that_overlap_do_not_pass_as_complete(sru: Callable[..., Site]) -> None:
    server = SruServer([1, 2, 3, 4, 5, 5])
    report = sru(server).harvest()
    assert (report.outcome, report.exit_code) == ("incomplete", 1)
    assert "brought 5 of 6 records" in report.problem


def test_a_page_without_records_is_an_error(sru: Callable[..., Site]) -> None:
    server = SruServer([1, 2, 3, 4])
    site = sru(server)
    plain = server.record
    server.record = lambda number: plain(number) if number < 4 else ""  # type: ignore[method-assign]  # as it misbehaves
    report = site.harvest()
    assert (report.exit_code, report.outcome) == (1, "interrupted")
    assert "no records from 4 on" in report.problem


def test_a_schema_that_the_server_has_not_is_an_error_that_names_those_it_has(sru: Callable[..., Site]) -> None:
    report = sru(SruServer([1]), schema="mods").harvest()
    assert report.exit_code == 1
    assert "no schema “mods”; it has info:srw/schema/1/marcxml-v1.1, marcxml" in report.problem


def test_a_server_without_explain_is_read_all_the_same(sru: Callable[..., Site]) -> None:
    server = SruServer([1, 2])
    site = sru(lambda query: server(query) if "query" in query else "<html/>")
    report = site.harvest()
    assert (len(site.records()), report.exit_code) == (2, 0)
    assert any("explain" in note for note in report.notes)


def test_a_source_without_a_query_is_refused(sru: Callable[..., Site]) -> None:
    with pytest.raises((UsageError, CuratedError), match="harvestQuery"):
        sru(SruServer([1]), query="").harvest()


@pytest.mark.skipif(not ALMA.is_dir(), reason="the recorded answers of Alma are not at NBKG_SHARED")
@pytest.mark.parametrize(("name", "new"), [("response_1_hit", 1), ("response_with_subtitle", 2), ("zero_hits", 0)])
def test_recorded_answers_of_alma(sru: Callable[..., Site], name: str, new: int) -> None:
    text = (ALMA / f"resources__SRU_{name}.xml").read_text(encoding="utf-8")
    report = sru(lambda _query: text).harvest()
    assert (report.new, report.exit_code, report.outcome) == (new, 0, "complete")


@pytest.mark.skipif(not ALMA.is_dir(), reason="the recorded answers of Alma are not at NBKG_SHARED")
@pytest.mark.parametrize("name", ["bad_xml", "top_truncated", "truncated"])
def test_damaged_answers_of_alma_are_no_empty_success(sru: Callable[..., Site], name: str) -> None:
    text = (ALMA / f"resources__SRU_response_{name}.xml").read_text(encoding="utf-8")
    report = sru(lambda _query: text).harvest()
    assert (report.exit_code, report.new) == (1, 0)
