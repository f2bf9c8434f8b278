"""The hooks of the extension; imports no client of a broker."""

from __future__ import annotations

from importlib.metadata import version

from datamimic.plugin import Pack, hookimpl


@hookimpl
def datamimic_pack() -> Pack:
    return Pack("streams", version("datamimic-streams"), "Rows and changes to AMQP brokers, to Kafka and by HTTP")


@hookimpl
def datamimic_streams() -> list[str]:
    return [
        "amqp = datamimic_streams.amqp:AmqpTarget",
        "http = datamimic_streams.http:HttpTarget",
        "kafka = datamimic_streams.kafka:KafkaTarget",
    ]
