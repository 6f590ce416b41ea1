"""CQL 1.2: queries as its grammar has them, and what is wrong with others."""

from __future__ import annotations

import pytest

from sparql_endpoint.api.sru.cql_parser import parse_cql
from sparql_endpoint.api.sru.cql_tree import CqlBoolean, CqlClause, CqlNode
from sparql_endpoint.api.sru.sru_diagnostics import SruDiagnosticError


def _written(node: CqlNode) -> str:
    """Return a tree with parentheses around each part."""
    modifiers = "".join(f"/{each.name}{each.comparison}{each.value}" for each in node.modifiers)
    if isinstance(node, CqlClause):
        return f"[{node.index} {node.relation}{modifiers} {node.term}]"
    assert isinstance(node, CqlBoolean)
    return f"({_written(node.left)} {node.operator}{modifiers} {_written(node.right)})"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sult", "[cql.serverChoice = sult]"),
        ('"Markens grøde"', "[cql.serverChoice = Markens grøde]"),
        ("alma.title=sult", "[alma.title = sult]"),
        ('bs.tittel = "krig og fred"', "[bs.tittel = krig og fred]"),
        ('dc.title ALL/relevant "a b"', "[dc.title all/relevant a b]"),
        (
            "a and b or c not d",
            "((([cql.serverChoice = a] and [cql.serverChoice = b]) or [cql.serverChoice = c]) not "
            "[cql.serverChoice = d])",
        ),
        ("a or (b AND c)", "([cql.serverChoice = a] or ([cql.serverChoice = b] and [cql.serverChoice = c]))"),
        (
            "a prox/unit=word/distance<=3 b",
            "([cql.serverChoice = a] prox/unit=word/distance<=3 [cql.serverChoice = b])",
        ),
        (r'"a \"b\" \\ c"', r'[cql.serverChoice = a "b" \ c]'),
        ('"and"', "[cql.serverChoice = and]"),
        ('year within "1880 1890"', "[year within 1880 1890]"),
        ("year>=1880", "[year >= 1880]"),
        ("a<>b", "[a <> b]"),
        ("a==b", "[a == b]"),
        ("((a))", "[cql.serverChoice = a]"),
        ("\n a\t=\tb ", "[a = b]"),
        ('a=""', "[a = ]"),
    ],
)
def test_queries_are_read(text: str, expected: str) -> None:
    assert _written(parse_cql(text).root) == expected


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 10), ("  ", 10), ("(a", 10), ("a)", 10), ("a=", 10), ("a and", 10), ("and a", 10), ("not", 10), ('"a', 10),
        ("a b", 10), ("a sortby", 10), ("a = b c", 10), ("= a", 10), ("a / b", 10), (">", 10), ("a ==> b", 10),
        ("(" * 60 + "a" + ")" * 60, 38), (" and ".join("a" * 60), 38), ("a" * 10_001, 12),
    ],
)  # fmt: skip
def test_what_is_no_query_has_a_diagnostic(text: str, number: int) -> None:
    with pytest.raises(SruDiagnosticError) as raised:
        parse_cql(text)
    assert raised.value.number == number


def test_sort_keys_and_prefixes_are_read() -> None:
    query = parse_cql('> d = "info:srw/cql-context-set/1/dc-v1.1" d.title=a sortBy d.date/sort.descending d.title')
    assert [(key.name, [each.name for each in key.modifiers]) for key in query.sort] == [
        ("d.date", ["sort.descending"]),
        ("d.title", []),
    ]
    assert query.prefixes == [("d", "info:srw/cql-context-set/1/dc-v1.1")]
