"""How wide a label is in a drawing, and how it is broken into lines: a label is never cut off."""

from __future__ import annotations

from collections.abc import Sequence

_THIN, _WIDE, _CAPITAL, _USUAL = 0.36, 0.95, 0.72, 0.61
"""Widths of letters in parts of the text's size, as those of the widest of the usual fonts are (DejaVu Sans)."""
_BOLD = 1.17
_SPARE = 1.04
"""How much wider than estimated a line may turn out."""


def label_lines(text: str, width: float, size: float, *, bold: bool = False) -> Sequence[str]:
    """Return the text in lines that fit a width in pixels; it is broken at spaces, not at no-break spaces."""
    lines: list[str] = []
    for word in filter(None, text.split(" ")):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _width(longer) * _SPARE * size * (_BOLD if bold else 1) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _width(text: str) -> float:
    return sum(map(_letter, text))


def _letter(letter: str) -> float:
    if letter in "ijltfrI.,:;'()-–/ ":
        return _THIN
    if letter in "mwMW":
        return _WIDE
    return _CAPITAL if letter.isupper() else _USUAL
