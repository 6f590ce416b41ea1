"""What a query of a constraint must not hold (SHACL, section 5.2.1 and appendix A) is refused at any focus node."""

from __future__ import annotations

import pytest
from rdflib import Graph

from loader.validate import validate
from nbkg.errors import DataError

DATA = "<urn:a> a <urn:C> ; <urn:p> 1 . <urn:b> a <urn:C> ; <urn:p> 2 . <urn:c> a <urn:C> ."
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:s> a sh:NodeShape ; sh:targetClass <urn:C> ; sh:sparql [ sh:select '''SELECT $this WHERE { QUERY }''' ] .
"""


def _validate(query: str) -> list[str]:
    shapes = Graph().parse(data=SHAPES.replace("QUERY", query), format="turtle")
    report = validate(Graph().parse(data=DATA, format="turtle"), shapes=shapes)
    return sorted(str(result.focus) for result in report.results)


def test_each_focus_node_is_asked_for() -> None:
    assert _validate("$this <urn:p> ?value . FILTER(?value > 0)") == ["urn:a", "urn:b"]


@pytest.mark.parametrize(
    "query",
    [
        "$this a ?c MINUS { $this <urn:p> 2 }",
        "$this a ?c . VALUES ?c { <urn:C> }",
        "$this a ?c . SERVICE <https://example.org/> { ?s ?p ?o }",
        "?x a ?c . BIND(?x AS ?this)",
    ],
)
def test_what_is_forbidden_is_refused(query: str) -> None:
    with pytest.raises(DataError, match="the shapes cannot be used"):
        _validate(query)
