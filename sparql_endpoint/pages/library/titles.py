"""Titles and names in their scripts: the form in Latin letters, and the one in the script of the thing itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from sparql_endpoint.pages.library.description import Description

_RIGHT_TO_LEFT = ("Arab", "Hebr", "Syrc", "Thaa")


@dataclass(frozen=True)
class Written:
    """A text and the tag of its language and script, which is empty where the data has none."""

    text: str
    language: str = ""

    @property
    def direction(self) -> str:
        """Return the value of `dir`: what the script of the tag says, else `auto`."""
        return "rtl" if self.language.partition("-")[2][:4].capitalize() in _RIGHT_TO_LEFT else "auto"


@dataclass(frozen=True)
class Title:
    """A title: its parts as one text, what kind it is (`bf:Title`, `bf:ParallelTitle`), and how it is written."""

    written: Written
    subtitle: str
    kind: str

    @property
    def full(self) -> str:
        """Return the title with its subtitle."""
        return f"{self.written.text} : {self.subtitle}" if self.subtitle else self.written.text


def written(literal: Literal) -> Written:
    """Return a literal with its language."""
    return Written(literal.value, literal.language or "")


def names_of(node: NamedNode, described: Description) -> Sequence[Written]:
    """Return the labels of a thing, those without a language first, which are in the letters of the catalogue."""
    labels = described.texts(node, "rdfs:label", "skos:prefLabel")
    return [written(label) for label in sorted(labels, key=lambda label: (label.language or "", label.value))]


def heading_of(node: NamedNode, described: Description) -> tuple[Written | None, Sequence[Written]]:
    """Return the name that a page begins with, in the script of the thing itself, and its other names."""
    names = names_of(node, described)
    first = next((name for name in names if "-" in name.language), names[0] if names else None)
    return first, [name for name in names if name is not first and name.text != (first.text if first else "")]


def titles_of(node: NamedNode, described: Description) -> Sequence[Title]:
    """Return the titles of a thing: the title itself first, then parallel and variant ones, each script by itself."""
    titles = [title for part in described.nodes(node, "bf:title") for title in _in_each_script(part, described)]
    return sorted(titles, key=lambda title: (title.kind != "bf:Title", title.kind, title.written.language, title.full))


def _in_each_script(part: NamedNode, described: Description) -> Sequence[Title]:
    kind = next(iter(sorted(described.kinds(part))), "bf:Title")
    mains = described.texts(part, "bf:mainTitle")
    return [
        Title(
            Written(_with_parts(main, part, described), main.language or ""),
            _same(part, "bf:subtitle", main, described),
            kind,
        )
        for main in mains
    ]


def _with_parts(main: Literal, part: NamedNode, described: Description) -> str:
    number, name = (_same(part, prop, main, described) for prop in ("bf:partNumber", "bf:partName"))
    rest = ", ".join(text for text in (number, name) if text)
    return f"{main.value}. {rest}" if rest else main.value


def _same(part: NamedNode, prop: str, main: Literal, described: Description) -> str:
    return next((text.value for text in described.texts(part, prop) if text.language == main.language), "")
