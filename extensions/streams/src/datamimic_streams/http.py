"""Rows and changes by POST to a place that speaks HTTP: a webhook, a function, an ingest of logs; the standard library only."""

from __future__ import annotations

import base64
import ssl
from collections.abc import Iterator, Sequence
from http.client import BadStatusLine, HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import quote, unquote, urlsplit
from uuid import uuid4

from datamimic import Sending, StreamRecord, StreamTarget
from datamimic.errors import OutputError
from datamimic_streams.urls import unreachable

EXAMPLE = "https://localhost:8080/orders"
OPEN_SECONDS = 10.0
ANSWER_SECONDS = 60.0
MOST_RECORDS, MOST_BYTES = 500, 1 << 20
"""Of one request."""
_PLAIN = "/%:@!$&'()*+,;=~"
_MOST_OF_AN_ANSWER = 1 << 16


class Refused(Exception):
    """The place took a request and refused it; says how."""


class HttpTarget(StreamTarget):
    """`https://user@host/path`: requests of JSON Lines (`application/x-ndjson`) by POST, up to 500 records or 1 MB in each;
    with a rate those that are due. A user and a password go as `Authorization: Basic`, the query as it is.

    One connection sends one request after the other; an answer of 200 to 299 confirms its records, any other ends the stream.
    The header `Idempotency-Key` numbers the requests of a stream, by which whoever takes them knows one again that comes
    twice: what was sent over a connection that broke is sent once more.
    """

    name = "http"
    schemes = ("http", "https")

    def open(self, place: str) -> Sending:
        try:
            parts = urlsplit(place)
            host, port = parts.hostname, parts.port
        except ValueError:
            host = None
        if not host:
            raise OutputError(
                "output_unwritable", "the URL of the stream cannot be read", hint=f"such as {EXAMPLE}"
            ) from None
        connection = (
            HTTPSConnection(host, port, timeout=OPEN_SECONDS, context=ssl.create_default_context())
            if parts.scheme.lower() == "https"
            else HTTPConnection(host, port, timeout=OPEN_SECONDS)
        )
        try:
            connection.connect()
        except (OSError, HTTPException, UnicodeError) as error:
            raise unreachable("HTTP", error, place) from None
        connection.sock.settimeout(ANSWER_SECONDS)
        connection.timeout = ANSWER_SECONDS
        path = quote(parts.path or "/", _PLAIN) + (f"?{quote(parts.query, _PLAIN + '?')}" if parts.query else "")
        login = None
        if parts.username is not None:
            said = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            login = f"Basic {base64.b64encode(said.encode()).decode()}"
        return _HttpSending(connection, path, login)


class _HttpSending(Sending):
    refusals = (OSError, HTTPException, Refused)

    def __init__(self, connection: HTTPConnection, path: str, login: str | None) -> None:
        self._connection = connection
        self._path = path
        self._headers = {"Content-Type": "application/x-ndjson", "User-Agent": "datamimic"}
        if login is not None:
            self._headers["Authorization"] = login
        self._stream = uuid4().hex
        self._requests = 0
        self._confirmed = 0

    @property
    def confirmed(self) -> int:
        return self._confirmed

    def send(self, records: Sequence[StreamRecord]) -> None:
        for some in _portions(records):
            self._requests += 1
            own = {**some[0].headers, "Idempotency-Key": f"{self._stream}-{self._requests}"}
            body = b"".join(each.value + b"\n" for each in some)
            try:
                self._post(body, own)
            except (ConnectionError, BadStatusLine):
                # A server may close a connection that rests, at a slow rate between any two requests.
                self._connection.close()
                self._post(body, own)
            self._confirmed += len(some)

    def _post(self, body: bytes, headers: dict[str, str]) -> None:
        self._connection.request("POST", self._path, body, {**self._headers, **headers})
        answer = self._connection.getresponse()
        answer.read(_MOST_OF_AN_ANSWER)
        if not answer.isclosed():
            self._connection.close()
        if not 200 <= answer.status < 300:
            raise Refused(f"the place answers {answer.status} {answer.reason}".rstrip())

    def settle(self, seconds: float | None = None) -> None:
        """Every request was answered before `send` returned."""

    def close(self) -> None:
        self._connection.close()


def _portions(records: Sequence[StreamRecord]) -> Iterator[Sequence[StreamRecord]]:
    start = size = 0
    for place, each in enumerate(records):
        if place > start and (place - start == MOST_RECORDS or size + len(each.value) > MOST_BYTES):
            yield records[start:place]
            start, size = place, 0
        size += len(each.value) + 1
    if start < len(records):
        yield records[start:]
