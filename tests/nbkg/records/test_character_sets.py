"""Character sets: MARC-8 beside pymarc, leaders that lie, and text for the graph."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbkg.errors import MarcRecordError
from nbkg.records.character_sets import CharacterSet, find_character_set, graph_text
from nbkg.records.iso2709 import read_record
from nbkg.records.iso2709_writing import write_record
from nbkg.records.marc8 import Marc8Error, decode_marc8
from nbkg.records.record import MarcField, MarcRecord
from tests.marc_oracle import simple


@pytest.mark.parametrize(
    ("text", "characters"),
    [
        (b"Dvo\xe9r\xe2ak", "Dvořák"),
        (b"Ti\xe3\xf2eng Vi\xf2\xe3et", "Tiệng Việt"),
        (b"\xc8 100, Gro\xc7e", "€ 100, Große"),
        (b"\xebI\xecazyk", "I͡azyk"),
        (b"\xebT\xecS\xebI\xecA", "T͡SI͡A"),
        (b"\xfan\xfbg", "n͠g"),
        (b"\xebI a", "I︠ a"),
        (b"a\x8db\x8ec \x88The \x89Book", "a\u200db\u200cc \x98The \x9cBook"),
        (b"&#x2014; &#x1F4D6; &amp; &#65; &#xD800;", "— 📖 &amp; &#65; &#xD800;"),
        (b"\x1b(NhARRI POTTER\x1b(B x", "Хaрри поттер x".replace("a", "а")),
        (b"\x1b)N\xe8\xc1", "Ха"),
        (b"\x1b(2\x60\x61\x1b(B!", "אב!"),
        (b"\x1b)2\xe0\xe1", "אב"),
        (b"\x1b(S\x41\x61", "Αα"),
        (b"\x1bga\x1bs \x1bb2\x1bs \x1bp2\x1bs", "α ₂ ²"),
        (b"\x1b$1!0!!0\x22\x1b(B", "一丁"),
        (b"\x1b$)1\xa1\xb0\xa1", "一"),
        (b"\x1b$,1!0! !0!\x1bs.", "一 一."),
        (b"\x1b)!E\xa2", "Ø"),
    ],
)
def test_marc_8_is_decoded(text: bytes, characters: str) -> None:
    decoded, odd = decode_marc8(text)
    assert graph_text(decoded).replace("\x98", "") == graph_text(characters)
    assert odd == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"M\xfcnchen", "0xFC has no meaning"),
        (b"\xd8yen", "0xD8 has no meaning"),
        (b"Malm\xf6", "mark 0xF6 at the end"),
        (b"\x1b$1!0", "cut"),
    ],
)
def test_what_is_not_marc_8_is_refused(text: bytes, message: str) -> None:
    with pytest.raises(Marc8Error, match=message):
        decode_marc8(text)


def test_escape_sequences_that_are_not_known_are_left_out_and_reported() -> None:
    assert decode_marc8(b"Soci\x1bte") == ("Socite", ["an escape sequence is not known: b'\\x1bte'"])
    assert decode_marc8(b"\x1b(Zabc")[1] == ["an escape sequence names no character set: b'\\x1b(Z'"]


@given(st.binary(max_size=60))
def test_any_bytes_are_decoded_or_refused(text: bytes) -> None:
    try:
        characters, _odd = decode_marc8(text)
    except Marc8Error:
        return
    characters.encode()


@pytest.mark.parametrize(
    ("leader_09", "text", "character_set"),
    [
        ("a", "Ås".encode(), CharacterSet.UTF8),
        (" ", "Ås".encode(), CharacterSet.UTF8),
        ("1", "Ås".encode(), CharacterSet.UTF8),
        (" ", b"As", CharacterSet.UTF8),
        (" ", b"\x1b(NAs\x1b(B", CharacterSet.MARC8),
        (" ", b"A &#x2014; B", CharacterSet.MARC8),
        ("a", b"A &#x2014; B", CharacterSet.UTF8),
        (" ", b"Dvo\xe9r\xe2ak", CharacterSet.MARC8),
        (" ", "på Blåfjell på".encode()[:-1] + b"\x1e", CharacterSet.UTF8),
        ("a", b"p\xc3\x1f", CharacterSet.UTF8),
        (" ", b"Gro\xc7\x1e", CharacterSet.MARC8),
    ],
)
def test_the_character_set_is_that_of_the_bytes(leader_09: str, text: bytes, character_set: CharacterSet) -> None:
    assert find_character_set(leader_09, text) is character_set


def test_a_record_that_says_utf_8_and_is_not_is_refused() -> None:
    with pytest.raises(MarcRecordError, match="byte 0xE5 at 1 of the fields"):
        find_character_set("a", b"p\xe5 fjellet")


def test_a_cut_sequence_is_one_replacement_character_and_reported() -> None:
    raw = write_record(
        MarcRecord(simple().leader, [MarcField("001", data="1"), MarcField("500", "  ", [("a", "Blå")])])
    )
    record = read_record(raw.replace("å".encode(), b"\xc3"))
    assert record.fields[1].subfields == [("a", "Bl\ufffd")]
    assert "unreadable-character" in {oddity.code for oddity in record.oddities}


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("Ha\u030akonsen", "Håkonsen"),
        ("249,00 \x80", "249,00 €"),
        ("\x93Sitat\x94", "“Sitat”"),
        ("\x98The \x9cBook", "The Book"),
        ("\x88L'\x89altra faccia", "L'altra faccia"),
        ("c\x9cur, 5 \x89", "cœur, 5 ‰"),
        ("a\x00b\x07c\x81", "abc"),
        ("en\ttab\r\nlinje", "en tab  linje"),
        ("T͡S", "T͡S"),
    ],
)
def test_text_of_the_graph_is_nfc_without_control_characters(text: str, literal: str) -> None:
    assert graph_text(text) == literal
