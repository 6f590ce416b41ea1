"""An answer of SRU: its diagnostics, its records, and how many there are in all.

Versions 1.1 and 1.2 (https://www.loc.gov/standards/sru/) and 2.0 (https://docs.oasis-open.org/search-ws/searchRetrieve/)
differ in namespaces and a few names, and are read alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Final

from loader.errors import ProviderError
from loader.sources.provider.item_cutter import CutAnswer, CutItem, ItemShape, cut_answer
from loader.sources.provider.list_pages import ItemHeader, ListItem
from loader.sources.provider.provider_client import Answer

_SHAPE: Final = ItemShape(
    names=frozenset({"record"}),
    content="recordData",
    marks=frozenset({"recordSchema", "recordData", "recordPacking", "recordXMLEscaping"}),
    ends=frozenset({"records", "nextRecordPosition"}),
)
_TEMPORARY: Final = {"1", "2"}
"""Diagnostics that another try may not get: a system error, a system that is not available for now."""


@dataclass(frozen=True)
class SruPage:
    """A page of search results."""

    items: tuple[ListItem, ...]
    number: int
    """How many records the query has."""
    response_date: str
    notes: tuple[str, ...]


def parse_results(answer: Answer) -> SruPage:
    """Return the records of an answer. Raises ProviderError for a diagnostic, and for what is no answer of SRU."""
    pieces = _pieces(answer, "searchRetrieveResponse")
    number = pieces.value("numberOfRecords")
    if not number.isdecimal():
        raise ProviderError(f"the answer does not say how many records there are: numberOfRecords is “{number}”")
    items = tuple(map(_item, pieces.items))
    return SruPage(items, int(number), _response_date(pieces, answer), answer.notes)


def parse_explain(answer: Answer) -> tuple[int, frozenset[str]]:
    """Return how many records a page may have (0 where explain does not say it), and names of schemas.

    See http://zeerex.z3950.org/dtd/.
    """
    pieces = _pieces(answer, "explainResponse")
    base = "record/recordData/explain"
    schemas = [attributes for _text, attributes in pieces.iter_values(f"{base}/schemaInfo/schema")]
    settings = pieces.iter_values(f"{base}/configInfo/setting", f"{base}/configInfo/default")
    sizes = [text.strip() for text, attributes in settings if attributes.get("type") == "maximumRecords"]
    names = frozenset(value for each in schemas for key in ("name", "identifier") if (value := each.get(key)))
    return next((int(size) for size in sizes if size.isdecimal()), 0), names


def _pieces(answer: Answer, root: str) -> CutAnswer:
    pieces = cut_answer(answer.body, _SHAPE)
    name = pieces.root.rpartition(" ")[2]
    path = "diagnostics/diagnostic" if name != "diagnostics" else "diagnostic"
    if diagnostics := _diagnostics(pieces, path):
        code, message = diagnostics[0]
        if not pieces.items:
            raise ProviderError(f"the server answered {message}", code=code, is_final=code not in _TEMPORARY)
    if name != root:
        raise ProviderError(f"the answer is no SRU {root}: its root element is <{name}>")
    return pieces


def _diagnostics(pieces: CutAnswer, path: str) -> list[tuple[str, str]]:
    """Return code and message of each diagnostic (https://www.loc.gov/standards/sru/diagnostics/)."""
    uris = [text.strip() for text, _attributes in pieces.iter_values(f"{path}/uri")]
    texts = ["; ".join(filter(None, (pieces.value(f"{path}/message"), pieces.value(f"{path}/details"))))] * len(uris)
    return [(uri.rpartition("/")[2], f"diagnostic {uri}: {text}") for uri, text in zip(uris, texts, strict=True)]


def _response_date(pieces: CutAnswer, answer: Answer) -> str:
    """Return when the server answered: SRU itself does not say it, Alma and HTTP do."""
    if date := pieces.value("extraResponseData/responseDate"):
        return date
    try:
        return parsedate_to_datetime(answer.headers.get("Date", "")).isoformat()
    except (TypeError, ValueError):
        return ""


def _item(item: CutItem) -> ListItem:
    header = ItemHeader(item.value("recordIdentifier"))
    if "diagnostic" in item.value("recordSchema"):
        message = " ".join(" ".join(texts).strip() for texts in item.fields.values())
        return ListItem(header, b"", f"the server could not give it out: {message[:200]}".strip())
    escaped = item.value("recordData")
    is_text = escaped.startswith("<")
    return ListItem(header, escaped.encode() if is_text else item.content, item.fault)
