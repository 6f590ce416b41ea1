"""FROM and FROM NAMED of a query, wherever the grammar lets them stand."""

from __future__ import annotations

import pytest

from sparql_endpoint.sparql.dataset import Dataset, dataset

G, H = "http://e/g", "http://e/h"
QUERIES = [
    ("SELECT * FROM <http://e/g> { ?s ?p ?o }", Dataset((G,))),
    ("SELECT * FROM <http://e/g> FROM <http://e/h> WHERE { ?s ?p ?o }", Dataset((G, H))),
    ("SELECT * FROM <http://e/g> FROM <http://e/g> WHERE { ?s ?p ?o }", Dataset((G,))),
    ("SELECT*from named<http://e/g>{}", Dataset((), (G,))),
    ("PREFIX e: <http://e/> ASK FROM e:g FROM NAMED e:h { }", Dataset((G,), (H,))),
    ("PREFIX : <http://e/> DESCRIBE ?x FROM :g WHERE { ?x ?p ?o }", Dataset((G,))),
    ("BASE <http://e/> SELECT * FROM <g> { }", Dataset((G,))),
    ("BASE <http://e/x/> PREFIX p: <../> SELECT * FROM p:g { }", Dataset((G,))),
    ("SELECT * FROM <http://e/\\u0067> { }", Dataset((G,))),
    ("PREFIX e: <http://e/> CONSTRUCT { ?s e:FROM ?o } FROM e:g WHERE { ?s ?p ?o }", Dataset((G,))),
    ("CONSTRUCT FROM <http://e/g> WHERE { ?s ?p ?o }", Dataset((G,))),
    ("CONSTRUCT WHERE { ?s ?p ?o }", Dataset()),
    ("SELECT ?from { ?from <http://e/FROM> 'FROM <http://e/g>' } # FROM <http://e/g>", Dataset()),
    ("PREFIX from: <http://e/> SELECT * { ?s from:x ?o }", Dataset()),
    ("SELECT * # FROM <http://e/h>\n FROM <http://e/g> {}", Dataset((G,))),
    ("PREFIX e: <http://e/> SELECT * FROM e:a\\-b {}", Dataset(("http://e/a-b",))),
]


@pytest.mark.parametrize(("text", "expected"), QUERIES, ids=[text for text, _ in QUERIES])
def test_dataset(text: str, expected: Dataset) -> None:
    assert dataset(text) == expected
