"""ListRecords, ListIdentifiers and GetRecord: a page of records, with the token of the next one."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nbkg.records.listing.record_listing import ListedRecord, Position, RecordListing, Selection
from sparql_endpoint.api.oai_pmh.metadata_formats import MetadataFormat, find_format
from sparql_endpoint.api.oai_pmh.oai_arguments import TOKEN
from sparql_endpoint.api.oai_pmh.oai_datestamps import check_same_granularity, read_datestamp, write_datestamp
from sparql_endpoint.api.oai_pmh.oai_errors import OaiPmhError
from sparql_endpoint.api.oai_pmh.oai_identifiers import IdentifierScheme
from sparql_endpoint.api.oai_pmh.resumption_tokens import ListState, read_token, write_token
from sparql_endpoint.api.record_formats.record_item import RecordItems
from sparql_endpoint.api.record_formats.xml_template import xml_text

_MOST_BYTES = 4 << 20
"""Bytes of records after which a page ends, however few records it has."""
_CLEANED = (
    b'<about><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:description xml:lang="en">The record has characters that XML 1.0 '
    b"cannot hold; U+FFFD stands for each.</dc:description></oai_dc:dc></about>"
)


@dataclass(frozen=True)
class RecordAnswers:
    """Answers the verbs that give out records or their headers."""

    listing: RecordListing
    items: RecordItems
    scheme: IdentifierScheme
    page_size: int

    def list_page(self, arguments: Mapping[str, str]) -> list[bytes]:
        """Return the page of a list. Raises OaiPmhError, DamagedFileError."""
        verb = arguments["verb"]
        token = arguments.get(TOKEN)
        state = self._first(arguments) if token is None else read_token(token, verb)
        form = find_format(state.prefix, self.listing)
        selection = Selection(state.until, state.set, form.required_set, form.sources(self.listing))
        after = self._position(state)
        if token is None:
            state = state._replace(size=self.listing.count(selection, after))
        page = self.listing.page(selection, after, self._page_size(verb))
        if not page:
            raise _nothing(token)
        if verb == "ListIdentifiers":
            content, last = [self._header(each) for each in page], page[-1]
        else:
            content, last = self._records(page, form, selection)
        is_last = not self.listing.page(selection, last.position, 1)
        end = _write_next(state, last, len(content), is_last=is_last)
        return [f"<{verb}>\n".encode(), *content, end, f"</{verb}>\n".encode()]

    def get_record(self, arguments: Mapping[str, str]) -> list[bytes]:
        """Return one record. Raises OaiPmhError, DamagedFileError."""
        listed = self.find(arguments["identifier"])
        form = find_format(arguments["metadataPrefix"], self.listing)
        is_gone = bool(form.required_set) and self.listing.has_left(listed, form.required_set)
        if listed.is_deleted or is_gone:
            content = [self._record(listed._replace(is_deleted=True), None)]
        else:
            content = [text for _listed, text in self._written_one(listed, form)]
        if not content:
            raise OaiPmhError("cannotDisseminateFormat", f"the record is not available as {form.prefix}")
        return [b"<GetRecord>\n", *content, b"</GetRecord>\n"]

    def can_write(self, listed: ListedRecord, form: MetadataFormat) -> bool:
        """Return whether a record has a format; a deleted one had all that depend on nothing."""
        if listed.is_deleted:
            return form.required_set in ("", *listed.sets)
        return bool(self._written_one(listed, form))

    def _written_one(self, listed: ListedRecord, form: MetadataFormat) -> list[tuple[ListedRecord, bytes]]:
        sources = form.sources(self.listing)
        has_format = form.required_set in ("", *listed.sets) and (sources is None or listed.source in sources)
        return self._written([listed], form) if has_format else []

    def find(self, identifier: str) -> ListedRecord:
        """Return the record of an identifier. Raises OaiPmhError where there is none."""
        listed = self.listing.find(self.scheme.read(identifier))
        if listed is None:
            raise OaiPmhError("idDoesNotExist", f"no record has the identifier {identifier[:200]}")
        return listed

    def _first(self, arguments: Mapping[str, str]) -> ListState:
        """Return the state with which a list begins, which ends now."""
        first, last = arguments.get("from", ""), arguments.get("until", "")
        check_same_granularity(first, last)
        begin = read_datestamp("from", first) if "from" in arguments else 0
        end = read_datestamp("until", last, is_end=True) if "until" in arguments else None
        if end is not None and begin > end:
            raise OaiPmhError("badArgument", "from is later than until")
        now = int(time.time())
        until = now if end is None else min(end, now)
        return ListState(arguments["verb"], arguments["metadataPrefix"], arguments.get("set", ""), until, 0, 0, begin)

    def _position(self, state: ListState) -> Position:
        if state.record < 0:
            return Position(state.stamp)
        return Position(state.stamp, self.listing.number_of(state.source, state.record))

    def _page_size(self, verb: str) -> int:
        return self.page_size * (5 if verb == "ListIdentifiers" else 1)

    def _records(
        self, page: Sequence[ListedRecord], form: MetadataFormat, selection: Selection
    ) -> tuple[list[bytes], ListedRecord]:
        """Return what is written of a page, and the last record that it has or passed over.

        A page of which nothing can be written is followed by the next one. Raises OaiPmhError at the end of the list.
        """
        while page:
            written = self._written(page, form)
            if written:
                return _cut(written, page[-1])
            page = self.listing.page(selection, page[-1].position, self.page_size)
        raise _nothing(None)

    def _written(self, page: Sequence[ListedRecord], form: MetadataFormat) -> list[tuple[ListedRecord, bytes]]:
        """Return what is written of the records that can be, in their order; others are logged and left out."""
        items = self.items.read_all(each for each in page if not each.is_deleted)
        texts = form.write_page(items)
        written = (item for item in items if item.listed.number in texts)
        cleaned = {item.listed.number for item in written if item.has_illegal_characters}
        return [
            (each, self._record(each, texts.get(each.number), is_cleaned=each.number in cleaned))
            for each in page
            if each.is_deleted or each.number in texts
        ]

    def _record(self, listed: ListedRecord, metadata: bytes | None, *, is_cleaned: bool = False) -> bytes:
        about = _CLEANED if is_cleaned else b""
        content = b"" if metadata is None else b"".join((b"<metadata>", metadata, b"</metadata>", about))
        return b"".join((b"<record>", self._header(listed), content, b"</record>\n"))

    def _header(self, listed: ListedRecord) -> bytes:
        status = ' status="deleted"' if listed.is_deleted else ""
        sets = "".join(f"<setSpec>{xml_text(spec)}</setSpec>" for spec in listed.sets)
        identifier = xml_text(self.scheme.write(listed.name))
        datestamp = f"<datestamp>{write_datestamp(listed.stamp)}</datestamp>"
        return f"<header{status}><identifier>{identifier}</identifier>{datestamp}{sets}</header>".encode()


def _cut(written: list[tuple[ListedRecord, bytes]], last: ListedRecord) -> tuple[list[bytes], ListedRecord]:
    """Return the first of what is written up to the most bytes of a page, and the last record that it has."""
    content, size = list[bytes](), 0
    for listed, text in written:
        content.append(text)
        size += len(text)
        if size > _MOST_BYTES:
            return content, listed
    return content, last


def _write_next(state: ListState, last: ListedRecord, count: int, *, is_last: bool) -> bytes:
    """Return the token of the next page; of the last page an empty one, of a list of one page none (section 3.5)."""
    is_first = state.cursor == 0 and state.record < 0
    if is_last and is_first:
        return b""
    following = state._replace(cursor=state.cursor + count, stamp=last.stamp, source=last.source, record=last.record)
    token = "" if is_last else write_token(following)
    return (
        f'<resumptionToken completeListSize="{state.size}" cursor="{state.cursor}">{token}</resumptionToken>'.encode()
    )


def _nothing(token: str | None) -> OaiPmhError:
    """Return the error of a list that has nothing, or nothing any more."""
    if token is None:
        return OaiPmhError("noRecordsMatch", "no record matches set, from, until and metadataPrefix")
    return OaiPmhError("badResumptionToken", "what was left of the list has changed since; ask for what changed")
