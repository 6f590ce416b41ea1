"""The XML around what a verb answers with (section 3.2)."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from sparql_endpoint.api.oai_pmh.oai_datestamps import write_datestamp
from sparql_endpoint.api.oai_pmh.oai_errors import OaiPmhError
from sparql_endpoint.api.record_formats.xml_template import xml_text

OAI = "http://www.openarchives.org/OAI/2.0/"
_START = (
    '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">\n'
)


class RequestEcho(NamedTuple):
    """The request that a document answers and repeats."""

    address: str
    """The address of the provider."""
    stylesheet: str
    """The address of the stylesheet by which browsers show the document."""
    arguments: Mapping[str, str]


def write_document(echo: RequestEcho, content: Sequence[bytes]) -> bytes:
    """Return the document with what a verb echo."""
    attributes = "".join(f" {name}={_attribute(value)}" for name, value in echo.arguments.items())
    return b"".join((_head(echo, attributes), *content, b"</OAI-PMH>\n"))


def write_error(echo: RequestEcho, error: OaiPmhError) -> bytes:
    """Return the document with an error; of one about the arguments without them."""
    arguments = {} if error.hides_arguments else echo.arguments
    content = f'<error code="{error.code}">{xml_text(str(error))}</error>\n'
    return write_document(echo._replace(arguments=arguments), [content.encode()])


def _head(echo: RequestEcho, attributes: str) -> bytes:
    now = write_datestamp(int(time.time()))
    lines = (
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        f'<?xml-stylesheet type="text/xsl" href={_attribute(echo.stylesheet)}?>\n',
        _START,
        f"<responseDate>{now}</responseDate>\n",
        f"<request{attributes}>{xml_text(echo.address)}</request>\n",
    )
    return "".join(lines).encode()


def _attribute(value: str) -> str:
    return quoteattr(value, {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
