"""A Graph Store that is written over HTTP.

SPARQL 1.1 Graph Store HTTP Protocol, https://www.w3.org/TR/sparql11-http-rdf-update/ – graphs are named indirectly,
by `?graph=IRI` or `?default`.
"""

from __future__ import annotations

from urllib.parse import quote

from urllib3.util import Url, parse_url

from loader.push.credentials import Credentials
from nbkg.errors import (
    ConnectionBrokenError,
    HttpClientError,
    NbkgError,
    ServerTooSlowError,
    ServerUnreachableError,
    ServiceError,
    UsageError,
)
from nbkg.http_client.client import Client, ClientSettings, Request, Response, parse_address
from nbkg.http_client.retries import BUSY

_SECONDS = 600
_RETRIES = 5
_TRY_AGAIN = "run the same command again to go on"
_ADVICE = {
    401: "a token is needed: --token-file FILE, or --user NAME with --password-file FILE",
    403: "a token is needed that may write: --token-file FILE, or --user NAME with --password-file FILE",
    404: "is this the address of a Graph Store?",
    405: "is this the address of a Graph Store that may be written?",
    413: "the chunk is too large: give a smaller --chunk",
}
"""What to do about a status."""
_FAILURES = {
    ConnectionBrokenError: "the connection broke; a server that wants a token may do so",
    ServerTooSlowError: f"no answer in {_SECONDS} s; a smaller --chunk may help",
}


class GraphStore:
    """A Graph Store at its address. Raises UsageError for an address that cannot be one."""

    def __init__(self, text: str, credentials: Credentials) -> None:
        address = parse_address(text)
        if address.authorization:
            raise UsageError("the address holds a name or password; give them by --user and --password-file")
        self.address = text
        self._address = address
        self._client = Client(
            ClientSettings(_SECONDS, True, retries=_RETRIES, headers=credentials.headers, password=credentials.password)
        )
        self.close = self._client.close

    @property
    def genid(self) -> str:
        """Return the beginning of this store's skolem IRIs (RDF 1.1, section 3.5)."""
        url = parse_url(self._address.url)
        return Url(url.scheme, None, url.host, url.port, "/.well-known/genid/").url

    def write(self, graph: str | None, body: bytes, *, replace: bool, label: str) -> None:
        """Replace a graph by N-Triples, or add them; try again where the server is busy or the connection breaks.

        That does no harm: what is added has no blank nodes, and a graph is a set. `label` names the request in errors.
        Raises UsageError where the server refuses it, ServiceError where it did not get it or could not do it.
        """
        url = self._address.with_query("default" if graph is None else f"graph={quote(graph, safe='')}")
        headers = {"Content-Type": "application/n-triples"}
        try:
            response = self._client.send(Request("PUT" if replace else "POST", url, headers, body))
        except HttpClientError as error:
            raise ServiceError(f"{self.address}: {label}: {_failure(error)}; {_TRY_AGAIN}") from error
        if not 200 <= response.status < 300:
            raise self._refusal(response, label)
        response.drain()

    def _refusal(self, response: Response, label: str) -> NbkgError:
        problem = f"answered {response.status} {response.reason}".rstrip()
        if message := _message(response):
            problem = f"{problem}: {message}"
        advice = _ADVICE.get(response.status, "")
        if 300 <= response.status < 400:
            advice = f"it points to {response.headers.get('Location', 'nowhere')}; give the address itself"
        text = "; ".join(part for part in (problem, advice, _TRY_AGAIN) if part)
        wrong_call = response.status < 500 and response.status not in BUSY
        return (UsageError if wrong_call else ServiceError)(f"{self.address}: {label}: {text}")


def _failure(error: HttpClientError) -> str:
    if isinstance(error, ServerUnreachableError):
        refused = "refused" in str(error)
        return "connection refused; is the server running?" if refused else f"cannot be reached ({error})"
    return _FAILURES[type(error)]


def _message(response: Response) -> str:
    """Return the first words of a response that is text, not a page; close it."""
    is_text = response.headers.get("Content-Type", "text/plain").startswith(
        ("text/plain", "application/json", "application/problem")
    )
    text = response.read(4000).decode("utf-8", "replace") if is_text else ""
    response.close()
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:300]
