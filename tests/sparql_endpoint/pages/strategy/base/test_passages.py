"""Passages marked in a text."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from sparql_endpoint.pages.strategy.base.passages import Opening, Piece, Text, TextSpan, lines, marked


def _written(pieces: Sequence[Piece[str]]) -> str:
    """Pieces as `<name>…</name>`; `<name+>` where a mark goes on."""
    written = ""
    for piece in pieces:
        if isinstance(piece, Text):
            written += piece.text
        elif isinstance(piece, Opening):
            written += f"<{piece.span.value}{'' if piece.is_first else '+'}>"
        else:
            written += f"</{piece.span.value}>"
    return written


@pytest.mark.parametrize(
    ("spans", "written"),
    [
        ([], "abcdefgh"),
        ([(0, 8, "x")], "<x>abcdefgh</x>"),
        ([(1, 3, "x"), (5, 6, "y")], "a<x>bc</x>de<y>f</y>gh"),
        ([(1, 3, "x"), (3, 5, "y")], "a<x>bc</x><y>de</y>fgh"),
        ([(3, 4, "in"), (1, 6, "out")], "a<out>bc<in>d</in>ef</out>gh"),
        ([(1, 4, "first"), (1, 4, "second")], "a<first><second>bcd</second></first>efgh"),
        ([(1, 6, "out"), (1, 3, "start"), (4, 6, "end")], "a<out><start>bc</start>d<end>ef</end></out>gh"),
        ([(1, 4, "x"), (3, 6, "y")], "a<x>bc<y>d</y></x><y+>ef</y>gh"),
        ([(1, 6, "out"), (2, 4, "x"), (3, 8, "y")], "a<out>b<x>c<y>d</y></x><y+>ef</y></out><y+>gh</y>"),
        ([(2, 2, "empty"), (6, 5, "turned"), (9, 12, "outside")], "abcdefgh"),
        ([(6, 99, "long")], "abcdef<long>gh</long>"),
    ],
)
def test_marks_nest_and_are_cut(spans: list[tuple[int, int, str]], written: str) -> None:
    assert _written(marked("abcdefgh", [TextSpan(*span) for span in spans])) == written


def test_a_part_of_a_text() -> None:
    pieces = marked("abcdefgh", [TextSpan(0, 4, "x"), TextSpan(5, 9, "y"), TextSpan(0, 2, "outside")], 2, 6)
    assert _written(pieces) == "<x>cd</x>e<y>f</y>"


def test_very_many_marks_within_each_other_are_no_matter_of_depth() -> None:
    text = "x" * 10_000
    pieces = marked(text, [TextSpan(n, 10_000 - n, n) for n in range(5_000)])
    assert "".join(piece.text for piece in pieces if isinstance(piece, Text)) == text
    assert sum(piece.opens for piece in pieces) == sum(piece.closes for piece in pieces) == 5_000


def test_code_points_are_counted() -> None:
    assert _written(marked("på 🙂 én", [TextSpan(3, 4, "x")])) == "på <x>🙂</x> én"


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [(0, 1, "one"), (4, 13, "two three"), (6, 15, "two three\nfour"), (15, 18, "four"), (5, 5, "two three")],
)
def test_whole_lines(start: int, end: int, found: str) -> None:
    text = "one\ntwo three\nfour"
    first, last = lines(text, start, end)
    assert text[first:last] == found
