"""How the lists of Norwegian words are made from a package, over a small one; and what the committed ones are."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import zipfile
from pathlib import Path

import pytest

from loader.lexicon.compounds import find_compounds
from loader.lexicon.derive import SHA256, derive, find_irregular, read_paradigms
from nbkg.errors import DataError
from tests.source_tree import ROOT

NOUNS = {
    "bibliotek": "bibliotek biblioteket biblioteker bibliotekene",
    "folkebibliotek": "folkebibliotek folkebiblioteket folkebiblioteker folkebibliotekene",
    "skolebibliotek": "skolebibliotek skolebiblioteket skolebiblioteker skolebibliotekene",
    "skole": "skole skolen skoler skolene",
    "avtale": "avtale avtalen avtaler avtalene",
    "tale": "tale talen taler talene",
    "tittel": "tittel tittelen titler titlene",
    "Norge": "Norge",
}
FOLK = {
    f"folke{tail}": f"folke{tail}" for tail in ("gruppe", "helse", "vandring", "avstemning", "opplysning", "musikk")
}
TAILS = {tail.removeprefix("folke"): tail.removeprefix("folke") for tail in FOLK}


def _package(path: Path) -> Path:
    nouns = {**NOUNS, **FOLK, **TAILS, "folk": "folk folket folkene"}
    table = {
        "noun": {form: [word] for word, forms in nouns.items() for form in forms.split()},
        "adj": {"lesende": ["lese"]},
        "verb": {"lese": ["lese"], "leste": ["lese"], "skrive": ["skrive"], "skrev": ["skrive"]},
        "adv": {},
    }
    small = {"til": "til", "NB": "NB"}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in (("nb_lemma_exc", table), ("nb_lemma_lookup", small)):
            archive.writestr(f"spacy_lookups_data/data/{name}.json.gz", gzip.compress(json.dumps(content).encode()))
    return path


def test_compounds_end_with_a_word_that_is_inflected_as_they_are_and_begin_with_no_particle(tmp_path: Path) -> None:
    compounds = find_compounds(read_paradigms(_package(tmp_path / "small.whl")))
    assert {"folkebibliotek", "skolebibliotek", *FOLK} <= compounds.words
    assert compounds.words.isdisjoint({"avtale", "bibliotek", "tittel"})
    assert {"folk", "skole"} <= compounds.heads
    assert "bibliotek" in compounds.tails


def test_only_forms_that_no_ending_explains_are_irregular(tmp_path: Path) -> None:
    paradigms = read_paradigms(_package(tmp_path / "small.whl"))
    words = {word for forms_of in paradigms.values() for word in forms_of}
    assert find_irregular(paradigms, words) == {"skrev": ("skrive",), "titler": ("tittel",), "titlene": ("tittel",)}


def test_the_same_package_gives_the_same_lists_and_another_is_refused(tmp_path: Path) -> None:
    package = _package(tmp_path / "small.whl")
    checksum = hashlib.sha256(package.read_bytes()).hexdigest()
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
        derive(package, folder, checksum)
    for name in ("words.txt", "irregular.txt"):
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes()
    assert "Norge" not in (folders[0] / "words.txt").read_text(encoding="utf-8")
    with pytest.raises(DataError, match=SHA256):
        derive(package, tmp_path)


def test_the_committed_lists_are_those_of_the_package(tmp_path: Path) -> None:
    """Needs the package itself (98 MB), whose place NBKG_LOOKUPS names."""
    if not (package := os.environ.get("NBKG_LOOKUPS")):
        pytest.skip("NBKG_LOOKUPS does not name the package")
    derive(Path(package), tmp_path)
    for name in ("words.txt", "irregular.txt"):
        assert (tmp_path / name).read_bytes() == (ROOT / "data" / "lexicon" / name).read_bytes()
