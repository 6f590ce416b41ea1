"""Profiles are read from Turtle, take over what they do not say themselves, and are refused with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from loader.errors import CuratedError
from loader.marc.profiles.profile_file import read_profile
from loader.marc.record_mapping import make_mapping
from tests.loader.marc.mapped import record

OWN = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix nbkg: <https://w3id.org/nbkg/ns#> .
@prefix profile: <https://w3id.org/nbkg/id/marc-profile/> .

profile:mine a nbkg:MarcProfile ;
    dcterms:identifier "mine" ;
    dcterms:title "Mitt"@nb ;
    nbkg:extendsProfile profile:alma ;
    nbkg:controlNumberAssigner "NO-0000001" ;
    nbkg:nameTitleNumber "work" .

<https://w3id.org/nbkg/id/marc-profile/mine/file/names> a nbkg:AuthorityFile ;
    nbkg:ofProfile profile:mine ;
    dcterms:identifier "names" ;
    nbkg:numberCode "MY-LIB" ;
    nbkg:numberPattern "PATTERN" ;
    nbkg:iriTemplate "https://example.org/names/{number}" .
"""


def _own(folder: Path, pattern: str = "^p0*(?P<number>[0-9]+)$", text: str = OWN) -> Path:
    file = folder / "mine.ttl"
    file.write_text(text.replace("PATTERN", pattern.replace("\\", "\\\\")), encoding="utf-8")
    return file


def test_what_zero_of_a_name_and_a_title_identifies_differs_between_libraries() -> None:
    assert read_profile("alma").name_title_number == "agent"
    assert read_profile("loc").name_title_number == "work"
    assert read_profile("default").name_title_number == "agent"


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("illustratør", "ill"),
        ("illustrert av", "ill"),
        ("oversatt av", "trl"),
        ("omsett av", "trl"),
        ("translator", "trl"),
        ("översättare", "trl"),
        ("oversætter", "trl"),
        ("übersetzer", "trl"),
        ("redaktør", "edt"),
    ],
)
def test_words_for_roles_in_the_languages_of_catalogues(word: str, code: str) -> None:
    assert read_profile("alma").relators[word] == code


def test_a_profile_of_ones_own_extends_another(tmp_path: Path) -> None:
    profile = read_profile("mine", _own(tmp_path))
    assert profile.assigner == "NO-0000001"
    assert profile.name_title_number == "work"
    assert "859" in profile.item_fields
    assert profile.relators["illustratør"] == "ill"
    lines = make_mapping("mine", profile)(record("100 1_ $a Vik, Tor $0 (MY-LIB)p0017", "245 10 $a Hav")).lines
    assert any(line.startswith("<https://w3id.org/nbkg/id/agent/names-17>") for line in lines)
    assert any("isIdentifiedByAuthority> <https://example.org/names/17>" in line for line in lines)


def test_a_profile_that_is_not_there_is_refused_with_those_that_are() -> None:
    shipped = (
        "alma, bl, bne, bodleian, default, deichman, dnb, evergreen, evergreen-orders, gwu, iish, laurentian, "
        "libris, loc, marc-sample, millennium, nls, noraf, normarc, oclc, rkp, sirsi"
    )
    with pytest.raises(CuratedError, match=f"there is no profile “no”; there are {shipped}"):
        read_profile("no")


def test_a_profile_that_breaks_its_shapes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CuratedError, match="exactly one pattern"):
        read_profile("mine", _own(tmp_path, "^[0-9]+$"))
    with pytest.raises(CuratedError, match="“agent” or “work”"):
        read_profile("mine", _own(tmp_path, text=OWN.replace('"work"', '"person"')))


def test_a_pattern_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CuratedError, match="cannot be read"):
        read_profile("mine", _own(tmp_path, "^(?P<number>[0-9]+$"))
