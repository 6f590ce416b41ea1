"""Responses in JSON, or in JSONP for clients of version 0.1 that cannot do without.

The callback is written into a script, so only a name is taken. The comment before it keeps the response from being read
as a file of another kind, and all that is not ASCII is escaped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from flask import Response

from sparql_endpoint.api.reconcile.service_versions import JSON_0_2
from sparql_endpoint.errors import RequestError
from sparql_endpoint.http import languages
from sparql_endpoint.services import responses

_CALLBACK = re.compile(r"[A-Za-z_$][\w$]{0,63}(?:\.[A-Za-z_$][\w$]{0,63}){0,4}", re.ASCII)
_SCRIPT = "application/javascript"
_COMPACT = (",", ":")


def check_callback(fields: Mapping[str, str]) -> str:
    """Return the callback that a request names, empty for none. Raises RequestError where it is not a name."""
    callback = fields.get("callback", "")
    if callback and not _CALLBACK.fullmatch(callback):
        raise RequestError("callback: this is not the name of a function of JavaScript")
    return callback


def json_response(value: object, callback: str = "", media_type: str = JSON_0_2.media_type) -> Response:
    """Return a value as JSON, or as the argument of a callback; it is kept until the data changes."""
    if callback:
        body = f"/**/{callback}({json.dumps(value)});\n"
        response = Response(body, content_type=f"{_SCRIPT}; charset=utf-8")
    else:
        response = Response(f"{json.dumps(value, ensure_ascii=False, separators=_COMPACT)}\n", content_type=media_type)
    response.headers["Content-Language"] = languages.negotiate()
    response.vary.update(["Accept", "Accept-Language"])
    responses.stable()
    return response
