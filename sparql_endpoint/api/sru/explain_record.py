"""The description of the server: its indexes, schemas and limits, as ZeeRex (http://zeerex.z3950.org/dtd/)."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from sparql_endpoint.api.record_formats.xml_template import xml_text
from sparql_endpoint.api.sru.index_table import SearchIndex, index_table
from sparql_endpoint.api.sru.record_schemas import SCHEMAS
from sparql_endpoint.api.sru.sru_request import DEFAULT_RECORDS, MOST_RECORDS

_RELATIONS = ("=", "==", "exact", "all", "any", "adj", "<>", "<", "<=", ">", ">=", "within")


def write_explain(address: str, name: str, version: str) -> bytes:
    """Return the description of the server at an address."""
    return "\n".join(_lines(address, name, version)).encode()


def _lines(address: str, name: str, version: str) -> Iterator[str]:
    parts = urlsplit(address)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    yield '<explain xmlns="http://explain.z3950.org/dtd/2.0/">'
    yield f'<serverInfo protocol="SRU" version="{version}" transport="{parts.scheme}" method="GET POST">'
    yield f"<host>{xml_text(parts.hostname or '')}</host><port>{port}</port>"
    yield f"<database>{xml_text(parts.path.strip('/'))}</database></serverInfo>"
    yield f'<databaseInfo><title lang="nb" primary="true">{xml_text(name)}</title></databaseInfo>'
    yield "<indexInfo>"
    for prefix, iri in index_table().sets.items():
        yield f'<set name="{prefix}" identifier="{xml_text(iri)}"/>'
    for index in index_table().indexes:
        yield _index(index)
    yield "</indexInfo><schemaInfo>"
    for schema in SCHEMAS:
        title = f'<title lang="en">{xml_text(schema.title)}</title>'
        yield f'<schema identifier="{schema.iri}" name="{schema.names[0]}" sort="false">{title}</schema>'
    yield "</schemaInfo><configInfo>"
    yield f'<default type="numberOfRecords">{DEFAULT_RECORDS}</default>'
    yield '<default type="contextSet">cql</default><default type="index">cql.serverChoice</default>'
    yield f'<setting type="maximumRecords">{MOST_RECORDS}</setting>'
    for relation in _RELATIONS:
        yield f'<supports type="relation">{xml_text(relation)}</supports>'
    yield '<supports type="maskingCharacter">*</supports><supports type="sort"/></configInfo></explain>'


def _index(index: SearchIndex) -> str:
    titles = "".join(f'<title lang="{language}">{xml_text(title)}</title>' for language, title in index.titles.items())
    pairs = (name.partition(".") for name in index.names)
    names = "".join(f'<map><name set="{prefix}">{xml_text(local)}</name></map>' for prefix, _dot, local in pairs)
    return f'<index search="true" scan="false" sort="{"true" if index.sort else "false"}">{titles}{names}</index>'
