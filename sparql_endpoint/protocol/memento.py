"""The date of a response that is made of a release (Memento): RFC 7089, https://www.rfc-editor.org/rfc/rfc7089

Of the standard there is this much: a response has its date (section 2.1.1) and leads to the same query of the data as
it is now (section 2.2). A client asks for a date by a parameter, not by `Accept-Datetime`.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from email.utils import format_datetime
from urllib.parse import parse_qsl, urlencode

from sparql_endpoint.protocol.operation import AS_OF
from sparql_endpoint.stores.kept_versions import day


def headers(release: str, query_string: str) -> list[tuple[str, str]]:
    """Return the headers of a response made of a release.

    `query_string` is that of a GET; it is empty where the request cannot be repeated by its address.
    """
    moment = datetime.combine(day(release), time(), UTC)
    dated = [("memento-datetime", format_datetime(moment, usegmt=True))]
    if query_string:
        arguments = [(name, value) for name, value in parse_qsl(query_string, keep_blank_values=True) if name != AS_OF]
        dated.append(("link", f'<?{urlencode(arguments)}>; rel="original"'))
    return dated
