"""Which text a reader gets."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode

from nbkg.rdf.label_choice import best_text, in_best_language, label_rank, language_rank


@pytest.mark.parametrize(
    ("wanted", "best_first"),
    [
        ("nb", ["nb", "no", "nn", "en", None, "se"]),
        ("nn", ["nn", "nb", "no", "en", None, "se"]),
        ("en", ["en", "nb", "nn", "no", None, "se"]),
    ],
)
def test_a_reader_gets_the_nearest_language(wanted: str, best_first: list[str | None]) -> None:
    ranks = [language_rank(language, wanted) for language in best_first]
    assert ranks == sorted(set(ranks))


def test_regions_do_not_count() -> None:
    assert language_rank("en-GB", "en") == language_rank("en", "en")


def test_a_language_counts_more_than_a_property() -> None:
    title, name = Literal("Tittel", language="nb"), Literal("Name", language="en")
    assert label_rank(title, 3, "nb") < label_rank(name, 1, "nb")
    assert label_rank(name, 1, "en") < label_rank(title, 3, "en")


def test_of_several_texts_in_one_language_the_first_of_the_alphabet_is_taken() -> None:
    texts = [Literal("b", language="nb"), Literal("a", language="nb"), Literal("0", language="en")]
    assert best_text(texts, "nb") == texts[1]
    assert best_text([], "nb") is None


def test_what_is_no_literal_stays_beside_the_best_literals() -> None:
    iri, norwegian, english = NamedNode("urn:x"), Literal("a", language="nb"), Literal("b", language="en")
    assert in_best_language([english, iri, norwegian], "nb") == [iri, norwegian]
    assert in_best_language([iri], "nb") == [iri]
