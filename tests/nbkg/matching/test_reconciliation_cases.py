"""The cases of reconciliation: name forms, characters of query languages, identifiers, types and properties.

The entities are those of the cases; the siblings beside them are inputs of the same kind.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pytest

from nbkg.matching import Candidate, Entity, MatchQuery
from nbkg.matching.matcher import Matcher

ID = "https://w3id.org/nbkg/id/agent/noraf-"
PERSON, BODY, WORK = (f"https://example.org/{name}" for name in ("Person", "Organization", "Work"))
AUTHOR, BIRTH = "https://example.org/author", "https://schema.org/birthDate"
VIK = f"{ID}99902003"
OYEN = [f"{ID}99902001", f"{ID}99902002"]


def person(number: str, name: str, *years: int | None, **more: tuple[str, ...] | str | bool) -> Entity:
    first, last = (*years, None, None)[:2]
    return Entity(f"{ID}{number}", (name,), (PERSON,), years=(first, last), **more)  # type: ignore[arg-type]  # by name


ENTITIES = (
    person("99902001", "Øyen, Åse", 1921, 1999, variants=("Øien, Aase",), identifiers=("0000000099930013",)),
    person("99902002", "Øyen, Åse", 1964),
    person(
        "99902003",
        "Vik, Tor Sverre",
        1931,
        2009,
        variants=("Vik, T. S.",),
        identifiers=("http://viaf.org/viaf/99900301",),
    ),
    person("99902004", "Vik, Tora", 1935),
    Entity(f"{ID}99902005", ("Vik kommune",), (BODY,), identifiers=("999999999",)),
    Entity("https://example.org/work-vik", ("Vik",), (WORK,)),
    Entity("https://example.org/work-fjord", ("Fjorden: en beretning (1932 : Oslo)",), (WORK,)),
    Entity(f"{ID}99902006", ("Kystkonferansen (3. : 2001 : Bodø)",), (BODY,)),
    person("99902007", "O'Brien-Lie, Sébastien", 1970),
    person("99902008", "Aasen, Bjørn", 1944),
    person("99902009", "Aasen, Bjørn (lege)", 1944),
    person("99902010", "Dahl, Pål", 1951),
    person("99902011", "Lund, Inger", 1949),
    person("99902012", "Hansen, Per", is_undifferentiated=True),
    Entity(f"{ID}99902013", (), replaced_by=VIK),
    Entity(f"{ID}99902014", (), replaced_by=f"{ID}99902013"),
    Entity(f"{ID}99902015", ("Ring, A.",), replaced_by=f"{ID}99902016"),
    Entity(f"{ID}99902016", ("Ring, B.",), replaced_by=f"{ID}99902015"),
)


def find_values(iris: Sequence[str], prop: str) -> Mapping[str, Collection[str]]:
    known = {"https://example.org/work-fjord": [VIK]} if prop == AUTHOR else {}
    return {iri: values for iri, values in known.items() if iri in iris}


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(ENTITIES, find_values)


@pytest.fixture(scope="module")
def ask(matcher: Matcher):  # type: ignore[no-untyped-def]
    def match(text: str, *types: str, **more: object) -> Sequence[Candidate]:
        return matcher.match(MatchQuery(text, types, **more))  # type: ignore[arg-type]  # by name

    return match


def iris(candidates: Sequence[Candidate]) -> list[str]:
    return [one.iri for one in candidates]


@pytest.mark.parametrize(
    "text",
    [
        "Vik, Tor Sverre",
        "Vik, Tor Sverre.",
        "Tor Sverre Vik",
        "VIK, TOR SVERRE",
        "Vik\nTor\tSverre",
        '"Vik, Tor Sverre"',
        "Vik, Tor Sverre, 1931-2009",
        "Tor Sverre Vik (1931-2009)",
        "vik , tor  sverre",
    ],
)
def test_a_name_is_found_in_every_order_and_dress(ask, text: str) -> None:  # type: ignore[no-untyped-def]
    best = ask(text)[0]
    assert (best.iri, best.score >= 96) == (VIK, True)
    assert best.is_match or text == "Vik\nTor\tSverre"


def test_a_shorter_name_is_no_match(ask) -> None:  # type: ignore[no-untyped-def]
    candidates = ask("Vik, Tor")
    assert {VIK, f"{ID}99902004"} <= {*iris(candidates)}
    assert not any(one.is_match for one in candidates)


@pytest.mark.parametrize(
    "text", ["Øyen, Åse", "Oeyen, Aase", "Oyen, Ase", "Øyen, A\u030ase", "  øyen ,  åse ", "Øien, Aase"]
)
def test_norwegian_letters_are_found_however_they_are_typed(ask, text: str) -> None:  # type: ignore[no-untyped-def]
    candidates = ask(text)
    assert {*OYEN} <= {*iris(candidates)}
    assert not any(one.is_match for one in candidates)


def test_years_tell_homonyms_apart(ask) -> None:  # type: ignore[no-untyped-def]
    for text, iri in (
        ("Øyen, Åse, 1921-1999", OYEN[0]),
        ("Øyen, Åse, f. 1964", OYEN[1]),
        ("Åse Øyen (1921-)", OYEN[0]),
    ):
        best, second = ask(text)[:2]
        assert (best.iri, best.is_match) == (iri, True), text
        assert second.score < 60
        assert ("other-year", 1.0) in second.features


def test_marks_and_initials(ask) -> None:  # type: ignore[no-untyped-def]
    assert ask("OBrien-Lie, Sebastien")[0].iri == f"{ID}99902007"
    assert ask("O\u2019Brien Lie, Se\u0301bastien")[0].is_match
    initials = ask("Vik, T.")
    assert VIK in iris(initials)
    assert not any(one.is_match for one in initials)


@pytest.mark.parametrize("text", ["Kystkonferansen (3. : 2001 : Bodø)", "Fjorden: en beretning (1932 : Oslo)"])
def test_names_with_signs_of_query_languages_have_a_full_score(ask, text: str) -> None:  # type: ignore[no-untyped-def]
    assert [(one.name, one.score, one.is_match) for one in ask(text)[:1]] == [(text, 100, True)]


@pytest.mark.parametrize(
    "text",
    [
        *('Vik, Tor ("Tor', "Oslo/Bergen", "Vik AND Tor", "Vik*", "Vik\\, Tor Sverre", "name:Vik~0.1^9", '"', "("),
        *(")", "*", "'; DROP TABLE name; --", "NEAR(vik tor)", "\x02 vik \x03", "|^$", "[", ":", ",,,", "\0", "-", ""),
        "x" * 100_000,
    ],
    ids=lambda text: repr(text[:20]),
)
def test_no_text_is_an_error(matcher: Matcher, text: str) -> None:
    assert len(matcher.match(MatchQuery(text))) <= 10
    assert len(matcher.complete(text)) <= 10


@pytest.mark.parametrize(
    "text",
    [
        "99902003",
        "(NO-TrBIB)99902003",
        "noraf-99902003",
        VIK,
        "http://viaf.org/viaf/99900301",
        "https://viaf.org/viaf/99900301/",
        " 99902003 ",
    ],
)
def test_an_identifier_in_any_form_is_one_match(ask, text: str) -> None:  # type: ignore[no-untyped-def]
    assert [(one.iri, one.score, one.is_match) for one in ask(text)] == [(VIK, 100, True)]


def test_other_identifiers(ask) -> None:  # type: ignore[no-untyped-def]
    for text in ("0000 0000 9993 0013", "https://isni.org/isni/0000000099930013", "ISNI 0000000099930013"):
        assert iris(ask(text)) == [OYEN[0]], text
    assert iris(ask("999 999 999")) == [f"{ID}99902005"]


@pytest.mark.parametrize("text", ["99999999", "0000000099930010", "https://viaf.org/viaf/1", "978-82-02-99999-9"])
def test_an_identifier_that_nothing_has_finds_nothing(ask, text: str) -> None:  # type: ignore[no-untyped-def]
    assert ask(text) == []


def test_what_was_merged_answers_with_the_survivor(ask) -> None:  # type: ignore[no-untyped-def]
    for number in ("99902013", "99902014"):
        assert [(one.iri, one.replaces, one.is_match) for one in ask(number)] == [(VIK, f"{ID}{number}", True)]
    assert ask("99902015") == []
    assert not any(one.is_match for one in ask("Ring, A."))


def test_an_identifier_and_a_name_that_contradict_are_no_match(ask) -> None:  # type: ignore[no-untyped-def]
    candidates = ask("Øyen, Åse", identifiers=("99902003",))
    assert VIK in iris(candidates)
    assert not any(one.is_match for one in candidates)
    assert ask("Vik, Tor S.", identifiers=("99902003",))[0].is_match
    assert iris(ask("", identifiers=("viaf.org/viaf/99900301", "http://viaf.org/viaf/99900301"))) == [VIK]


def test_only_types_that_are_sought_are_candidates(ask) -> None:  # type: ignore[no-untyped-def]
    assert iris(ask("Vik", WORK)) == ["https://example.org/work-vik"]
    assert not {f"{ID}99902005", "https://example.org/work-vik"} & {*iris(ask("Vik", PERSON))}
    assert {one.types[0] for one in ask("Vik", WORK, BODY)} <= {WORK, BODY}
    assert iris(ask("Vik", BODY)) == [f"{ID}99902005"]
    assert ask("Vik", "https://example.org/Nothing") == []
    assert ask("99902003", WORK) == []


def test_related_persons_are_no_candidates(ask) -> None:  # type: ignore[no-untyped-def]
    assert [(one.name, one.is_match) for one in ask("Lund, Inger")] == [("Lund, Inger", True)]


def test_scores_go_down_and_a_lower_one_has_a_reason(ask) -> None:  # type: ignore[no-untyped-def]
    for text in ("Vik", "Aasen, Bjørn", "Øyen, Åse", "Vik, Tor"):
        candidates = ask(text)
        order = [(-one.score, one.iri) for one in candidates]
        assert order == sorted(order)
        assert all(len(one.features) > 1 for one in candidates if one.score < 100)


def test_what_only_tells_a_name_from_others_counts(ask) -> None:  # type: ignore[no-untyped-def]
    for text, name in (("Aasen, Bjørn", "Aasen, Bjørn"), ("Åsen, Bjørn (lege), 1944-", "Aasen, Bjørn (lege)")):
        best = ask(text)[0]
        assert (best.name, best.is_match) == (name, True)


def test_an_undifferentiated_name_is_never_a_match(ask) -> None:  # type: ignore[no-untyped-def]
    assert [(one.name, one.score, one.is_match) for one in ask("Hansen, Per")] == [("Hansen, Per", 100, False)]


def test_properties_raise_and_lower(ask) -> None:  # type: ignore[no-untyped-def]
    best = ask("Fjorden: en beretning (1932 : Oslo)", properties=((AUTHOR, (VIK,)),))[0]
    assert (best.score, (AUTHOR, True) in best.features) == (100, True)
    other = ask("Fjorden: en beretning (1932 : Oslo)", properties=((AUTHOR, (OYEN[0],)),))[0]
    assert (other.score < 100, other.is_match) == (True, False)
    assert ask("Øyen, Åse", properties=((BIRTH, ("1921",)),))[0].iri == OYEN[0]
    for nothing in ((), ("",)):
        assert len(ask("Øyen, Åse", properties=((BIRTH, nothing),))) == len(ask("Øyen, Åse"))
    assert ask("Vik, Tor Sverre", properties=(("https://example.org/unknown", ("x",)),))[0].is_match
