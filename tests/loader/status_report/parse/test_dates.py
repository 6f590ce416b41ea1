"""The grammar of dates, form by form, and the reading of tense."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, strategies

from loader.status_report.model.report import Outcome
from loader.status_report.parse import dates, sentence_outcome, tense
from loader.status_report.parse.date_forms import MONTHS
from loader.status_report.parse.edtf_dates import NotADateError, bounds

FORMS = [
    ("28.08.25", "2025-08-28", "2025-08-28", "2025-08-28"),
    ("13.10 2023", "2023-10-13", "2023-10-13", "2023-10-13"),
    ("27.9.19", "2019-09-27", "2019-09-27", "2019-09-27"),
    ("06.03.2025", "2025-03-06", "2025-03-06", "2025-03-06"),
    ("1. oktober 2025", "2025-10-01", "2025-10-01", "2025-10-01"),
    ("februar 2025", "2025-02", "2025-02-01", "2025-02-28"),
    ("i februar 2024", "2024-02", "2024-02-01", "2024-02-29"),
    ("våren 2024", "2024-21", "2024-01-01", "2024-06-30"),
    ("Høsten 2025", "2025-23", "2025-07-01", "2025-12-31"),
    ("sommeren 2026", "2026-22", "2026-06-01", "2026-08-31"),
    ("vinteren 2026", "2026-24", "2025-12-01", "2026-03-31"),
    ("vinteren 2026/27", "2026-12/2027-03", "2026-12-01", "2027-03-31"),
    ("2. tertial 2026", "2026-38", "2026-05-01", "2026-08-31"),
    ("årsskiftet 2026/2027", "2026-12/2027-01", "2026-12-01", "2027-01-31"),
    ("mars–juni 2027", "2027-03/2027-06", "2027-03-01", "2027-06-30"),
    ("fra 3. kvartal 2026", "2026-07/..", "2026-07-01", None),
    ("før sommeren 2026", "../2026-21", None, "2026-06-30"),
    ("første halvår 2026", "2026-01/2026-06", "2026-01-01", "2026-06-30"),
    ("andre halvår 2026", "2026-07/2026-12", "2026-07-01", "2026-12-31"),
    ("1. kvartal 2026", "2026-33", "2026-01-01", "2026-03-31"),
    ("2025", "2025", "2025-01-01", "2025-12-31"),
    ("2020–2025", "2020/2025", "2020-01-01", "2025-12-31"),
    ("2020-2030", "2020/2030", "2020-01-01", "2030-12-31"),
    ("etter 2025", "2026/..", "2026-01-01", None),
    ("innen 2026", "../2026", None, "2026-12-31"),
]


@pytest.mark.parametrize(("printed", "edtf", "earliest", "latest"), FORMS, ids=[form[0] for form in FORMS])
def test_form(printed: str, edtf: str, earliest: str | None, latest: str | None) -> None:
    mentions = list(dates.find(f"Noe skjer {printed}, kanskje."))
    assert [(f.edtf, f.start) for f in mentions] == [(edtf, len("Noe skjer "))]
    first, last = bounds(edtf)
    assert (first and first.isoformat(), last and last.isoformat()) == (earliest, latest)


@pytest.mark.parametrize(
    ("printed", "resolved"), [("28.8.", "2025-08-28"), ("i juni", "2025-06"), ("våren", "2025-21")]
)
def test_without_a_year(printed: str, resolved: str) -> None:
    (mention,) = dates.find(f"Tildelt {printed} ")
    assert mention.edtf is None
    assert mention.resolve(2025) == resolved


@pytest.mark.parametrize(
    "text",
    ["15 millioner", "MARC 21", "tiltak 14", "15.5 millioner", "versjon 3.2.", "hver høst", "om våren", "mars og mai",
     "12345", "kl. 12.30", "978-82-7201-123-4"],
)  # fmt: skip
def test_no_date(text: str) -> None:
    assert list(dates.find(f"Det er {text} her")) == []


@pytest.mark.parametrize("edtf", ["2025-02-31", "2025-13-01", "2030/2020", "2025-00"])
def test_no_calendar_has_it(edtf: str) -> None:
    with pytest.raises(NotADateError):
        bounds(edtf)


@given(strategies.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)))
def test_any_day_in_every_form(day: date) -> None:
    month = MONTHS[day.month - 1]
    for printed in (
        f"{day.day:02}.{day.month:02}.{day.year % 100:02}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day.day}.{day.month} {day.year}",
        f"{day.day}. {month} {day.year}",
    ):
        (mention,) = dates.find(f"Levert {printed}.")
        assert mention.edtf == day.isoformat()
        assert bounds(mention.edtf) == (day, day)


ISSUED = date(2025, 10, 14)
CLAIMS = [
    ("Norsk vitenarkiv ble lansert 1. oktober 2025.", "1. oktober 2025", Outcome.REACHED),
    ("Kontrakt inngått i februar 2025.", "februar 2025", Outcome.REACHED),
    ("Oppstart er planlagt høsten 2025.", "høsten 2025", Outcome.PLANNED),
    ("Resten vil bli levert i november 2025.", "november 2025", Outcome.PLANNED),
    ("Data som skal leveres i løpet av første halvår 2026.", "første halvår 2026", Outcome.PLANNED),
    ("Sikt har i 2025 startet, og en løsning vil komme i 2026.", "2025", Outcome.REACHED),
    ("Sikt har i 2025 startet, og en løsning vil komme i 2026.", "2026", Outcome.PLANNED),
    ("Den lanseres i november 2025.", "november 2025", Outcome.PLANNED),
    ("Den lanseres i november 2024.", "november 2024", Outcome.UNKNOWN),
    ("Første møte den 27.9.19. Resultat offentliggjort 13.10 2023", "27.9.19", Outcome.UNKNOWN),
    ("Første møte den 27.9.19. Resultat offentliggjort 13.10 2023", "13.10 2023", Outcome.REACHED),
    ("Gitt midler til «Prosjektet» Sluttrapport 06.03.2025", "06.03.2025", Outcome.UNKNOWN),
    ("Regjeringen har lagt frem en plan for perioden 2020–2030.", "2020–2030", Outcome.UNKNOWN),
    ("I forbindelse med loven våren 2023 vedtok Stortinget et forslag.", "våren 2023", Outcome.REACHED),
    ("Viser også til drøfting i rådet høsten 2021.", "høsten 2021", Outcome.UNKNOWN),
    ("Tjenesten er lansert. Møte 09.10.25.", "09.10.25", Outcome.UNKNOWN),
    ("Løsningen forventes ferdig våren 2026.", "våren 2026", Outcome.PLANNED),
]


@pytest.mark.parametrize(("text", "printed", "claim"), CLAIMS, ids=[f"{t[1]} in {t[0][:30]}" for t in CLAIMS])
def test_tense(text: str, printed: str, claim: Outcome) -> None:
    (mention,) = [f for f in dates.find(text) if text[f.start : f.end].removeprefix("i ") == printed]
    assert mention.edtf is not None
    position = sentence_outcome.DatePosition(text, mention.start, mention.end, mention.bound)
    timing = sentence_outcome.Timing(*bounds(mention.edtf), ISSUED)
    assert tense.read(position, timing).outcome is claim
