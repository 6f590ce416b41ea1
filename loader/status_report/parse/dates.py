"""The times in a text, with the words that bound them, read to EDTF (https://www.loc.gov/standards/datetime/).

etter 2025   fra 2026   tidligst i 2027          2026/..   2026/..   2027/..
innen 2026   senest 1. juni 2026   før mai 2026  ../2026   ../2026-06-01   ../2026-04
fram til juni 2027   fram mot 2028               ../2027-06   ../2028
innen utgangen av 2026   ved utgangen av 2026    ../2026-12-31   2026-12-31
gjelder ut 2027   ut året                        ../2027-12-31   ../2026-12-31
fra mars til juni 2027   siden januar 2025       2027-03/2027-06   2025-01
rundt 1. mai 2026   ca. 1. mai 2026              2026-05-01~
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from loader.status_report.parse import edtf_dates
from loader.status_report.parse.date_form import Form
from loader.status_report.parse.date_forms import FORMS, read
from loader.status_report.parse.edtf_dates import following, is_turn, preceding
from loader.status_report.parse.look_alikes import is_look_alike
from loader.status_report.parse.verbs import MOVED


@dataclass(frozen=True)
class DateMention:
    """A time in a text. `resolve` gives the EDTF of a year, which `form` tells where it is printed."""

    start: int
    end: int
    form: Form
    bound: str = ""
    """The name of a rule in `BOUNDS`: how the words before the time bound it."""
    bare_year: bool = False

    @property
    def edtf(self) -> str | None:
        """Return the EDTF, or None where no year is printed."""
        return self.resolve(self.form.year) if self.form.year else None

    def resolve(self, year: int) -> str:
        """Return the EDTF in a year. Raises NotADateError for what no calendar has."""
        period = self.form.period(year)
        edtf_dates.bounds(period)
        return BOUNDS[self.bound](period)


def _before(period: str) -> str:
    return f"../{period[:4]}-12-31" if is_turn(period) else f"../{preceding(period)}"


def _until(period: str) -> str:
    return _before(period) if is_turn(period) else f"../{edtf_dates.last_part(period)}"


def _after(period: str) -> str:
    return f"{edtf_dates.last_part(period)}/.." if is_turn(period) else f"{following(period)}/.."


def _from(period: str) -> str:
    return _after(period) if is_turn(period) else f"{edtf_dates.first_part(period)}/.."


def _about(period: str) -> str:
    """Return the time as approximate; a season, a quarter or a period of several days is so already."""
    return period if "/" in period or edtf_dates.is_coarse(period) else f"{period}~"


BOUNDS: dict[str, Callable[[str], str]] = {
    "": lambda period: period,
    "since": lambda period: period,
    "before": _before,
    "until": _until,
    "until_end": lambda period: f"../{edtf_dates.last_day(period)}",
    "at_end": edtf_dates.last_day,
    "after": _after,
    "from": _from,
    "earliest": _from,
    "about": _about,
}
_END = r"(?:utgangen|slutten)\sav"
_OF = r"(?:\s(?:i|den|på|ved|om|fristen))?\s*$"
_TOWARDS = r"(?:fram|frem)\s(?:til|mot)"
_WORDS = {
    "until_end": rf"(?:innen|innan|før|inntil|til|senest\sved|seinast\sved)\s{_END}\s*$",
    "at_end": r"ved\sutgangen\sav\s*$",
    "earliest": rf"(?:tidligst|tidlegast){_OF}",
    "until": (
        rf"(?:{_TOWARDS}|innen|innan|inntil|senest|seinast|til\sog\smed|t\.o\.m\.|(?:ikke\ssenere|ikkje\sseinare)\senn){_OF}"
    ),
    "before": rf"før{_OF}",
    "since": rf"(?:siden|sidan){_OF}",
    "from": rf"(?:fra\sog\smed|frå\sog\smed|f\.o\.m\.|fra|frå){_OF}",
    "after": rf"(?:etter|over(?=\snyttår)){_OF}",
    "about": rf"(?:rundt|omkring|kring|omtrent|cirka|ca\.|om\slag){_OF}",
}
_BOUND = {name: re.compile(rf"\b(?:{words})", re.IGNORECASE) for name, words in _WORDS.items()}
_LASTS = (
    r"(?:gjeld|gjaldt|varer|varar|varte|løp|stå|forleng|utvid|vid[ea]re|fortset|held|hold|sikr|(?:full)?finansier|engasjer|ansatt|tilsett"
    r"|dispon|budsjetter|pågå|open|opna|åpen|åpn|periode)\w*"
)
_OUT = re.compile(rf"\b(?:(?P<lasts>{_LASTS}(?:\s\w+){{0,2}}?)\s)?(?P<out>ut)\s$", re.IGNORECASE)
"""To the end of a time, after a verb that lasts: "gjelder ut 2027"; in "lyses ut våren 2027" the verb has "ut"."""
_OVER_NEW_YEAR = re.compile(r"\bover\s*$", re.IGNORECASE)
_THROUGH = re.compile(r"\s?[–/-]\s?|\stil(?:\sog\smed)?(?:\sden)?\s", re.IGNORECASE)
_BETWEEN = re.compile(r"\bmellom(?:\sden)?\s*$", re.IGNORECASE)
_SPAN = re.compile(r"(?:\b(?:fra|frå|perioden)(?:\sden|\si)?|^|[^\w]|\bperioden)\s*$", re.IGNORECASE)
_ALSO = re.compile(r"\s?(?:,|og|eller)\s(?:i\s)?", re.IGNORECASE)


def find(text: str) -> Iterator[DateMention]:
    """Yield the times written in a text, in order; `resolve` refuses those that no calendar has."""
    times = _sharing_years(text, list(_times(text)))
    while times:
        first, second, *_ = [*times, None]
        joined = _joined(text, first, second) if first and second else None
        times = times[2:] if joined else times[1:]
        time = joined or first
        if time and not time.form.needs_year:
            yield time if joined else _bounded(text, time)


def _times(text: str) -> Iterator[DateMention]:
    for match in FORMS.finditer(text):
        form = read(match)
        bare_year = bool(match["only_year"])
        if form and not is_look_alike(text, match.start(), match.end(), bare_year=bare_year):
            yield DateMention(match.start(), match.end(), form, bare_year=bare_year)


def _sharing_years(text: str, times: Sequence[DateMention]) -> list[DateMention]:
    """Return the times; one without a year has that of the next one it is joined to: "mars og november 2025"."""
    shared = list(times)
    for index in range(len(shared) - 2, -1, -1):
        first, second = shared[index], shared[index + 1]
        gap = text[first.end : second.start]
        is_shared = not first.form.has_year and (second.form.year or second.form.relative)
        if is_shared and (_THROUGH.fullmatch(gap) or _ALSO.fullmatch(gap)):
            year, relative = second.form.year, second.form.relative
            shared[index] = replace(first, form=replace(first.form, year=year, relative=relative, needs_year=False))
    return shared


def _joined(text: str, first: DateMention, second: DateMention) -> DateMention | None:
    """Return the period from one time to another where the words join them; None where they are two times."""
    gap, before = text[first.end : second.start], text[: first.start]
    if "/" in first.form.period(2000) or second.form.needs_year:
        return None
    between = _BETWEEN.search(before) and re.fullmatch(r"\sog\s(?:den\s)?", gap, re.IGNORECASE)
    through = _THROUGH.fullmatch(gap) and (" til " not in f"{gap} " or _SPAN.search(before))
    is_next_day = gap == " og " and _is_day(first) and following(first.form.period(2000)) == second.form.period(2000)
    if not between and not is_next_day and not (through and not _is_moved(text, first.start)):
        return None
    one, other = first.form, second.form

    def period(year: int) -> str:
        start = edtf_dates.first_part(one.period(one.year or year))
        return f"{start}/{edtf_dates.last_part(other.period(other.year or year))}"

    form = replace(other, period=period, is_rough=one.is_rough or other.is_rough)
    return DateMention(first.start, second.end, form)


def _bounded(text: str, time: DateMention) -> DateMention:
    """Return the time with what the words before it say of its bounds."""
    before = text[: time.start]
    moved = _is_moved(text, time.start)
    for name, words in _BOUND.items():
        match = words.search(before)
        if match and not (moved and match.group().lower().startswith(("fra", "frå", "frem", "til "))):
            bound = "until" if name == "before" and time.form.holds_before else name
            return replace(time, start=match.start(), bound=bound, bare_year=False)
    if (out := _OUT.search(before)) and (out["lasts"] or text[time.start : time.end] == "året") and not _is_day(time):
        return replace(time, start=out.start("out"), bound="until_end", bare_year=False)
    if (over := _OVER_NEW_YEAR.search(before)) and text[time.start : time.end].lower().startswith("nyttår"):
        return replace(time, start=over.start(), bound="after")
    return time


def _is_day(time: DateMention) -> bool:
    return len(time.form.period(2000)) == len("2000-01-01")


def _is_moved(text: str, start: int) -> bool:
    """Return whether the sentence tells before this place that a date is moved."""
    sentence = re.split(r"[.!?]\s+(?=[A-ZÆØÅ«])", text[:start])[-1]
    return any(moved.end() <= start for moved in MOVED.finditer(text, start - len(sentence)))
