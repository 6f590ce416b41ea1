"""The date of an answer that is of a release, as Memento tells it: RFC 7089, https://www.rfc-editor.org/rfc/rfc7089

Of the standard there is this much: an answer tells its date (section 2.1.1) and leads to the same question of the data
as it is now (section 2.2). It is asked for by a parameter, not by `Accept-Datetime`.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from email.utils import format_datetime
from urllib.parse import parse_qsl, urlencode

from sparql_endpoint.protocol.operation import AS_OF
from sparql_endpoint.stores.releases import day


def headers(release: str, query_string: str) -> list[tuple[str, str]]:
    """Those of an answer of a release; `query_string` is that of a GET, empty where it cannot be asked for again."""
    moment = datetime.combine(day(release), time(), UTC)
    told = [("memento-datetime", format_datetime(moment, usegmt=True))]
    if query_string:
        kept = [(name, value) for name, value in parse_qsl(query_string, keep_blank_values=True) if name != AS_OF]
        told.append(("link", f'<?{urlencode(kept)}>; rel="original"'))
    return told
