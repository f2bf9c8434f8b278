"""Rows and changes in RabbitMQ: all of them, in order, with their keys, confirmed; and what refuses."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner

from datamimic import World, installed_packs
from datamimic.cli import main

pika = pytest.importorskip("pika", reason="the extra `amqp` is not installed")
BROKER = os.environ.get("DATAMIMIC_TEST_AMQP", "amqp://guest:guest@localhost:5672/")
NAME = f"datamimic_test_{os.getpid()}"


@pytest.fixture(scope="module")
def channel() -> Iterator[Any]:
    if "ecommerce.order" not in installed_packs().entities():
        pytest.skip("needs the pack ecommerce")
    try:
        connection = pika.BlockingConnection(pika.URLParameters(BROKER))
    except pika.exceptions.AMQPError as error:
        pytest.skip(f"no AMQP broker at {pika.URLParameters(BROKER).host}: {error!r}")
    found = connection.channel()
    yield found
    found.queue_delete(NAME)
    found.exchange_delete(NAME)
    connection.close()


@pytest.fixture
def queue(channel: Any) -> str:
    channel.queue_delete(NAME)
    return f"{BROKER}?queue={NAME}"


def run(*arguments: str) -> Any:
    return CliRunner().invoke(main, [*arguments, "--seed", "demo"], prog_name="dm")


def taken(channel: Any, queue: str = NAME) -> list[tuple[Any, Any, dict[str, Any]]]:
    found = []
    while True:
        method, properties, body = channel.basic_get(queue, auto_ack=True)
        if method is None:
            return found
        found.append((method, properties, json.loads(body)))


def test_changes_arrive_in_order_with_their_keys(channel: Any, queue: str) -> None:
    result = run("changes", "ecommerce.order", "-n", "50", "--columns", "status", "-o", queue, "--rate", "2000/s")
    assert result.exit_code == 0, result.output
    messages = taken(channel)
    expected = World("demo")["ecommerce.order"][0:50].select(["order_id", "status"]).changes().read_all()
    in_order = expected.sort_by([("at", "ascending")]).to_pylist()
    assert f"{len(in_order):,} records in amqp://***@" in result.stderr
    assert [(body["op"], body["status"]) for _, _, body in messages] == [(e["op"], e["status"]) for e in in_order]
    assert [properties.headers["key"] for _, properties, _ in messages] == [each["order_id"] for each in in_order]
    _, properties, body = messages[0]
    assert set(body) == {"op", "at", "status"}
    assert properties.content_type == "application/json" and properties.delivery_mode == 2
    assert properties.headers["datamimic-entity"] == "ecommerce.order"


def test_an_exchange_routes_by_key(channel: Any) -> None:
    channel.exchange_declare(NAME, "topic")
    channel.queue_declare(f"{NAME}_all", exclusive=True)
    channel.queue_bind(f"{NAME}_all", NAME, "#")
    result = run("generate", "ecommerce.order", "-n", "2500", "--columns", "status", "-o", f"{BROKER}?exchange={NAME}")
    assert result.exit_code == 0, result.output
    messages = taken(channel, f"{NAME}_all")
    ids = World("demo")["ecommerce.order"][0:2500].select(["order_id"]).to_arrow()["order_id"].to_pylist()
    assert [method.routing_key for method, _, _ in messages] == ids


def test_a_message_that_no_queue_takes_is_an_error(channel: Any) -> None:
    result = run("generate", "ecommerce.order", "-n", "3", "-o", f"{BROKER}?exchange=amq.direct&routing_key=nobody")
    assert result.exit_code == 2 and "no queue takes 'nobody'" in result.stderr


def test_who_takes_the_queue_away_breaks_the_stream(channel: Any, queue: str) -> None:
    channel.queue_declare(NAME, durable=True, arguments={"x-max-length": 5, "x-overflow": "reject-publish"})
    # Another queue of the name than would be declared: the broker says so.
    result = run("generate", "ecommerce.order", "-n", "50", "-o", queue)
    assert result.exit_code == 2 and "output_unwritable" in result.stderr and "PRECONDITION" in result.stderr
    channel.queue_declare(f"{NAME}_full", exclusive=True, arguments={"x-max-length": 5, "x-overflow": "reject-publish"})
    result = run("generate", "ecommerce.order", "-n", "50", "-o", f"{BROKER}?exchange=amq.topic&routing_key=full")
    channel.queue_bind(f"{NAME}_full", "amq.topic", "full")
    result = run("generate", "ecommerce.order", "-n", "50", "-o", f"{BROKER}?exchange=amq.topic&routing_key=full")
    assert result.exit_code == 2 and "the broker refused a message" in result.stderr


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("amqp://me:geheim@127.0.0.1:1/?queue=x", "refused"),
        ("amqp://me:geheim@localhost/", "names no queue"),
        ("amqp://me:geheim@localhost/?queue=x&exchange=y", "names no queue"),
        ("amqp://me:geheim@localhost/?queu=x", "did you mean"),
        ("amqp://me:geheim@localhost:abc/?queue=x", "cannot be read"),
        ("amqp://me:geheim@[::1/?queue=x", "cannot be read"),
    ],
)
def test_places_that_are_none(place: str, said: str) -> None:
    if "common.country" not in installed_packs().entities():
        pytest.skip("needs the pack common")
    result = run("generate", "common.country", "-n", "3", "-o", place)
    assert result.exit_code == 2 and "error[" in result.stderr and said in result.stderr, result.output
    assert "geheim" not in result.output


def test_a_login_that_is_refused(channel: Any) -> None:
    place = f"amqp://nobody:geheim@{BROKER.rpartition('@')[2]}?queue={NAME}"
    result = run("generate", "common.country", "-n", "3", "-o", place)
    assert result.exit_code == 2 and "ACCESS_REFUSED" in result.stderr and "geheim" not in result.output
