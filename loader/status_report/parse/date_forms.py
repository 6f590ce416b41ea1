"""The forms in which Norwegian reports write a time, in bokmål and nynorsk, each read to EDTF.

28.08.25  13.10 2023  14/1-2026  2026-01-14     2025-08-28 …              two-digit years are 20xx
1. oktober 2025   1. sept. 2025                 2025-10-01   2025-09-01
2.–3. juni 2026   uke 10 2026                   2026-06-02/2026-06-03   2026-03-02/2026-03-08
februar 2025   i juni   i november i fjor       2025-02   2025-06   …     the year by the outcome or the report's
våren 2024   høsten 2025   til høsten           2024-21   2025-23
første halvår 2026   1. kv. 2026   Q1 2026      2026-01/2026-06   2026-33
2. tertial 2026                                 2026-38
årsskiftet 2026/27   rundt nyttår               2026-12/2027-01
i 2025   2020–2030   i fjor   neste år          2025   2020/2030
i fjor høst   neste vår   forrige måned         2025-23 …             told from the day of the report
skoleåret 2026/27   før jul 2026   påske 2026   2026-08/2027-06   ../2026-12   2026-03-29/2026-04-06
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from loader.status_report.parse.date_form import Form
from loader.status_report.parse.edtf_dates import AUTUMN, SPRING, SUMMER, WINTER
from loader.status_report.parse.feasts import FEASTS, feast
from loader.status_report.parse.nearby_dates import NEARBY, nearby, week_days, year_of_season

MONTHS = ["januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
          "desember"]  # fmt: skip
_MONTH_NUMBERS = {
    **{name: number for number, name in enumerate(MONTHS, start=1)},
    **{
        "jan": 1,
        "feb": 2,
        "apr": 4,
        "jun": 6,
        "jul": 7,
        "aug": 8,
        "sep": 9,
        "sept": 9,
        "okt": 10,
        "nov": 11,
        "des": 12,
    },
}
_SEASONS = {"vår": SPRING, "sommer": SUMMER, "sommar": SUMMER, "høst": AUTUMN, "haust": AUTUMN, "vinter": WINTER}
_ORDINALS = {"første": 1, "fyrste": 1, "1.": 1, "andre": 2, "annet": 2, "2.": 2, "tredje": 3, "3.": 3,
             "fjerde": 4, "4.": 4}  # fmt: skip
_RELATIVE = {"i fjor": -1, "i år": 0, "inneværende år": 0, "inneverande år": 0, "neste år": 1, "til neste år": 1}
_THE_YEAR = r"(?:(?<=\sav\s)|(?<=\sut\s))året(?!\s\d)|årets\s(?:slutt|utgang|utløp)|årsslutt"
"""The year of the report: "innen utgangen av året", "ved årets slutt"."""

_YEAR = r"(?:1[6-9]|20)\d\d"
_MONTH = rf"(?:(?:{'|'.join(MONTHS)})|(?:jan|feb|apr|jun|aug|sept?|okt|nov|des)(?:\.|(?!\w))|jul\.(?=\s{_YEAR}))"
"""Names of months; "jul" is Christmas but for "3. jul" and "jul. 2026"."""
_SEASON = "|".join(_SEASONS)
_ORDINAL = "|".join(map(re.escape, _ORDINALS))
_SAME_YEAR = "|".join(sorted(map(re.escape, _RELATIVE), key=len, reverse=True))

FORMS = re.compile(
    rf"""(?<![\w.,§])(?<!\d[-/])(?:
      (?P<iso>20\d\d-\d\d-\d\d)
    | (?P<iso_month>20\d\d-(?:0[1-9]|1[0-2]))
    | (?P<day>\d{{1,2}})(?:
          \.\s?(?P<month>\d{{1,2}})(?:\.\s?(?P<date_year>{_YEAR}|\d\d)(?!\d)|\s(?P<year_apart>{_YEAR})|\.(?![\d.]))
        | /(?P<slash_month>\d{{1,2}})(?:\s?[-/ ]\s?(?P<slash_year>{_YEAR}|\d\d(?!\d)))?)
    | (?P<one_day>\d{{1,2}})\.(?=(?:,\s\d{{1,2}}\.)*\s(?:og|eller)\s\d{{1,2}}\.\s?(?P<its_month>{_MONTH}))
    | (?P<turn>årsskift(?:et|e)|nyttår)(?:\s(?P<turn_year>{_YEAR})(?:\s?[/–-]\s?(?P<turn_to>{_YEAR}|\d\d(?!\d)))?)?
    | s(?:ko|ku|tud)(?:le|ie)år(?:et)?\s(?P<school>{_YEAR})\s?[–/-]\s?(?:{_YEAR}|\d\d(?!\d))
    | (?P<near>{NEARBY})
    | (?P<from>{_YEAR})\s?[–/-]\s?(?P<to>{_YEAR}|\d\d(?!\d))
    | (?:(?:(?P<first_day>\d{{1,2}})\.?\s?(?:–|-|/|til)\s?)?
          (?P<named_day>\d{{1,2}})\.\s?(?P<named_month>{_MONTH}|jul\.?(?!\w))
        | (?P<half>{_ORDINAL}|siste)\shalv(?:år(?:et)?|del)(?:\sav)?
        | (?P<quarter>{_ORDINAL}|siste)\skv(?:artal(?:et)?|t?\.)(?:\sav)? | [QK](?P<short_quarter>[1-4])
        | (?P<tertial>{_ORDINAL}|siste)\stertial(?:et)?(?:\sav)?
        | (?:uke|veke)\s(?P<week>\d{{1,2}})
        | (?P<feast>{FEASTS})
        | (?:(?P<in_season>i\sfjor|neste|forrige|førre|sist|i)\s)?(?P<season>{_SEASON})(?P<definite>en)?
        | (?:(?P<in>i)\s)?(?P<only_month>{_MONTH}))
      (?:\s(?:i\s)?(?P<year>{_YEAR})(?:/(?P<year_to>{_YEAR}|\d\d(?!\d)))?|\s(?P<same_year>{_SAME_YEAR}))?
    | (?P<relative>{_SAME_YEAR}|{_THE_YEAR})
    | (?P<only_year>{_YEAR})
    )(?!\w)(?!\.\d)(?!-(?:år|tal))""",
    re.VERBOSE | re.IGNORECASE,
)

_BY = re.compile(
    r"\b(?:primo|medio|ultimo|tidle?i?g|sei?nt|til|før|innen|innan|inntil|senest|seinast|(?:slutten|begynnelsen|utgangen|løpet)\sav)\s*$"
)
_TO_COME = re.compile(r"\btil\s*$")
_AT_A_TIME = re.compile(r"\b(?:i|til|før|etter|innen|innan|inntil|over|siden|sidan)\s*$")
"""What makes a time of a month or a feast without a year: "før jul", "innen mai"."""


def read(match: re.Match[str]) -> Form | None:
    """Return what a match of `FORMS` means; None where it means no time ("fjerde halvår")."""
    form = {key: value.lower() for key, value in match.groupdict().items() if value}
    form["before"] = match.string[: match.start()].lower()
    reader = next((reader for key, reader in _READERS.items() if key in form), None)
    return reader(form) if reader else None


def _dated(form: dict[str, str], period: Callable[[int], str], *, needs_year: bool = False) -> Form:
    """Return a form with the year after it: printed, "i fjor", or none."""
    if "same_year" in form:
        return Form(period, relative=_years_on(_RELATIVE[form["same_year"]]))
    return Form(period, full_year(form.get("year")), needs_year=needs_year and "year" not in form)


def _years_on(years: int) -> Callable[[date], int]:
    return lambda issued: issued.year + years


def _numeric(form: dict[str, str]) -> Form:
    day, month = int(form["day"]), int(form.get("month") or form["slash_month"])
    printed = form.get("date_year") or form.get("year_apart") or form.get("slash_year")
    return Form(lambda y: f"{y}-{month:02}-{day:02}", full_year(printed))


def _iso(form: dict[str, str]) -> Form:
    printed = form.get("iso") or form["iso_month"]
    return Form(lambda _: printed, int(printed[:4]))


def _named(form: dict[str, str]) -> Form:
    day, month = int(form["named_day"]), _MONTH_NUMBERS[form["named_month"].rstrip(".")]
    first = form.get("first_day")

    def days(year: int) -> str:
        start = f"{year}-{month:02}-{int(first):02}/" if first else ""
        return f"{start}{year}-{month:02}-{day:02}"

    return _dated(form, days)


def _ordinal(form: dict[str, str], key: str, last: int) -> int | None:
    number = last if form[key] == "siste" else _ORDINALS[form[key]]
    return number if number <= last else None


def _half(form: dict[str, str]) -> Form | None:
    months = {1: ("01", "06"), 2: ("07", "12")}.get(_ordinal(form, "half", 2) or 0)
    return _dated(form, lambda y: f"{y}-{months[0]}/{y}-{months[1]}") if months else None


def _quarter(form: dict[str, str]) -> Form | None:
    quarter = int(form["short_quarter"]) if "short_quarter" in form else _ordinal(form, "quarter", 4)
    is_name = "short_quarter" in form and not _AT_A_TIME.search(form["before"])
    return _dated(form, lambda y: f"{y}-{32 + quarter}", needs_year=is_name) if quarter else None


def _tertial(form: dict[str, str]) -> Form | None:
    tertial = _ordinal(form, "tertial", 3)
    return _dated(form, lambda y: f"{y}-{36 + tertial}") if tertial else None


def _week(form: dict[str, str]) -> Form | None:
    week = int(form["week"])
    if not 1 <= week <= 52:
        return None
    return _dated(form, lambda y: week_days(date.fromisocalendar(y, week, 1)))


def _season(form: dict[str, str]) -> Form:
    return replace(_of_season(form), is_rough=True)


def _of_season(form: dict[str, str]) -> Form:
    season = _SEASONS[form["season"]]
    if season == WINTER and "year_to" in form:
        return _dated(form, lambda y: f"{y}-12/{y + 1}-03")
    dated = _dated(form, lambda y: f"{y}-{season}", needs_year=not {"in_season", "definite"} & form.keys())
    which = form.get("in_season") or ("til" if _TO_COME.search(form["before"]) and "definite" in form else "")
    year = None if dated.has_year else year_of_season(which, season)
    return replace(dated, relative=year) if year else dated


def _month(form: dict[str, str]) -> Form:
    month = _MONTH_NUMBERS[form["only_month"].rstrip(".")]
    is_a_time = "in" in form or _BY.search(form["before"])
    return _dated(form, lambda y: f"{y}-{month:02}", needs_year=not is_a_time)


def _feast(form: dict[str, str]) -> Form:
    named = feast(form["feast"])
    dated = _dated(form, named.period, needs_year=not _AT_A_TIME.search(form["before"]))
    return replace(dated, holds_before=named.holds_before, is_rough=named.is_rough)


def _school(form: dict[str, str]) -> Form:
    return Form(lambda y: f"{y}-08/{y + 1}-06", int(form["school"]), is_rough=True)


def _turn(form: dict[str, str]) -> Form:
    """Return the turn of the year: "nyttår 2027" is before 2027, "årsskiftet 2026" after 2026."""
    year = full_year(form.get("turn_year"))
    if year and form["turn"] == "nyttår" and "turn_to" not in form:
        year -= 1
    return Form(lambda y: f"{y}-12/{y + 1}-01", year)


def _years(form: dict[str, str]) -> Form:
    last = form["to"] if len(form["to"]) == 4 else form["from"][:2] + form["to"]
    return Form(lambda _: f"{form['from']}/{last}", int(form["from"]))


def _relative(form: dict[str, str]) -> Form:
    if "slutt" in form["relative"] or "ut" in form["relative"]:
        return Form(lambda y: f"{y}-12-31", relative=_years_on(0))
    return Form(str, relative=_years_on(_RELATIVE.get(form["relative"], 0)))


def _year(form: dict[str, str]) -> Form:
    return Form(str, int(form["only_year"]))


_READERS: dict[str, Callable[[dict[str, str]], Form | None]] = {
    "iso": _iso,
    "iso_month": _iso,
    "day": _numeric,
    "one_day": lambda form: _named({"named_day": form["one_day"], "named_month": form["its_month"]}),
    "turn": _turn,
    "school": _school,
    "near": lambda form: Form(str, near=nearby(form["near"])),
    "from": _years,
    "named_day": _named,
    "half": _half,
    "quarter": _quarter,
    "short_quarter": _quarter,
    "tertial": _tertial,
    "week": _week,
    "feast": _feast,
    "season": _season,
    "only_month": _month,
    "relative": _relative,
    "only_year": _year,
}


def full_year(printed: str | None) -> int | None:
    """Return a printed year with its century; two digits are of this one."""
    if printed is None:
        return None
    return int(printed) if len(printed) == 4 else 2000 + int(printed)
