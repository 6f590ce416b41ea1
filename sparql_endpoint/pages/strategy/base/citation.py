"""How to cite what a report says of a measure: as a line of text and as a BibTeX entry."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sparql_endpoint.http import dates, languages

_SPECIAL = re.compile(r"[\\{}$&#%_~^]")
_ESCAPED = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_KEY = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Citation:
    """What is cited: who published which report when, what of it, and by which address that is found here."""

    publisher: str
    report: str
    issued: str
    measure: str
    iri: str
    version: str
    """Of the data."""

    def text(self, language: str) -> str:
        """One line, the lasting address last."""
        day = dates.day(self.issued, language) if self.issued else ""
        author = f"{self.publisher} ({day}). " if self.publisher and day else f"{self.publisher or day}. ".lstrip(". ")
        version = languages.say("cite_version", language, version=self.version) if self.version else "nbkg"
        return f"{author}{self.report}: {self.measure} [{version}]. {self.iri}"

    def bibtex(self, language: str) -> str:
        """An entry `@misc`; what TeX takes for its own is escaped."""
        key = _KEY.sub("-", self.iri.lower()).strip("-").removeprefix("https-w3id-org-")
        year, month = [*self.issued.split("-"), "", ""][:2]
        version = languages.say("cite_version", language, version=self.version) if self.version else "nbkg"
        fields = {
            "author": f"{{{_tex(self.publisher)}}}" if self.publisher else "",
            "title": f"{_tex(self.report)}: {_tex(self.measure)}",
            "year": _tex(year),
            "month": _tex(month),
            "note": _tex(version),
            "url": self.iri.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C"),
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
        return "\n".join([f"@misc{{{key},", *lines, "}"])


def _tex(text: str) -> str:
    return _SPECIAL.sub(lambda match: _ESCAPED.get(match[0], f"\\{match[0]}"), " ".join(text.split()))
