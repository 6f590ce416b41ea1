"""The leader and 008: what classes, dates, codes and terms say, each in its position; the rest is not coded (`|`).

https://www.loc.gov/marc/bibliographic/bdleader.html, https://www.loc.gov/marc/bibliographic/bd008.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from loader.errors import ComposingError
from loader.marc.fields.coded_kinds import (
    ACCOMPANYING,
    BIOGRAPHY,
    CONTENTS,
    FLAGS,
    FREQUENCIES,
    ILLUSTRATIONS,
    LITERARY,
    SUPPLEMENTS,
)
from loader.marc.fields.control_fields import AUDIENCES, WORK_CLASSES
from loader.marc.writing.catalogue_graph import GraphNode, codes_of
from loader.marc.writing.composed_fields import control_fields
from loader.marc.writing.composer import Composer, RecordComposing
from loader.marc.writing.local_composers import as_of_source
from loader.marc.writing.provision_composers import has_264
from loader.marc.writing.record_nodes import RecordNodes
from nbkg.records.record import MarcField

_MANUSCRIPTS = {"NotatedMusic": "d", "Cartography": "f", "Text": "t"}
_LEVELS = {"Serial": "s", "Integrating": "i", "Collection": "c"}
_YEAR = re.compile(r"\d{2}[\dX]{2}")
_NOT_CODED = "|"
_UNDATED = "n" + "u" * 8


def leader(nodes: RecordNodes) -> str:
    """Return the leader; lengths are for whoever writes the record, and punctuation of ISBD is left out (18)."""
    status = next(iter(codes_of(nodes.record.nodes("status"), "mstatus")), "n")
    levels = codes_of(nodes.record.nodes("descriptionLevel"), "menclvl")
    level = next(iter(levels), "u").replace("f", " ")
    return f"00000{status}{_type(nodes.work)}{_level(nodes)} a2200000{level}c 4500"


def _type(work: GraphNode) -> str:
    names = {kind: code for code, kind in reversed(WORK_CLASSES.items())}
    if work.is_a("Manuscript"):
        names |= _MANUSCRIPTS
    return next((code for kind, code in names.items() if work.is_a(kind)), "a")


def _level(nodes: RecordNodes) -> str:
    named = (code for kind, code in _LEVELS.items() if nodes.work.is_a(kind))
    part = nodes.instance.nodes("partOf") or nodes.work.nodes("partOf")
    return next(named, "a" if part else "m")


def compose_coded_data(composing: RecordComposing) -> Iterator[MarcField]:
    """Yield 008: when the record was made, dates, country, audience, form, contents and language."""
    nodes = composing.nodes
    entered = entered_date(composing)
    languages = codes_of(nodes.work.nodes("language"), "languages")
    language = languages[0] if languages else "und"
    country = (next(iter(_countries(nodes.instance)), "xx")).ljust(3)
    data = f"{entered}{coded_dates(nodes)}{country}{_positions(nodes)}{language}{_NOT_CODED}{_cataloguer(nodes)}"
    yield from control_fields("008", as_of_source("008", data, composing))


def entered_date(composing: RecordComposing) -> str:
    """Return when a record was made, as six digits. Raises ComposingError where nothing says it."""
    record = composing.nodes.record
    date = record.value("creationDate") or composing.entered or record.value("changeDate")
    digits = re.sub(r"\D", "", date)[2:8]
    if len(digits) < 6:
        raise ComposingError(
            f"{composing.nodes.name}: nothing says when its record was made; add a bf:creationDate to its "
            "bf:adminMetadata, or name the date by --entered"
        )
    return digits


def _countries(instance: GraphNode) -> list[str]:
    return [
        code
        for activity in instance.nodes("provisionActivity")
        for code in codes_of(activity.nodes("place"), "countries")
    ]


def coded_dates(nodes: RecordNodes) -> str:
    """Return the type of date and two dates (008/06-14)."""
    published = next((date for node in nodes.instance.nodes("provisionActivity") for date in _edtf(node, "date")), "")
    if not published:
        return _copyright_only(nodes.instance)
    years = list(map(_coded, _YEAR.findall(published)))
    return _span(published, years) if _is_span(published, years) else _single(years, nodes)


def _copyright_only(instance: GraphNode) -> str:
    year = instance.value("copyrightDate")
    return f"s{year}    " if _YEAR.fullmatch(year) else _UNDATED


def _is_span(date: str, years: list[str]) -> bool:
    return len(years) > 1 or "/.." in date


def _span(date: str, years: list[str]) -> str:
    """Return the codes of a span: of a serial that goes on, of an uncertain date, or of several years."""
    if "/.." in date:
        return f"c{years[0]}9999"
    return f"{'q' if '[' in date else 'm'}{years[0]}{years[1]}"


def _single(years: list[str], nodes: RecordNodes) -> str:
    """Return the codes of one year, with that of the original or of the copyright."""
    first = years[0] if years else "uuuu"
    original = _first_year(_edtf(nodes.work, "originDate"))
    if original:
        return f"r{first}{original}"
    notice = _first_year(nodes.instance.values("copyrightDate"))
    is_said = bool(notice) and (has_264(nodes.record) or notice != first)
    return f"t{first}{notice}" if is_said else f"s{first}    "


def _first_year(dates: list[str]) -> str:
    match = _YEAR.search(dates[0]) if dates else None
    return _coded(match.group()) if match else ""


def _coded(year: str) -> str:
    return year.replace("X", "u")


def _edtf(node: GraphNode, name: str) -> list[str]:
    return [date.value for date in node.literals(name) if date.datatype.value.endswith("/edtf")]


def _positions(nodes: RecordNodes) -> str:
    """Return the positions 18-34: those of books, of serials the frequency, of other kinds the audience only."""
    level = leader(nodes)[6:8]
    is_book = level[0] in "at" and level[1] in "acdm"
    positions = list(nodes.profile.practice.coded_contents if is_book else _NOT_CODED * 17)
    codes = _book_codes(nodes) if is_book else _other_codes(nodes)
    for position, code in codes:
        positions[position - 18 : position - 18 + len(code)] = code
    return "".join(positions)


def _other_codes(nodes: RecordNodes) -> Iterator[tuple[int, str]]:
    if nodes.work.is_a("Serial", "Integrating"):
        yield 18, _one(FREQUENCIES, codes_of(nodes.instance.nodes("frequency"), "frequencies"))
    else:
        yield 22, _one(AUDIENCES, codes_of(nodes.work.nodes("intendedAudience"), "maudience"))
    if nodes.work.is_a("NotatedMusic", "MusicAudio", "NonMusicAudio"):
        yield 24, _padded(ACCOMPANYING, codes_of(nodes.work.nodes("supplementaryContent"), "msupplcont"))


def _book_codes(nodes: RecordNodes) -> Iterator[tuple[int, str]]:
    """Yield positions and codes: illustrations, audience, form, contents, flags, literary form and biography."""
    genres = codes_of(nodes.work.nodes("genreForm"), "marcgt")
    supplements = codes_of(nodes.work.nodes("supplementaryContent"), "msupplcont")
    yield 18, _padded(ILLUSTRATIONS, codes_of(nodes.instance.nodes("illustrativeContent"), "millus"))
    yield 22, _one(AUDIENCES, codes_of(nodes.work.nodes("intendedAudience"), "maudience"))
    yield 23, "o" if nodes.instance.is_a("Electronic") else ""
    yield 24, _padded({**CONTENTS, **SUPPLEMENTS}, [*genres, *supplements])
    yield from ((position, "1") for position, genre in FLAGS.items() if genre in genres)
    yield 31, "1" if "index" in supplements else ""
    yield 33, _one(LITERARY, genres)
    yield 34, _one(BIOGRAPHY, genres)


def _one(table: Mapping[str, str], names: list[str]) -> str:
    """Return the code of the first term that a table has, or an empty text."""
    return next((code for code, name in table.items() if name in names), "")


def _padded(table: Mapping[str, str], names: list[str]) -> str:
    """Return up to four codes, and blanks after them."""
    codes = "".join(sorted(code for code, name in table.items() if name in names))[:4]
    return codes.ljust(4) if codes else ""


def _cataloguer(nodes: RecordNodes) -> str:
    """Return 008/39: a blank for a national agency, `d` for another one."""
    agencies = {agent.value("code") for agent in nodes.record.nodes("assigner")}
    if not agencies or not nodes.profile.national_agencies:
        return _NOT_CODED
    return " " if agencies & nodes.profile.national_agencies else "d"


COMPOSERS = (Composer(compose_coded_data),)
