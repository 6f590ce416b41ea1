"""Comparisons see through marks, errors and order, and know what records leave out."""

from __future__ import annotations

import pytest

from loader.cluster.cluster_settings import FieldSettings
from loader.cluster.comparisons.comparison_table import COMPARISONS
from loader.cluster.term_weights import weigh_terms
from loader.cluster.values import read_record

FIELDS = [
    FieldSettings("words", "words", ["text"], remove=[r"\(demo\)"]),
    FieldSettings("names", "names", ["text"]),
    FieldSettings("year", "year", ["text"]),
    FieldSettings("category", "category", ["text"], categories={"journal": "journal|j\\.", "meeting": "proc"}),
]
CASES = [
    ("share-words", "words", "Øye for øye", "oeye for oye", 1.0),
    ("share-words", "words", "database systems (demo)", "database systems", 1.0),
    ("share-words", "words", "g &#252; nther tables", "günther tables", 1.0),
    ("letters", "words", "data base", "database", 1.0),
    ("other-numbers", "words", "tuning, part I", "tuning, part 2", 1.0),
    ("other-numbers", "words", "tuning, part II", "tuning, part 2", 0.0),
    ("numbers-alone", "words", "tuning, part II", "tuning", 1.0),
    ("share-persons", "names", "M. Livny, R. Ramakrishnan", "Raghu Ramakrishnan and Miron Livny", 1.0),
    ("share-persons", "names", "", "Miron Livny", 0.0),
    ("first-persons", "names", "M. Livny", "Z. Livny", 0.5),
    ("unknown", "year", "n.d.", "1999", 1.0),
    ("differ-by-one", "year", "1998.0", "(1999)", 1.0),
    ("differ-by-more", "year", "1998", "", 0.0),
    ("same", "category", "VLDB J.", "the VLDB Journal", 1.0),
    ("other", "category", "VLDB J.", "Proc. VLDB", 1.0),
    ("other", "category", "VLDB J.", "somewhere", 0.0),
]


@pytest.mark.parametrize(("function", "field", "one", "other", "expected"), CASES)
def test_a_comparison_gives_its_number(function: str, field: str, one: str, other: str, expected: float) -> None:
    records = [read_record({"text": text}, FIELDS) for text in (one, other)]
    weights = weigh_terms([records], field)
    assert COMPARISONS[function](records[0][field], records[1][field], weights) == pytest.approx(expected, abs=0.01)
