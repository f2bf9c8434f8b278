"""Rows and changes to a topic of Kafka, or of what speaks its protocol; needs confluent-kafka."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from datamimic import Sending, StreamRecord, StreamTarget
from datamimic.errors import OutputError
from datamimic.related import missing_driver
from datamimic_streams.urls import broker_url, unreachable

EXAMPLE = "kafka://localhost:9092/orders"
OPEN_SECONDS = 10.0
_LOOK = 0.2
"""Seconds after which whoever waits looks whether somebody interrupts."""
FIXED = ("enable.idempotence", "acks", "bootstrap.servers", "on_delivery", "error_cb")
"""What makes the order and the confirms, and is not to be set."""


class KafkaTarget(StreamTarget):
    """`kafka://user@one:9092,two:9092/topic?security.protocol=SASL_SSL&sasl.mechanism=PLAIN`: records of JSON into a topic.
    What stands after the question mark are settings of librdkafka.

    The producer is idempotent: records of one key go to one partition, by the hash that the clients of Java have, in their
    order, and all replicas in sync confirm each.
    """

    name = "kafka"
    schemes = ("kafka",)

    def open(self, place: str) -> Sending:
        try:
            import confluent_kafka
        except ImportError:
            raise missing_driver("confluent-kafka", "datamimic-streams[kafka]") from None
        url = broker_url(place, 9092, EXAMPLE)
        if url.path is None or "/" in url.path:
            raise OutputError("output_unwritable", "the URL of the stream names no topic", hint=f"such as {EXAMPLE}")
        for name in url.settings:
            if name in FIXED:
                raise OutputError(
                    "output_unwritable",
                    f"{name} is not to be set: it makes the order and the confirms",
                    hint="leave it out",
                )
        errors: list[Any] = []
        settings = {
            "client.id": "datamimic",
            "partitioner": "murmur2_random",
            "linger.ms": "20",
            "log_level": "0",
            **({} if url.user is None else {"sasl.username": url.user, "sasl.password": url.password or ""}),
            **url.settings,
            "bootstrap.servers": ",".join(f"[{h}]:{p}" if ":" in h else f"{h}:{p}" for h, p in url.hosts),
            "enable.idempotence": "true",
            "error_cb": errors.append,
        }
        try:
            producer = confluent_kafka.Producer(settings)
            known = producer.list_topics(url.path, timeout=OPEN_SECONDS)
        except (confluent_kafka.KafkaException, ValueError, TypeError) as error:
            told = errors[-1] if errors else error.args[0] if error.args else error
            raise unreachable("Kafka", told.str() if hasattr(told, "str") else told, place) from None
        refused = known.topics[url.path].error
        # A topic that the broker makes when the first record comes is not there yet.
        if refused is not None and refused.code() != confluent_kafka.KafkaError.UNKNOWN_TOPIC_OR_PART:
            raise unreachable("Kafka", refused.str(), place)
        return _KafkaSending(confluent_kafka, producer, url.path)


class _KafkaSending(Sending):
    def __init__(self, library: Any, producer: Any, topic: str) -> None:
        self.refusals = (library.KafkaException,)
        self._library = library
        self._producer = producer
        self._topic = topic
        self._confirmed = 0
        self._failed: Any = None

    @property
    def confirmed(self) -> int:
        return self._confirmed

    def send(self, records: Sequence[StreamRecord]) -> None:
        for record in records:
            while True:
                try:
                    self._producer.produce(
                        self._topic, record.value, record.key, headers=dict(record.headers), on_delivery=self._delivered
                    )
                    break
                except BufferError:
                    # What waits for the broker is full.
                    self._poll(_LOOK)
        self._poll(0)

    def settle(self, seconds: float | None = None) -> None:
        end = None if seconds is None else time.monotonic() + seconds
        while self._producer.flush(_LOOK) and (end is None or time.monotonic() < end):
            self._raise_failed()
        self._raise_failed()

    def close(self) -> None:
        self._producer.purge()
        self._producer.flush(1)

    def _poll(self, seconds: float) -> None:
        self._producer.poll(seconds)
        self._raise_failed()

    def _raise_failed(self) -> None:
        if self._failed is not None:
            raise self._library.KafkaException(self._failed)

    def _delivered(self, error: Any, message: Any) -> None:
        if error is None:
            self._confirmed += 1
        elif self._failed is None:
            self._failed = error
