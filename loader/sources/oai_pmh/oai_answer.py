"""An answer of OAI-PMH: its errors, its records, and how the list goes on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from loader.errors import ListExpiredError, ProviderError
from loader.sources.provider.item_cutter import CutAnswer, CutItem, ItemShape, cut_answer
from loader.sources.provider.list_pages import ItemHeader, ListItem, ListPage
from loader.sources.provider.provider_client import Answer

_NAMESPACE: Final = "http://www.openarchives.org/OAI/2.0/"
_SHAPE: Final = ItemShape(
    names=frozenset({"record", "header"}),
    content="metadata",
    marks=frozenset({"header", "identifier"}),
    ends=frozenset({"resumptionToken", "ListRecords", "ListIdentifiers", "GetRecord"}),
)
_NO_RECORDS = "noRecordsMatch"
_EXPIRED = "badResumptionToken"


def parse_page(answer: Answer, verb: str) -> ListPage:
    """Return a page of ListRecords or ListIdentifiers; an empty one where the provider says that nothing matches.

    Raises the errors of `parse_answer`.
    """
    pieces, notes = parse_answer(answer)
    if verb not in pieces.fields and "error" not in pieces.fields:
        raise ProviderError(f"the answer has no <{verb}> and no <error>")
    path = f"{verb}/resumptionToken"
    token = pieces.value(path)
    return ListPage(
        items=tuple(_item(item) for item in pieces.items),
        response_date=pieces.value("responseDate"),
        following={"verb": verb, "resumptionToken": token} if token else None,
        size=_size(pieces, path),
        is_nothing="error" in pieces.fields,
        notes=notes,
    )


def parse_answer(answer: Answer) -> tuple[CutAnswer, tuple[str, ...]]:
    """Return the pieces of an answer and what was odd about it.

    Raises ProviderError for what is no answer of OAI-PMH, and for one that is another error than noRecordsMatch, whose
    code it has; ListExpiredError where the error is about the token.
    """
    pieces = cut_answer(answer.body, _SHAPE)
    name = pieces.root.rpartition(" ")[2]
    if name != "OAI-PMH":
        raise ProviderError(f"the answer is no OAI-PMH: its root element is <{name}>")
    for text, attributes in pieces.iter_values("error"):
        _check_error(attributes.get("code", "").strip(), text.strip())
    is_ours = pieces.root == f"{_NAMESPACE} OAI-PMH"
    return pieces, answer.notes if is_ours else (*answer.notes, f"the answer is not in the namespace {_NAMESPACE}")


def _check_error(code: str, text: str) -> None:
    """Raise an error of the protocol (https://www.openarchives.org/OAI/openarchivesprotocol.html#ErrorConditions)."""
    if code == _NO_RECORDS:
        return
    message = f"the provider answered {code or 'an error without a code'}{f': {text[:300]}' if text else ''}"
    kind = ListExpiredError if code == _EXPIRED else ProviderError
    raise kind(message, code=code or "error")


def _size(pieces: CutAnswer, path: str) -> int | None:
    sizes = [attributes.get("completeListSize", "") for _text, attributes in pieces.iter_values(path)]
    return next((int(size) for size in sizes if size.strip().isdecimal()), None)


def _item(item: CutItem) -> ListItem:
    prefix = "" if "identifier" in item.fields else "header/"
    sets = tuple(name.strip() for name in item.fields.get(f"{prefix}setSpec", ()) if name.strip())
    status = item.attributes.get(prefix.rstrip("/"), {}).get("status", "")
    header = ItemHeader(
        identifier=item.value(f"{prefix}identifier"),
        datestamp=item.value(f"{prefix}datestamp"),
        is_deleted=status.strip().lower() == "deleted",
        sets=sets,
        is_oai=True,
    )
    return ListItem(header, b"" if header.is_deleted and not item.fault else item.content, item.fault)


def parse_moment(text: str) -> datetime | None:
    """Return the time of a datestamp in UTC: of a date its beginning; None where it cannot be read.

    OAI-PMH has UTC only; offsets and fractions that some providers write all the same are read too.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)


def format_moment(moment: datetime) -> str:
    """Return a time in UTC as OAI-PMH writes it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
