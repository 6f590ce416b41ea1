"""Sends graphs to a Graph Store over HTTP: `nbkg load URL`.

The command imports it; requests go out through `nbkg.http_client`.
"""

CHUNK_SIZE = 50_000
"""Statements in one request."""
