"""What the provider says about itself: Identify, ListMetadataFormats and ListSets (sections 4.2, 4.4 and 4.6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nbkg.records.listing.record_listing import Position, RecordListing, Selection
from nbkg.records.listing.record_sets import has_own_names, set_names
from sparql_endpoint.api.oai_pmh.metadata_formats import MetadataFormat
from sparql_endpoint.api.oai_pmh.oai_arguments import TOKEN
from sparql_endpoint.api.oai_pmh.oai_datestamps import GRANULARITY, write_datestamp
from sparql_endpoint.api.oai_pmh.oai_errors import OaiPmhError
from sparql_endpoint.api.oai_pmh.oai_identifiers import IdentifierScheme
from sparql_endpoint.api.record_formats.xml_template import xml_text

_SCHEMES = "http://www.openarchives.org/OAI/2.0/"
_EPOCH, _EVER = 0, 1 << 39
_DC = (
    '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd">'
    "{titles}</oai_dc:dc>"
)


@dataclass(frozen=True)
class Repository:
    """The provider, as it describes itself."""

    name: str
    address: str
    mail: str
    homepage: str
    logo: str
    scheme: IdentifierScheme

    def identify(self, listing: RecordListing) -> list[bytes]:
        """Return the answer to Identify."""
        first = listing.page(Selection(_EVER), Position(0), 1)
        sample = self.scheme.write(first[0].name if first else "source/1")
        lines = (
            "<Identify>",
            f"<repositoryName>{xml_text(self.name)}</repositoryName>",
            f"<baseURL>{xml_text(self.address)}</baseURL>",
            "<protocolVersion>2.0</protocolVersion>",
            f"<adminEmail>{xml_text(self.mail)}</adminEmail>",
            f"<earliestDatestamp>{write_datestamp(listing.earliest() or _EPOCH)}</earliestDatestamp>",
            "<deletedRecord>persistent</deletedRecord>",
            f"<granularity>{GRANULARITY}</granularity>",
            "<compression>gzip</compression>",
            "<compression>zstd</compression>",
            self._identifier_description(sample),
            self._branding(),
            "</Identify>\n",
        )
        return ["\n".join(lines).encode()]

    def _identifier_description(self, sample: str) -> str:
        location = f"{_SCHEMES}oai-identifier {_SCHEMES}oai-identifier.xsd"
        return (
            f'<description><oai-identifier xmlns="{_SCHEMES}oai-identifier" xsi:schemaLocation="{location}">'
            f"<scheme>oai</scheme><repositoryIdentifier>{self.scheme.domain}</repositoryIdentifier>"
            f"<delimiter>:</delimiter><sampleIdentifier>{xml_text(sample)}</sampleIdentifier>"
            "</oai-identifier></description>"
        )

    def _branding(self) -> str:
        """Return how the provider wants to be shown (http://www.openarchives.org/OAI/2.0/guidelines-branding.htm)."""
        location = f"{_SCHEMES}branding/ {_SCHEMES}branding.xsd"
        return (
            f'<description><branding xmlns="{_SCHEMES}branding/" xsi:schemaLocation="{location}"><collectionIcon>'
            f"<url>{xml_text(self.logo)}</url><link>{xml_text(self.homepage)}</link><title>{xml_text(self.name)}</title>"
            "</collectionIcon></branding></description>"
        )


def list_formats(formats: Sequence[MetadataFormat]) -> list[bytes]:
    """Return the answer to ListMetadataFormats. Raises OaiPmhError where there are none."""
    if not formats:
        raise OaiPmhError("noMetadataFormats", "the record is not available in any format")
    entries = (
        f"<metadataFormat><metadataPrefix>{each.prefix}</metadataPrefix><schema>{xml_text(each.schema)}</schema>"
        f"<metadataNamespace>{xml_text(each.namespace)}</metadataNamespace></metadataFormat>\n".encode()
        for each in formats
    )
    return [b"<ListMetadataFormats>\n", *entries, b"</ListMetadataFormats>\n"]


def list_sets(listing: RecordListing, arguments: Mapping[str, str]) -> list[bytes]:
    """Return the answer to ListSets, which is one page. Raises OaiPmhError."""
    if TOKEN in arguments:
        raise OaiPmhError("badResumptionToken", "the list of sets is one page and has no tokens")
    entries = [_set(spec, label) for spec, label in listing.sets()]
    if not entries:
        raise OaiPmhError("noSetHierarchy", "there are no records, so that there are no sets yet")
    return [b"<ListSets>\n", *entries, b"</ListSets>\n"]


def _set(spec: str, label: str) -> bytes:
    names = {language: _set_name(name, spec, label) for language, name in set_names(spec).items()}
    titles = "".join(f'<dc:title xml:lang="{language}">{xml_text(name)}</dc:title>' for language, name in names.items())
    name = xml_text(names.get("nb", label or spec))
    description = f"<setDescription>{_DC.format(titles=titles)}</setDescription>" if titles else ""
    return f"<set><setSpec>{xml_text(spec)}</setSpec><setName>{name}</setName>{description}</set>\n".encode()


def _set_name(name: str, spec: str, label: str) -> str:
    return name if has_own_names(spec) or not label else f"{name}: {label}"
