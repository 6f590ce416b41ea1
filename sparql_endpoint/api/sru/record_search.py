"""searchRetrieve: the records that a query finds, in the wanted schema and order."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from nbkg.errors import DataError
from nbkg.records.listing.record_listing import ListedRecord, RecordListing, SortKey
from sparql_endpoint.api.record_formats.record_item import RecordItem, RecordItems
from sparql_endpoint.api.sru.cql_parser import parse_cql
from sparql_endpoint.api.sru.cql_translation import read_sort_keys, translate, translate_sort
from sparql_endpoint.api.sru.cql_tree import CqlQuery
from sparql_endpoint.api.sru.record_schemas import RecordSchema, find_schema
from sparql_endpoint.api.sru.sru_diagnostics import SruDiagnosticError
from sparql_endpoint.api.sru.sru_documents import SearchAnswer, SruDocuments, WrittenRecord
from sparql_endpoint.api.sru.sru_request import SruRequest

_LOG = logging.getLogger(__name__)
_MOST_RANKED = 10_000
"""Records up to which those that fit best come first: with more, ranking takes longer than a search may."""
_MOST_SORTED = 100_000


def search_records(request: SruRequest, listing: RecordListing, items: RecordItems) -> SearchAnswer:
    """Return the answer to a search. Raises SruDiagnosticError, DamagedFileError."""
    schema = find_schema(request.schema)
    parsed = parse_cql(request.query)
    query, sort = translate(parsed, listing), _sort(parsed, request)
    count = listing.count_query(query)
    if sort and count > _MOST_SORTED:
        raise SruDiagnosticError(83, str(_MOST_SORTED))
    if request.start > max(count, 1):
        return SearchAnswer(count, diagnostics=[SruDiagnosticError(61, str(request.start))])
    if count > _MOST_RANKED:
        query = query._replace(match="")
    page = listing.search(query, sort, (request.most, request.start - 1)) if request.most and count else []
    following = request.start + len(page)
    records = _write(page, items, schema, request)
    return SearchAnswer(count, records, following if following <= count else 0)


def _sort(parsed: CqlQuery, request: SruRequest) -> list[SortKey]:
    """Return the order that the query asks for, else that of the parameter sortKeys."""
    return translate_sort(parsed.sort or read_sort_keys(request.sort_keys), parsed.prefixes)


def _write(
    page: Sequence[ListedRecord], items: RecordItems, schema: RecordSchema, request: SruRequest
) -> list[WrittenRecord]:
    documents = SruDocuments(request.version)
    readable = {item.listed.number: item for item in items.read_all(page)}
    records = []
    for position, listed in enumerate(page, request.start):
        content = _content(readable.get(listed.number), schema)
        identifier = listed.name.partition("/")[2]
        if content is None:
            error = SruDiagnosticError(67, schema.names[0])
            records.append(documents.diagnostic_record(error, identifier, position))
        else:
            records.append(WrittenRecord(schema.iri, content, identifier, position))
    return records


def _content(item: RecordItem | None, schema: RecordSchema) -> bytes | None:
    try:
        return schema.write(item) if item else None
    except DataError as error:
        _LOG.warning("not given out: %s", error)
        return None
