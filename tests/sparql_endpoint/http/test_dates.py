from __future__ import annotations

import pytest

from sparql_endpoint.http import dates


@pytest.mark.parametrize(
    ("value", "nb", "nn", "en"),
    [
        ("2019-09-27", "27. september 2019", "27. september 2019", "27 September 2019"),
        ("2025-06", "juni 2025", "juni 2025", "June 2025"),
        ("2025-23", "høsten 2025", "hausten 2025", "autumn 2025"),
        ("2025", "2025", "2025", "2025"),
        ("2026-01/2026-06", "første halvår 2026", "første halvår 2026", "first half of 2026"),
        ("2026-07/2026-12", "andre halvår 2026", "andre halvår 2026", "second half of 2026"),
        ("2024-02/2025-03", "februar 2024 til mars 2025", "februar 2024 til mars 2025", "February 2024 to March 2025"),
        ("2026/..", "fra 2026", "frå 2026", "from 2026"),
        ("../2026-03-02", "innen 2. mars 2026", "innan 2. mars 2026", "by 2 March 2026"),
        ("no date", "no date", "no date", "no date"),
        ("2026-05-01~", "rundt 1. mai 2026", "rundt 1. mai 2026", "around 1 May 2026"),
        ("2025-02-31", "2025-02-31", "2025-02-31", "2025-02-31"),
    ],
)
def test_edtf_in_words(value: str, nb: str, nn: str, en: str) -> None:
    assert [dates.edtf(value, language) for language in ("nb", "nn", "en")] == [nb, nn, en]


def test_days() -> None:
    assert dates.day("2025-10-14", "nb") == "14. oktober 2025"
    assert dates.day("2025-10-14T12:00:00Z", "en") == "14 October 2025"
    assert dates.day("soon", "en") == "soon"


def test_numbers() -> None:
    assert dates.number(12454, "en") == "12,454"
    assert dates.number("12454", "nb") == "12\xa0454"
    assert dates.number("many", "nb") == "many"
