"""A provider that misbehaves on its second page: nothing is lost or doubled, and the report says what happened."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from itertools import count

import pytest

from nbkg.records.store.record_store import open_records
from tests.loader.harvest.local_provider import Answer, Reply, Site, error, identify, item, oai, page

FIRST = page(item("1", "A"), item("2", "B"), then="p2", size=4)
SECOND = page(item("3", "C"), item("4", "D"), size=4)
EXPECTED = {"1": "A", "2": "B", "3": "C", "4": "D"}
HTML = "<!DOCTYPE html><html><head><title>Logg inn – Feide</title></head><body><form></form></body></html>"
XML = {"Content-Type": "text/xml"}
numbers = count()

FAULTS: dict[str, tuple[Reply | str | bytes | Callable[[Mapping[str, str]], Reply | str], int, str]] = {
    "busy without a word": (Reply(status=503), 3, "answered 503"),
    "busy for a second": (Reply(status=503, headers={"Retry-After": "1"}), 3, "answered 503"),
    "busy for a negative time": (Reply(status=503, headers={"Retry-After": "-5"}), 3, "answered 503"),
    "busy for ten days": (Reply(status=503, headers={"Retry-After": "864000"}), 3, "come back at 2026-03-12T05:00:00Z"),
    "busy until a date far away": (
        Reply(status=503, headers={"Retry-After": "Fri, 01 Jan 2100 00:00:00 GMT"}),
        3,
        "2100-01-01",
    ),
    "too many requests": (Reply(status=429), 3, "answered 429"),
    "a server error": (Reply("<h1>Oops</h1>", 500), 3, "answered 500"),
    "a bad gateway": (Reply(HTML, 502), 3, "answered 502"),
    "a gateway time-out": (Reply(status=504), 3, "answered 504"),
    "not there": (Reply(HTML, 404), 3, "answered 404"),
    "gone": (Reply(status=410), 3, "answered 410"),
    "forbidden": (Reply(HTML, 403), 3, "wants credentials"),
    "unauthorized": (Reply(status=401), 3, "wants credentials"),
    "no content": (Reply(status=204, headers={}), 1, "answered 204"),
    "a redirect to a login page": (
        lambda query: Reply(HTML) if query[""].startswith("/login") else Reply("", 302, {"Location": "/login"}),
        1,
        "page of HTML “Logg inn – Feide”",
    ),
    "a redirect to itself": (lambda query: Reply("", 302, {"Location": query[""]}), 1, "a redirect (302) leads to"),
    "redirects without end": (
        lambda _query: Reply("", 307, {"Location": f"/next?{next(numbers)}"}),
        1,
        "more than 5 redirects",
    ),
    "a redirect to nowhere": (Reply("", 302, {}), 1, "a redirect (302)"),
    "a redirect to another protocol": (Reply("", 301, {"Location": "ftp://t.example/oai"}), 1, "ftp://t.example/oai"),
    "a login page": (HTML, 1, "page of HTML “Logg inn – Feide”"),
    "a notice": ("<html><body>Vedlikehold</body></html>", 1, "page of HTML"),
    "nothing": (Reply(""), 1, "the answer is empty"),
    "JSON": ('{"records": []}', 1, "no document of the protocol"),
    "text": ("Service temporarily unavailable", 1, "no document of the protocol"),
    "a feed": ('<rss version="2.0"><channel/></rss>', 1, "no document of the protocol"),
    "a page that is cut off": (SECOND[:700], 1, "breaks off"),
    "a page that is cut off between two records": (SECOND[: SECOND.index("</record><record>") + 9], 1, "breaks off"),
    "a connection that breaks": (Reply(SECOND[:700], 200, XML, cut=400), 3, ""),
    "a packed page that is cut off": (gzip.compress(SECOND.encode(), mtime=0)[:-20], 1, "cut off"),
    "a packed page that is damaged": (gzip.compress(SECOND.encode(), mtime=0)[:40] + b"\xff" * 90, 1, "damaged"),
    "a packing that nobody wanted": (Reply(b"\x1b\x03", 200, {"Content-Encoding": "br"}), 1, "packed as “br”"),
    "a document type": ("<!DOCTYPE OAI-PMH [<!ENTITY a 'b'>]>\n<OAI-PMH/>", 1, "document type declaration"),
    "an element that is not closed": (SECOND.replace("</responseDate>", ""), 1, "not well-formed"),
    "an answer to nothing": (oai(""), 1, "no <ListRecords> and no <error>"),
    "an answer to something else": (identify(), 1, "no <ListRecords> and no <error>"),
    "an encoding that is not the declared one": (
        SECOND.replace("UTF-8", "utf-7").replace("<leader>", "<leader>å").encode("latin-1"),
        1,
        "neither UTF-8 nor",
    ),
    "an error without a code": (oai("<error>feil</error>"), 1, "an error without a code: feil"),
    "an unknown error": (error("databaseDown"), 1, "databaseDown"),
    "badVerb": (error("badVerb"), 1, "badVerb"),
    "badArgument": (error("badArgument"), 1, "badArgument"),
    "badResumptionToken": (error("badResumptionToken"), 1, "badResumptionToken"),
    "nothing matches behind a token": (error("noRecordsMatch"), 1, "noRecordsMatch"),
    "the first page again and again": (FIRST, 1, "goes in circles"),
    "new tokens without end": (lambda _query: FIRST.replace(">p2<", f">p{next(numbers)}<"), 1, "goes in circles"),
    "empty pages without end": (lambda _query: page(then=f"e{next(numbers)}"), 1, "goes in circles"),
}
"""What the provider does on the second page, how often it is asked; the exit code; words of the report."""


def _provider(fault: object) -> Answer:
    def answer(query: Mapping[str, str]) -> Reply | str | bytes:
        if query.get("verb") == "Identify":
            return identify()
        if "metadataPrefix" in query:
            return FIRST
        return fault(query) if callable(fault) else fault  # type: ignore[return-value]  # what the table has

    return answer


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_an_error_and_the_next_harvest_has_everything(site: Site, name: str) -> None:
    fault, exit_code, words = FAULTS[name]
    site.provider.answer = _provider(fault)
    report = site.harvest()
    assert (report.exit_code, report.outcome in {"interrupted", "incomplete"}) == (exit_code, True)
    assert words in report.problem
    assert site.provider.address.rpartition("/")[0] in report.problem or "list" in report.problem
    assert (site.records(), report.following) == ({"1": "A", "2": "B"}, "")
    assert sum(site.waits) <= 600
    site.provider.answer = _provider(SECOND)
    report = site.harvest()
    assert (site.records(), report.outcome, report.exit_code) == (EXPECTED, "complete", 0)
    with open_records(site.folder, "s") as store:
        assert [len(store.versions(each.record)) for each in store.iter_records()] == [1, 1, 1, 1]


def test_there_are_thirty_ways() -> None:
    assert len(FAULTS) + len(BAD) >= 30


GOOD = item("5", "E")
BAD: dict[str, tuple[str | bytes, str]] = {
    "bytes that are no UTF-8": (item("x", "X").encode().replace(b">X<", b">\xe5<"), "not well-formed"),
    "a control character": (item("x", "X\x01"), "not well-formed"),
    "a reference to a control character": (item("x", "&#11;"), "reference to invalid character number"),
    "an ampersand": (item("x", "Mor & barn"), "not well-formed"),
    "an ampersand in the identifier": (item("x&y", "X", number="x"), "not well-formed"),
    "an element that is not closed": (item("x", "X").replace("</subfield>", ""), "mismatched tag"),
    "metadata that are not closed": (item("x", "X").replace("</metadata>", ""), "mismatched tag"),
    "a record that is not closed": (item("x", "X").removesuffix("</record>"), "before its end tag"),
    "a prefix that is not declared": (item("x", "X").replace("<leader>", "<leader xsi:type='a'>"), "unbound prefix"),
    "no leader and no fields": (
        item("x", content='<record xmlns="http://www.loc.gov/MARC21/slim"/>'),
        "no leader and no fields",
    ),
    "Dublin Core": (item("x", content='<dc xmlns="urn:dc"><title>X</title></dc>'), "no MARC record"),
    "no metadata": (item("x", content=""), "no metadata"),
    "no identifier": (item("x", "X").replace("<identifier>oai:t:x</identifier>", ""), ""),
    "a birth number": (item("x", "Lånt av 01017010170"), "data about people is refused"),
    "a card number": (item("x", "N001234567"), "data about people is refused"),
    "a borrower": (item("x", content="<patron><name>Kari</name><barcode>123</barcode></patron>"), "no MARC record"),
}
"""A record of the second page, and why it is put aside."""


@pytest.mark.parametrize("name", [name for name in BAD if name != "no identifier"])
def test_one_bad_record_is_put_aside_and_the_token_is_followed(site: Site, name: str) -> None:
    bad, words = BAD[name]
    whole = (
        page(GOOD, "<BAD/>", item("6", "F"), then="p3")
        .encode()
        .replace(b"<BAD/>", bad if isinstance(bad, bytes) else bad.encode())
    )
    report = site.harvest(FIRST, whole, SECOND)
    assert (report.outcome, report.exit_code, report.quarantined) == ("complete", 0, 1)
    assert site.records() == {**EXPECTED, "5": "E", "6": "F"}
    assert [text for text in report.notes if words in text]
    assert site.provider.lists()[2]["resumptionToken"] == "p3"
    assert "01017010170" not in str(report.to_json()) + (site.folder / "s" / "harvest.sqlite").read_text("latin-1")
    mended = page(item("x&amp;y" if "identifier" in name else "x", "Mendet", number="x"))
    report = site.harvest(mended)
    assert report.new == 1


def test_a_record_without_identifier_is_known_by_nothing_and_nothing_is_deleted_by_absence(site: Site) -> None:
    """It could be any of those that are missing."""
    site.harvest(page(*(item(str(number), "T") for number in range(20))))
    nameless = item("x", "X").replace("<identifier>oai:t:x</identifier>", "").replace('tag="001"', 'tag="009"')
    report = site.harvest(page(*(item(str(number), "T") for number in range(19)), nameless), is_full=True)
    assert (report.deleted, report.quarantined, report.exit_code) == (0, 1, 0)
    assert len(site.records()) == 20
