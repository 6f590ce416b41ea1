"""When two answers are the same."""

from __future__ import annotations

import pytest

from benchmarks.answers import Content, Unusable, content
from benchmarks.client import Answer
from benchmarks.mix import GRAPHS, ROWS, Question


def _question(kind: str, *, counted: bool = False) -> Question:
    return Question("q", "small", "", kind, counted)


def _answer(kind: str, body: str, status: int = 200) -> Answer:
    return Answer(status, {**ROWS, **GRAPHS}[kind], body.encode(), 0.1)


SAME = [
    ("csv", "a,b\r\n1,2\r\n3,4\r\n", '"a","b"\n"3","4"\n"1","2"\n'),
    ("tsv", '?a\t?b\n1\t"x"@nb\n2\t\n', '?b\t?a\n\t2\n"x"@nb\t1\n'),
    ("ntriples", "<a:s> <a:p> <a:o> .\n<a:s> <a:p> <a:q> .\n", "<a:s> <a:p> <a:q> .\n<a:s> <a:p> <a:o> .\n"),
    ("turtle", "<a:s> <a:p> <a:o>, <a:q> .", "<a:s> <a:p> <a:q> . <a:s> <a:p> <a:o> ."),
]
OTHER = [
    ("csv", "a\r\n1\r\n1\r\n", "a\r\n1\r\n"),
    ("tsv", '?a\n"1"\n', "?a\n1\n"),
    ("turtle", "<a:s> <a:p> <a:o> .", "<a:s> <a:p> <a:q> ."),
]


@pytest.mark.parametrize(("kind", "one", "other"), SAME)
def test_order_does_not_matter(kind: str, one: str, other: str) -> None:
    said = [content(_question(kind), _answer(kind, body)) for body in (one, other)]
    assert said[0] == said[1] == Content(2, said[0].digest if isinstance(said[0], Content) else "")


@pytest.mark.parametrize(("kind", "one", "other"), OTHER)
def test_rows_and_types_matter(kind: str, one: str, other: str) -> None:
    question = _question(kind)
    assert content(question, _answer(kind, one)) != content(question, _answer(kind, other))


def test_counted_answers_may_have_other_rows() -> None:
    question = _question("csv", counted=True)
    assert content(question, _answer("csv", "a\n1\n")) == content(question, _answer("csv", "a\n2\n"))


@pytest.mark.parametrize(
    "answer",
    [_answer("csv", "a\n1\n", status=503), _answer("json", "{}"), _answer("turtle", "<a:s> <a:p> .")],
    ids=["status", "format", "syntax"],
)
def test_what_says_nothing_is_unusable(answer: Answer) -> None:
    kind = {"text/turtle": "turtle"}.get(answer.media_type, "csv")
    assert isinstance(content(_question(kind), answer), Unusable)
