"""Names of what the data gives none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode

from sparql_endpoint.services.known_labels import LabelText
from sparql_endpoint.services.labels import Labels, LabelSource

BASE = "https://w3id.org/nbkg/"


@pytest.mark.parametrize(
    ("path", "language", "name"),
    [
        (
            "observation/2025-10-14/1",
            "nb",
            "Årlig utlysning av midler til aktiv formidling, i rapporten 14. oktober 2025",
        ),
        (
            "observation/2025-10-14/1",
            "en",
            "Yearly announcement of funds for active dissemination, in the report of 14 October 2025",
        ),
        ("observation/2025-10-14/14/milestone/4", "nn", "Milepæl: første halvår 2026"),
        ("observation/2025-10-14/14/mention/5", "nb", "Omtale av Metadatabrønnen"),
        ("observation/2025-10-14/14/responsibility/1", "en", "Responsibility: Acquisitions and Knowledge Organisation"),
        ("observation/2025-10-14/14/quote/22", "nb", "Sitat: «MARC- format»"),
        ("observation/2025-10-14/14/quote/22/selector/exact", "nb", "Ordene «MARC- format»"),
        ("observation/2025-10-14/14/quote/22/selector/position", "en", "Characters 4781–4793 of the source"),
        (
            "report/2025-10-14/legend/tl",
            "nb",
            "Avdeling for tilrettelagt litteratur, forklart i rapporten 14. oktober 2025",
        ),
        ("text/2025-10-14", "nb", "Teksten til rapporten 14. oktober 2025"),
        ("identifier/organisation/sikt/orgnr", "en", "Organisation number 919477822"),
        ("activity/build/current", "en", "Building of The current state, derived from the newest report"),
        ("prefix/skos", "nb", "Prefikset skos"),
        (
            "decision/measure/2026-03-02/14",
            "nb",
            "Gjenkjenning av Infrastruktur for sentral produksjon og deling av metadata",
        ),
    ],
)
def test_names(labels: Callable[[str], Labels], path: str, language: str, name: str) -> None:
    assert labels(language).of(NamedNode(f"{BASE}id/{path}")).text == name


@pytest.mark.parametrize(
    ("licence", "name"),
    [
        ("http://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0"),
        ("https://creativecommons.org/licenses/by-sa/4.0/", "CC BY-SA 4.0"),
        ("https://data.norge.no/nlod/no/2.0", "https://data.norge.no/nlod/no/2.0"),
    ],
)
def test_licences_of_creative_commons_have_their_name(labels: Callable[[str], Labels], licence: str, name: str) -> None:
    label = labels("nb").of(NamedNode(licence))
    assert (label.text, label.title) == (name, licence)


def test_everything_that_the_graphs_of_reports_hold_has_a_name(
    labels: Callable[[str], Labels], later: FlaskClient
) -> None:
    text = 'SELECT DISTINCT ?s { GRAPH ?g { ?s ?p ?o } FILTER(CONTAINS(STR(?g), "/graph/report/") && ISIRI(?s)) }'
    answer = later.get("/sparql", query_string={"query": text}, headers={"Accept": "text/csv"})
    nodes = [NamedNode(line) for line in answer.text.split()[1:]]
    assert len(nodes) > 1000
    names = [labels("nb").of(node) for node in nodes]
    assert [name.title for name in names if name.text.startswith("id/")] == []


def test_long_texts_are_shortened_between_words(labels: Callable[[str], Labels]) -> None:
    name = labels("nb").of(NamedNode(f"{BASE}id/observation/2025-10-14/1/quote/1"))
    assert name.text == "Sitat: «Nasjonalbiblioteket skal årlig lyse ut midler til aktiv formidling, slik at …»"


def test_names_in_a_circle_come_to_an_end(labels: Callable[[str], Labels]) -> None:
    """Two that are each of the other, which no data of ours holds, are shown by what they are."""
    one, other = NamedNode(f"{BASE}id/a/1"), NamedNode(f"{BASE}id/a/2")

    def derive(nodes: Sequence[NamedNode], labels: Labels) -> dict[NamedNode, LabelText]:
        return {node: LabelText(f"of {labels.of(other if node == one else one).text}") for node in nodes}

    circular = replace(labels("nb"), source=LabelSource("pages/labels", derive))
    assert circular.of(one).text == "of of id/a/1"
    assert circular.of(other).text == "of id/a/1"
