"""Streams for datamimic: rows and changes to brokers of messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datamimic.plugin import lazy_exports

if TYPE_CHECKING:
    from datamimic_streams.amqp import AmqpTarget as AmqpTarget
    from datamimic_streams.kafka import KafkaTarget as KafkaTarget

__getattr__, __dir__, __all__ = lazy_exports(__name__, {"AmqpTarget": ".amqp", "KafkaTarget": ".kafka"})
