"""How a measure is cited."""

from __future__ import annotations

from dataclasses import replace

from sparql_endpoint.pages.strategy.base.citation import Citation

_WHOLE = Citation(
    "Nasjonalbiblioteket", "Statusrapport", "2025-10-14", "Tiltak 14", "https://w3id.org/nbkg/id/m/14", "1-a"
)


def test_a_line_of_text() -> None:
    assert _WHOLE.text("nb") == (
        "Nasjonalbiblioteket (14. oktober 2025). Statusrapport: Tiltak 14 [lest av nbkg, dataversjon 1-a]. "
        "https://w3id.org/nbkg/id/m/14"
    )


def test_what_is_not_known_is_left_out() -> None:
    bare = replace(_WHOLE, publisher="", version="")
    assert bare.text("en") == "14 October 2025. Statusrapport: Tiltak 14 [nbkg]. https://w3id.org/nbkg/id/m/14"
    assert replace(bare, issued="").text("en").startswith("Statusrapport: ")
    assert "author" not in bare.bibtex("en")


def test_bibtex() -> None:
    assert _WHOLE.bibtex("en").splitlines() == [
        "@misc{nbkg-id-m-14,",
        "  author = {{Nasjonalbiblioteket}},",
        "  title = {Statusrapport: Tiltak 14},",
        "  year = {2025},",
        "  month = {10},",
        "  note = {as read by nbkg, data version 1-a},",
        "  url = {https://w3id.org/nbkg/id/m/14},",
        "}",
    ]


def test_what_tex_takes_for_its_own_is_escaped() -> None:
    hostile = replace(_WHOLE, measure="50 % & {a_b} \\input{x} #1 $ ~ ^", iri="https://a.example/}{\\x")
    entry = hostile.bibtex("en")
    assert r"50 \% \& \{a\_b\} \textbackslash{}input\{x\} \#1 \$ \textasciitilde{} \textasciicircum{}" in entry
    assert "https://a.example/%7D%7B%5Cx" in entry
