"""The subfields of a heading out of its label: name, numeration, titles, dates, units and qualifiers."""

from __future__ import annotations

import re

_DATE_WORDS = r"(?:ca|circa|approximately|active|virksom|f|b|d|n|fl|født|død|fødd|born|died)\.?"
_DATES = re.compile(rf",\s(?P<text>(?:{_DATE_WORDS}\s?)?(?:\d[^,()]*|-\s?\d[^,()]*))(?=,\s|\s\(|$)")
_QUALIFIER = re.compile(r"\s\((?P<text>[^()]+)\)(?=,\s|\s\(|$)")
_WORDS = re.compile(r",\s(?P<text>[^,()]+)(?=,\s|\s\(|$)")
_NUMERATION = re.compile(r"^(?P<name>[^\d,]*\w)\s(?P<number>[IVXLC]+\.?)$")
_INITIAL = re.compile(r"\b\w\.")
_SPACED = re.compile(r"(?<=\b\w\.) (?=\w\.)")
_MEETING = re.compile(r"\s\((?P<text>[^()]*)\)$")
_NUMBER_OF_MEETING = re.compile(r"\d+(?:\.|st|nd|rd|th)?|[IVXLC]+\.?")
_YEAR = re.compile(r"\d{4}")

Parts = list[tuple[str, str]]


def person_parts(label: str, *, has_joined_initials: bool = False) -> Parts:
    """Return the subfields of a person or family: $a, $b, $c, $d and $q in the order of the label."""
    name, rest = _split_name(label)
    parts = _numbered(_joined(name) if has_joined_initials else name)
    while rest:
        code, text, rest = _next_part(name, rest)
        parts.append((code, text))
    return parts


def _joined(name: str) -> str:
    """Return a name with initials that stand together: `Tolkien, J.R.R.`."""
    return _SPACED.sub("", name)


def _split_name(label: str) -> tuple[str, str]:
    """Return the name as far as its forename, and what follows: it begins at dates, parentheses or a second comma."""
    ends = [match.start() for match in (_DATES.search(label), _QUALIFIER.search(label)) if match]
    commas = [match.start() for match in re.finditer(r",\s", label)]
    end = min([*ends, *commas[1:2], len(label)])
    return label[:end], label[end:]


def _numbered(name: str) -> Parts:
    match = _NUMERATION.match(name)
    return [("a", match["name"]), ("b", match["number"])] if match else [("a", name)]


def _next_part(name: str, rest: str) -> tuple[str, str, str]:
    if match := _DATES.match(rest):
        return "d", match["text"], rest[match.end() :]
    if match := _QUALIFIER.match(rest):
        is_fuller = bool(_INITIAL.search(name)) and match["text"][:1].isupper()
        return ("q" if is_fuller else "c"), f"({match['text']})", rest[match.end() :]
    if match := _WORDS.match(rest):
        return "c", match["text"], rest[match.end() :]
    return "c", rest.strip(" ,"), ""


def body_parts(label: str) -> Parts:
    """Return the subfields of a corporate body: its name, and a $b for each unit below it."""
    name, *units = _units(label)
    return [("a", name), *(("b", unit) for unit in units)]


def _units(label: str) -> list[str]:
    """Return the parts between full stops; one that ends an abbreviation or an initial ends no part."""
    parts: list[str] = []
    for piece in label.split(". "):
        if parts and (_is_short(parts[-1]) or piece[:1].islower()):
            parts[-1] = f"{parts[-1]}. {piece}"
        else:
            parts.append(piece)
    return parts


def _is_short(part: str) -> bool:
    last = part.rpartition(" ")[2]
    return len(last) < 3 or last.lower() in {"dept", "inc", "ltd", "corp", "bros", "univ"}


def meeting_parts(label: str) -> Parts:
    """Return the subfields of a meeting: its name, and number, date and place in its parentheses."""
    match = _MEETING.search(label)
    if match is None:
        return [("a", label)]
    qualifiers = [(_meeting_code(text), text) for text in match["text"].split(" : ")]
    return [("a", label[: match.start()]), *qualifiers]


def _meeting_code(text: str) -> str:
    if _NUMBER_OF_MEETING.fullmatch(text):
        return "d" if _YEAR.fullmatch(text) else "n"
    return "d" if _YEAR.search(text) else "c"
