"""Rows and changes to AMQP 0-9-1 brokers, such as RabbitMQ, with publisher confirms; needs pika."""

from __future__ import annotations

import ssl
from collections.abc import Sequence
from typing import Any

from datamimic import Sending, StreamRecord, StreamTarget
from datamimic.errors import OutputError
from datamimic.related import missing_driver
from datamimic_streams.confirmed import Broken, Publisher
from datamimic_streams.urls import broker_url, unreachable

EXAMPLE = "amqp://localhost/?queue=orders"
SETTINGS = ("queue", "exchange", "routing_key", "heartbeat")
OPEN_SECONDS = 30.0


class AmqpTarget(StreamTarget):
    """`amqp://user@host:5672/vhost?queue=orders`: persistent messages of JSON into a queue, which is declared durable where it
    is new. With `exchange=` they go to an exchange that is there, by a `routing_key=`, or by the key of the row without it;
    a message that no queue takes is an error. `amqps` is the same with TLS.

    One channel sends all messages in order and the broker confirms each. The key is in the header `key` and, as what a
    consumer knows again a message by that comes twice, nothing is lost: each is sent at least once.
    """

    name = "amqp"
    schemes = ("amqp", "amqps")

    def open(self, place: str) -> Sending:
        try:
            import pika
        except ImportError:
            raise missing_driver("pika", "datamimic-streams[amqp]") from None
        tls = place.lower().startswith("amqps:")
        url = broker_url(place, 5671 if tls else 5672, EXAMPLE, SETTINGS)
        queue, exchange = url.settings.get("queue"), url.settings.get("exchange", "")
        if bool(queue) == bool(exchange):
            raise OutputError(
                "output_unwritable",
                "the URL of the stream names no queue, or an exchange beside it",
                hint=f"such as {EXAMPLE}",
            )
        [(host, port)] = url.hosts[:1]
        parameters = pika.ConnectionParameters(
            host=host,
            port=port,
            virtual_host=url.path or "/",
            credentials=pika.PlainCredentials(url.user or "guest", "guest" if url.password is None else url.password),
            heartbeat=int(url.settings["heartbeat"]) if url.settings.get("heartbeat", "").isdecimal() else None,
            ssl_options=pika.SSLOptions(ssl.create_default_context(), host) if tls else None,
            socket_timeout=OPEN_SECONDS,
            stack_timeout=OPEN_SECONDS,
            client_properties={"connection_name": "datamimic"},
        )
        publisher = Publisher(pika, parameters, queue or None, exchange)
        try:
            publisher.open(OPEN_SECONDS)
        except Broken as error:
            publisher.close()
            raise unreachable("AMQP", error, place) from None
        except BaseException:
            publisher.close()
            raise
        return _AmqpSending(pika, publisher, exchange, url.settings.get("routing_key", queue))


class _AmqpSending(Sending):
    refusals = (Broken,)

    def __init__(self, library: Any, publisher: Publisher, exchange: str, routing_key: str | None) -> None:
        self._properties = library.BasicProperties
        self._publisher = publisher
        self._exchange = exchange
        self._routing_key = routing_key

    @property
    def confirmed(self) -> int:
        return self._publisher.confirmed

    def send(self, records: Sequence[StreamRecord]) -> None:
        self._publisher.publish([self._message(each) for each in records])

    def _message(self, record: StreamRecord) -> tuple[str, str, bytes, Any]:
        key = "" if record.key is None else record.key.decode()
        headers = dict(record.headers) if record.key is None else {**record.headers, "key": key}
        properties = self._properties(
            content_type="application/json", content_encoding="utf-8", delivery_mode=2, headers=headers
        )
        # A short string of AMQP has 255 bytes.
        route = key.encode()[:255].decode(errors="ignore") if self._routing_key is None else self._routing_key
        return self._exchange, route, record.value, properties

    def settle(self, seconds: float | None = None) -> None:
        self._publisher.settle(seconds)

    def close(self) -> None:
        self._publisher.close()
