"""Files of decisions: what a person fills in is read, and what cannot be read is named by its line."""

from __future__ import annotations

import io

import pytest

from nbkg.decisions.decision_table import DecisionFault, read_decision_table, write_decision_table
from nbkg.decisions.pair_decision import Answer, Decision, DecisionKind, Person
from nbkg.errors import DataError

PROPOSED = Decision(
    DecisionKind.LINK,
    ("alma/1", "https://example.org/agent/2"),
    Answer.PROPOSED,
    "similar-name",
    (("initial", "1"), ("name", "a|b; c=d")),
    88.5,
    "r1",
    names=("Hamsun, K.", 'Hamsun, "Knut" | 1859-1952'),
    other_cells=(("ansvarlig", "Team\tA"),),
)
JOINED = Decision(
    DecisionKind.JOIN, ("a", "b", "c"), Answer.REFUSED, "isbn", person=Person("Åse", "2026-11-30"), note="to utgaver"
)


def _read(text: str | bytes) -> list[Decision | DecisionFault]:
    content = text.encode() if isinstance(text, str) else text
    return [*read_decision_table(io.BytesIO(content), "f.tsv").rows]


def _written(*decisions: Decision) -> str:
    output = io.StringIO()
    write_decision_table(output, decisions, {"decided_by": "Kari"}, ["ansvarlig"])
    return output.getvalue()


def test_what_is_written_is_read_again() -> None:
    assert _read(_written(PROPOSED, JOINED)) == [PROPOSED, JOINED]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_files_of_spreadsheets_are_read(encoding: str) -> None:
    assert _read(_written(PROPOSED, JOINED).replace("\n", "\r\n").encode(encoding)) == [PROPOSED, JOINED]


@pytest.mark.parametrize(
    ("word", "answer"),
    [("yes", Answer.LINKED), ("Ja", Answer.LINKED), ("no", Answer.REFUSED), (" NEI ", Answer.REFUSED)],
)
def test_a_person_fills_in_a_word(word: str, answer: Answer) -> None:
    rows = "thing\tother\tdecision\tdecided_on\nx\ty\t" + word + "\t2026-11-30\n"
    (decision,) = _read("# decided_by: Kari\n" + rows)
    assert isinstance(decision, Decision)
    assert (decision.answer, decision.person) == (answer, Person("Kari", "2026-11-30"))


def test_a_row_says_otherwise_than_the_head() -> None:
    (decision,) = _read(
        "#decided_by: Kari\n#decided_on: 2026-11-29\nthing\tother\tdecision\tdecided_by\nx\ty\tno\tOla\n"
    )
    assert isinstance(decision, Decision)
    assert decision.person == Person("Ola", "2026-11-29")


HEAD = "kind\tthing\tother\tanswer\tscore\tdecision\tdecided_by\tdecided_on\n"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("link\tx\ty\t\t\tmaybe\tKari\t2026-11-30", "decision: “maybe” is unknown; write one of yes, ja, no, nei"),
        ("link\tx\ty\t\t\tno\t\t2026-11-30", "nobody is named who decided"),
        ("link\tx\ty\t\t\tno\tKari\t", "decided_on: '' is not a date"),
        ("link\tx\ty\t\t\tno\tKari\t30.11.2026", "decided_on: '30.11.2026' is not a date"),
        ("merge\tx\ty\t\t\t\t\t", "kind: “merge” is unknown; write one of link, join"),
        ("link\tx\ty\tsure\t\t\t\t", "answer: “sure” is unknown"),
        ("link\tx\t\t\t\t\t\t", "two different things"),
        ("link\tx\tx\t\t\t\t\t", "two different things"),
        ("join\tx\ty\tlinked\t\t\t\t", "cannot have the answer “linked”"),
        ("link\tx\ty\t\t88,5\t\t\t", "score: “88,5” is no number"),
        ("link\tx\ty\t\t101\t\t\t", "score: 101 is not from 0 to 100"),
        ("link\tx\ty\t\tnan\t\t\t", "score: nan is not from 0 to 100"),
        ("link\tx\ty\t\t\t\t\t\tmore", "the row has 9 cells for 8 columns"),
        ('link\t"x\ty', "the row cannot be read"),
    ],
)
def test_a_fault_is_named_by_its_line_and_the_others_are_read(row: str, problem: str) -> None:
    good = "link\tx\ty\tproposed\t\t\t\t\n"
    first, *_, fault = _read(f"# note: n\n{HEAD}{good}\n{row}\n")
    assert isinstance(first, Decision)
    assert isinstance(fault, DecisionFault)
    assert str(fault).startswith("f.tsv:5: ")
    assert problem in str(fault)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (b"", "f.tsv:1: there is no column thing, other"),
        (b"thing;other\n", "f.tsv:1: there is no column thing, other"),
        (b"thing\tother\tthing\n", "f.tsv:1: the column thing is there twice"),
        (b"# a: [\nthing\tother\n", "f.tsv:2: the line is not YAML"),
        (b"# only words\nthing\tother\n", "f.tsv:1: the first lines name no values"),
        (b"thing\tother\nx\ty\xe5\n", "f.tsv: byte 15 is not UTF-8"),
    ],
)
def test_a_file_that_is_no_table_is_an_error(text: bytes, problem: str) -> None:
    with pytest.raises(DataError) as error:
        _read(text)
    assert str(error.value).startswith(problem)
