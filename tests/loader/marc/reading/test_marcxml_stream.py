"""Files of MARCXML: what stands around records, faults inside and outside them, and what is refused."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loader.marc.reading.deliveries import DamagedRecord, DeletedHeader, Delivery
from loader.marc.reading.marcxml_stream import read_marcxml
from nbkg.errors import DataError
from nbkg.records import marcxml
from nbkg.records.record import DeliveredRecord
from tests.marc_oracle import simple

GOOD = [marcxml.write_record(simple(number)).strip() for number in range(1000)]
SLIM = b'<collection xmlns="http://www.loc.gov/MARC21/slim">'


def read(content: bytes) -> tuple[list[Delivery], DataError | None]:
    """Return what comes before the error, and the error."""
    deliveries: list[Delivery] = []
    try:
        deliveries.extend(read_marcxml(io.BytesIO(content)))
    except DataError as error:
        return deliveries, error
    return deliveries, None


def delivered(deliveries: list[Delivery]) -> list[DeliveredRecord]:
    return [each for each in deliveries if isinstance(each, DeliveredRecord)]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "bare ampersand": lambda raw: raw.replace(b"Fjord og", b"Fjord & og"),
    "unknown entity": lambda raw: raw.replace(b"Fjord og", b"Fjord &aring; og"),
    "control character": lambda raw: raw.replace(b"Fjord og", b"Fjord\x1fog"),
    "not UTF-8": lambda raw: raw.replace(b"Fjord og", b"p\xe5 og"),
    "end tag missing": lambda raw: raw.replace(b"</subfield>", b"", 1),
    "end of the record missing": lambda raw: raw.replace(b"</record>", b""),
    "wrong end tag": lambda raw: raw.replace(b"</datafield>", b"</datafelt>", 1),
    "attribute twice": lambda raw: raw.replace(b'code="a"', b'code="a" code="a"', 1),
    "quote missing": lambda raw: raw.replace(b'code="a"', b'code="a', 1),
    "broken off": lambda raw: raw[: len(raw) // 2],
    "no fields": lambda _raw: b'<record xmlns="http://www.loc.gov/MARC21/slim"><leader/></record>',
    "empty": lambda _raw: b'<record xmlns="http://www.loc.gov/MARC21/slim"/>',
}


@pytest.mark.parametrize("way", DAMAGES)
def test_all_good_records_come_out_byte_for_byte_beside_damaged_ones(way: str) -> None:
    at = set(range(7, 1000, 20))
    parts = [DAMAGES[way](raw) if number in at else raw for number, raw in enumerate(GOOD)]
    deliveries, failure = read(b"<collection>\n" + b"\n".join(parts) + b"\n</collection>")
    assert failure is None
    assert [each.raw for each in delivered(deliveries)] == [raw for n, raw in enumerate(GOOD) if n not in at]
    damaged = [each for each in deliveries if isinstance(each, DamagedRecord)]
    assert [each.raw.strip() for each in damaged] == [parts[number].strip() for number in sorted(at)]
    assert all(each.reason for each in damaged)


def test_a_fault_is_reported_with_its_line() -> None:
    content = b"<collection>\n\n" + GOOD[0] + b"\n" + DAMAGES["bare ampersand"](GOOD[1]) + b"</collection>"
    [_good, damaged] = read(content)[0]
    assert isinstance(damaged, DamagedRecord)
    line = 1 + content[: content.index(b" & ")].count(b"\n")
    assert damaged.reason == f"line {line}: it is not well-formed XML: not well-formed (invalid token)"


@pytest.mark.parametrize("size", [7, 100, 999])
def test_records_that_cross_the_blocks_of_reading_come_out(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loader.marc.reading.marcxml_stream._BLOCK", size)
    parts = [*GOOD[:5], DAMAGES["quote missing"](GOOD[5]), *GOOD[6:12]]
    deliveries, failure = read(SLIM + b"".join(parts) + b"</collection>")
    assert failure is None
    assert [each.raw for each in delivered(deliveries)] == [*GOOD[:5], *GOOD[6:12]]


def test_records_before_and_after_a_fault_outside_records_come_out_and_its_line_is_an_error() -> None:
    content = SLIM + b"\n" + GOOD[0] + b"\n& <b>\n" + GOOD[1] + b"</collection>"
    deliveries, failure = read(content)
    assert [each.raw for each in delivered(deliveries)] == GOOD[:2]
    assert failure is not None
    assert failure.line == 1 + content[: content.index(b"& <b>")].count(b"\n")


def test_a_comment_that_holds_two_hyphens_is_put_aside_and_no_record_in_it_is_read() -> None:
    comment = b"<!-- " + GOOD[1].replace(b"og fjell", b"-- fjell") + b" -->"
    deliveries, failure = read(SLIM + GOOD[0] + comment + GOOD[2] + b"</collection>")
    assert failure is None
    assert [each.raw for each in delivered(deliveries)] == [GOOD[0], GOOD[2]]
    [damaged] = [each for each in deliveries if isinstance(each, DamagedRecord)]
    assert damaged.raw == comment
    assert "in a comment" in damaged.reason


def test_a_record_in_a_comment_is_none() -> None:
    deliveries, failure = read(SLIM + GOOD[0] + b"<!-- " + GOOD[1] + b" --></collection>")
    assert (len(deliveries), failure) == (1, None)


def test_documents_may_follow_one_another() -> None:
    document = b'<?xml version="1.0"?>' + SLIM + GOOD[0] + b"</collection>\n"
    deliveries, failure = read(document * 3)
    assert [each.raw for each in delivered(deliveries)] == [GOOD[0]] * 3
    assert failure is None


def test_a_file_that_ends_inside_a_record_gives_those_before_it() -> None:
    content = SLIM + GOOD[0] + GOOD[1][:100]
    [good, damaged], failure = read(content)
    assert isinstance(good, DeliveredRecord)
    assert isinstance(damaged, DamagedRecord)
    assert damaged.raw == GOOD[1][:100]
    assert failure is None


def test_a_file_that_ends_between_records_is_an_error_after_them() -> None:
    deliveries, failure = read(SLIM + GOOD[0])
    assert [each.raw for each in delivered(deliveries)] == [GOOD[0]]
    assert "no element found" in str(failure)


@pytest.mark.parametrize(
    "declaration",
    [
        b'<!DOCTYPE c [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;&a;">]>',
        b'<!DOCTYPE c [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE c SYSTEM "http://example.org/c.dtd">',
    ],
)
def test_a_document_type_declaration_is_refused(declaration: bytes) -> None:
    deliveries, failure = read(b'<?xml version="1.0"?>' + declaration + SLIM + GOOD[0] + b"</collection>")
    assert deliveries == []
    assert "document type declaration" in str(failure)


@pytest.mark.parametrize(
    ("envelope", "root"),
    [(b"<html><body/></html>", "html"), (SLIM + b"</collection>", "collection"), (b"<x:a xmlns:x='u'/>", "x:a")],
)
def test_a_document_without_a_record_is_an_error_that_names_its_root(envelope: bytes, root: str) -> None:
    deliveries, failure = read(envelope)
    assert deliveries == []
    assert f"there is no MARC record in it; its root element is <{root}>" in str(failure)


def test_namespaces_of_the_document_are_declared_in_the_bytes_of_a_record() -> None:
    number = b'<m:controlfield tag="001" x:a="1">1</m:controlfield>'
    raw = b'<m:record xmlns:y="urn:y"><m:leader>00000nam a2200000 i 4500</m:leader>' + number + b"</m:record>"
    content = b'<m:c xmlns:m="http://www.loc.gov/MARC21/slim" xmlns:x="urn:x" xmlns:z="urn:z">' + raw + b"</m:c>"
    [one] = delivered(read(content)[0])
    declared = b' xmlns:m="http://www.loc.gov/MARC21/slim" xmlns:x="urn:x"'
    assert one.raw == raw.replace(b"<m:record", b"<m:record" + declared)
    assert marcxml.read_record(one.raw) == one.record
    assert content[one.offset :].startswith(raw)


def test_records_of_an_sru_answer_may_be_packed_as_text() -> None:
    packed = GOOD[0].replace(b"&", b"&amp;").replace(b"<", b"&lt;")
    srw = b'<searchRetrieveResponse xmlns="http://www.loc.gov/zing/srw/"><records><record><recordPacking>string</recordPacking>'
    content = srw + b"<recordData>" + packed + b"</recordData></record></records></searchRetrieveResponse>"
    [one] = delivered(read(content)[0])
    assert one.raw == GOOD[0]


def test_a_deletion_alone_is_an_answer() -> None:
    oai = b'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><record><header status="deleted">'
    tail = (
        b"<identifier> oai:x:1 </identifier><datestamp>2026-01-01</datestamp></header></record></ListRecords></OAI-PMH>"
    )
    [deletion], failure = read(oai + tail)
    assert isinstance(deletion, DeletedHeader)
    assert deletion.header == ("oai:x:1", "2026-01-01")
    assert failure is None


@given(st.binary(max_size=300))
def test_any_bytes_in_a_record_lose_none_of_those_around_it(junk: bytes) -> None:
    record = GOOD[1].replace(b"Fjord og fjell", junk, 1)
    deliveries, _failure = read(SLIM + GOOD[0] + record + GOOD[2] + GOOD[3] + b"</collection>")
    out = [each.raw for each in delivered(deliveries)]
    assert out[0] == GOOD[0]
    assert b"<!" in junk or b"<record" in junk or b"</record" in junk or out[-1] == GOOD[3]


@given(st.binary(max_size=500))
def test_any_bytes_are_read_to_their_end(content: bytes) -> None:
    read(b"<" + content)
