"""Rows and changes in Kafka: against a broker only where DATAMIMIC_TEST_KAFKA names one (`localhost:9092`)."""

from __future__ import annotations

import json
import os
from typing import Any
from uuid import uuid4

import pytest
from click.testing import CliRunner

from datamimic import World, installed_packs
from datamimic.cli import main

kafka = pytest.importorskip("confluent_kafka", reason="the extra `kafka` is not installed")
BROKER = os.environ.get("DATAMIMIC_TEST_KAFKA")


@pytest.fixture(autouse=True)
def _packs() -> None:
    if "ecommerce.order" not in installed_packs().entities():
        pytest.skip("needs the pack ecommerce")


def run(*arguments: str) -> Any:
    return CliRunner().invoke(main, [*arguments, "--seed", "demo"], prog_name="dm")


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("kafka://me:geheim@127.0.0.1:1/orders", "Kafka:"),
        ("kafka://me:geheim@localhost:9092", "names no topic"),
        ("kafka://me:geheim@localhost:9092/a/b", "names no topic"),
        ("kafka://me:geheim@localhost:9092/a?acks=0", "acks is not to be set"),
        ("kafka://me:geheim@localhost:9092/a?nonsense=1", "nonsense"),
        ("kafka://me:geheim@localhost:abc/a", "cannot be read"),
    ],
)
def test_places_that_are_none(place: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datamimic_streams.kafka.OPEN_SECONDS", 1.0)
    result = run("generate", "ecommerce.order", "-n", "3", "-o", place)
    assert result.exit_code == 2 and "error[output_unwritable]" in result.stderr, result.output
    assert said in result.stderr and "geheim" not in result.output


@pytest.mark.skipif(BROKER is None, reason="DATAMIMIC_TEST_KAFKA names no broker")
def test_changes_arrive_in_order_of_their_keys() -> None:
    topic = f"datamimic-test-{uuid4().hex}"
    result = run("changes", "ecommerce.order", "-n", "50", "-o", f"kafka://{BROKER}/{topic}", "--rate", "2000/s")
    assert result.exit_code == 0, result.output
    expected = World("demo")["ecommerce.order"][0:50].changes().read_all().sort_by([("at", "ascending")]).to_pylist()
    consumer = kafka.Consumer(
        {"bootstrap.servers": BROKER, "group.id": topic, "auto.offset.reset": "earliest", "enable.auto.commit": False}
    )
    consumer.subscribe([topic])
    found: dict[str, list[str]] = {}
    count = 0
    while count < len(expected):
        message = consumer.poll(30)
        assert message is not None and message.error() is None
        found.setdefault(message.key().decode(), []).append(json.loads(message.value())["status"])
        count += 1
    consumer.close()
    wanted: dict[str, list[str]] = {}
    for each in expected:
        wanted.setdefault(each["order_id"], []).append(each["status"])
    assert found == wanted
