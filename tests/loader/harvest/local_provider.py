"""A provider in this process: it answers as a test says, and remembers what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from rdflib import URIRef

from loader.harvest.harvest_report import HarvestReport
from loader.harvest.harvest_run import HarvestJob, harvest_source
from loader.sources.harvest_plan import HarvestPlan
from loader.sources.provider.retry_wait import Patience
from loader.sources.source import Source
from nbkg.errors import UsageError
from nbkg.records.store.record_store import StoredRecord, open_records

NOW = datetime(2026, 3, 2, 5, 0, 0, tzinfo=UTC)
MARC = "http://www.loc.gov/MARC21/slim"


@dataclass(frozen=True)
class Reply:
    """What the provider sends."""

    body: str | bytes = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "text/xml"})
    cut: int = 0
    """How many bytes are missing of what Content-Length says."""


Answer = Callable[[Mapping[str, str]], Reply | str | bytes]


class LocalProvider:
    """Answers requests one after another."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.queries: list[str] = []
        """What stood behind the question mark of each request."""
        self.paths: list[str] = []
        self.answer: Answer = lambda _query: Reply(status=500)

    def lists(self) -> list[dict[str, str]]:
        """Return the parameters of each request but Identify, decoded."""
        queries = [dict(parse_qsl(query, keep_blank_values=True)) for query in self.queries]
        return [query for query in queries if query.get("verb") != "Identify"]


@contextmanager
def running_provider() -> Iterator[LocalProvider]:
    """Run a provider in a thread."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 1 << 16  # head and body in one packet: else each answer waits 40 ms for an acknowledgement

        def do_GET(self) -> None:
            self._answer(urlsplit(self.path).query)

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def _answer(self, query: str) -> None:
            provider.queries.append(query)
            provider.paths.append(self.path.partition("?")[0])
            answer = provider.answer({"": self.path, **dict(parse_qsl(query, keep_blank_values=True))})
            reply = answer if isinstance(answer, Reply) else Reply(answer)
            body = reply.body.encode() if isinstance(reply.body, str) else reply.body
            self.send_response_only(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if "Content-Length" not in reply.headers and reply.status != 204:
                self.send_header("Content-Length", str(len(body) + reply.cut))
            self.end_headers()
            self.wfile.write(body)
            self.close_connection = bool(reply.cut) or "Content-Length" in reply.headers

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        provider = LocalProvider(f"http://127.0.0.1:{server.server_port}/oai")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()


def record(key: str, title: str, leader: str = "00000nam a2200000 i 4500") -> str:
    """Return a MARC record."""
    number = f'<controlfield tag="001">{key}</controlfield>' if key else ""
    subfield = f'<subfield code="a">{title}</subfield>'
    field = f'<datafield tag="245" ind1="0" ind2="0">{subfield}</datafield>'
    return f'<record xmlns="{MARC}"><leader>{leader}</leader>{number}{field}</record>'


def item(key: str, title: str = "", stamp: str = "2026-03-01T10:00:00Z", sets: Sequence[str] = (), **how: str) -> str:
    """Return a record of a list: deleted where it has no title; `content` takes the place of its MARC record."""
    specs = "".join(f"<setSpec>{name}</setSpec>" for name in sets)
    content = how.get("content", record(how.get("number", key), title)) if title or "content" in how else ""
    status = "" if content or "content" in how else ' status="deleted"'
    head = f"<identifier>oai:t:{key}</identifier><datestamp>{stamp}</datestamp>{specs}"
    metadata = f"<metadata>{content}</metadata>" if content else ""
    return f"<record><header{status}>{head}</header>{metadata}</record>"


def page(*items: str, then: str = "", date: str = "2026-03-02T04:00:00Z", size: int | None = None) -> str:
    """Return a page of ListRecords."""
    attributes = f' completeListSize="{size}"' if size is not None else ""
    end = f"<resumptionToken{attributes}>{then}</resumptionToken>" if then or attributes else ""
    return oai(f"<ListRecords>{''.join(items)}{end}</ListRecords>", date)


def oai(content: str, date: str = "2026-03-02T04:00:00Z") -> str:
    """Return an answer of OAI-PMH."""
    head = f"<responseDate>{date}</responseDate><request>http://t/oai</request>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">{head}{content}</OAI-PMH>'


def error(code: str) -> str:
    """Return an error of OAI-PMH."""
    return oai(f'<error code="{code}">no</error>')


def identify(granularity: str = "YYYY-MM-DDThh:mm:ssZ", deleted: str = "transient") -> str:
    """Return the answer to Identify."""
    return oai(
        "<Identify><repositoryName>t</repositoryName><baseURL>http://t/oai</baseURL><protocolVersion>2.0</protocolVersion>"
        f"<deletedRecord>{deleted}</deletedRecord><granularity>{granularity}</granularity></Identify>"
    )


def pages(*bodies: Reply | str | bytes, first: str = "") -> Answer:
    """Return the answers of a list one after another, the last one again and again; Identify is answered as always."""
    left = list(bodies)

    def answer(query: Mapping[str, str]) -> Reply | str | bytes:
        if query.get("verb") == "Identify":
            return first or identify()
        return left.pop(0) if len(left) > 1 else left[0]

    return answer


@dataclass
class Site:
    """A source that is harvested from the provider into a store of records."""

    provider: LocalProvider
    folder: Path
    waits: list[float] = field(default_factory=list)
    plan: HarvestPlan = field(default_factory=HarvestPlan)
    opener: str = "oai_pmh"
    now: Callable[[], datetime] = lambda: NOW

    def harvest(self, *bodies: Reply | str | bytes, first: str = "", **how: object) -> HarvestReport:
        """Harvest what the provider answers with."""
        if bodies:
            self.provider.answer = pages(*bodies, first=first)
        self.provider.queries.clear()
        patience = Patience(tries=3, wait=self.waits.append, now=self.now)
        source = Source(URIRef("urn:s"), "s", "marc", self.opener, self.provider.address, harvest=self.plan)
        return harvest_source(HarvestJob(source, self.folder, patience=patience, **how))  # type: ignore[arg-type]

    def records(self) -> dict[str, str]:
        """Return the titles of the live records, by OAI identifier or number."""
        try:
            with open_records(self.folder, "s") as store:
                return {_name(each): _title(each) for each in store.iter_records()}
        except UsageError:
            return {}

    def versions(self, name: str) -> list[tuple[str, bool]]:
        """Return title and deletion of each version of the only record of a name."""
        with open_records(self.folder, "s") as store:
            (number,) = store.find_records(name)
            return [(_title(each), each.is_deleted) for each in store.versions(number)]


def _name(stored: StoredRecord) -> str:
    return (stored.names.oai or stored.names.control_number).removeprefix("oai:t:").removeprefix("oai:ex.test:")


def _title(stored: StoredRecord) -> str:
    fields = stored.parse().fields_with("245") if stored.raw else []
    return "".join(fields[0].values("a")) if fields else ""
