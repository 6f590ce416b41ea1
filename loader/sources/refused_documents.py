"""Documents about borrowers and loans are refused as they are opened, by the words of `data/refused-kinds.toml`."""

from __future__ import annotations

import io
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import IO, cast

from loader.sources.source import Document
from nbkg.errors import DataError

_HEAD = 4096
_FIRST_ELEMENT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)[\s/>]")
_CELLS = re.compile(r"[,;\t|]")


@cache
def refused_words(part: str) -> Mapping[str, str]:
    """Return the words of `elements`, `members` or `kinds`, by what they are in small letters."""
    content = tomllib.loads(files("data").joinpath("refused-kinds.toml").read_text(encoding="utf-8"))
    return {word.casefold(): word for word in content[part]}


def refuse_borrowers(document: Document) -> Document:
    """Return a document whose beginning was looked at. Raises DataError for one about borrowers or loans.

    An XML document is known by its first element, a table by its first line. Records in JSON are looked at one by one.
    """
    stream = document.stream if hasattr(document.stream, "peek") else _buffered(document.stream)
    head = stream.peek(_HEAD)[:_HEAD].decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if word := _first_element(head) if head.startswith("<") else _column(head):
        problem = f"is about borrowers or loans (“{word}”): such documents are never read. Remove the source"
        raise DataError(problem, file=document.name)
    return Document(document.name, stream)


def _buffered(stream: IO[bytes]) -> io.BufferedReader:
    return io.BufferedReader(cast(io.RawIOBase, stream))


def _first_element(head: str) -> str:
    element = _FIRST_ELEMENT.search(head)
    return refused_words("elements").get(element[1].casefold(), "") if element else ""


def _column(head: str) -> str:
    cells = [cell.strip(' "').casefold() for cell in _CELLS.split(head.partition("\n")[0])]
    known = [refused_words("members")[cell] for cell in cells if cell in refused_words("members")]
    return known[0] if known and len(cells) > 1 else ""
