"""Documents about borrowers and loans are refused by every opener, before a kind sees them."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import URIRef

from loader.sources.openers import open_source
from loader.sources.source import Source
from nbkg.errors import DataError

REFUSED = {
    "users of Alma": b'<?xml version="1.0"?>\n<!-- out --><users total="1"><user><id>x</id></user></users>',
    "an answer of NCIP": b'\xef\xbb\xbf<ns1:NCIPMessage xmlns:ns1="http://www.niso.org/2008/ncip"/>',
    "a table of borrowers": b"navn;L\xc3\xa5nernummer;adresse\nOla;1;x\n",
    "a table with tabs": b'"Borrowernumber"\t"surname"\n1\tx\n',
}
GOOD = {
    "MARCXML": b"<collection xmlns='http://www.loc.gov/MARC21/slim'><record/></collection>",
    "statistics of loans": b"bibnr;navn;utl\xc3\xa5n\n2020000;Vik;12\n",
    "ISO 2709": b"00065nam a2200037   450000100050000000\x1env1\x1e\x1d",
    "nothing": b"",
    "a word alone": b"patron\n",
}


def _source(folder: Path, content: bytes) -> Source:
    file = folder / "document"
    file.write_bytes(content)
    return Source(URIRef("https://example.org/s"), "s", "table", "file", str(file))


@pytest.mark.parametrize("name", REFUSED)
def test_a_document_about_borrowers_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(DataError, match="borrowers or loans"):
        list(open_source(_source(tmp_path, REFUSED[name])))


@pytest.mark.parametrize("name", GOOD)
def test_any_other_document_is_whole(tmp_path: Path, name: str) -> None:
    assert [each.stream.read() for each in open_source(_source(tmp_path, GOOD[name]))] == [GOOD[name]]
