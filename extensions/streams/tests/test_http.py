"""Rows and changes by POST, against a server of the tests' own."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from click.testing import CliRunner

from datamimic import World, installed_packs
from datamimic.cli import main


class Taking(BaseHTTPRequestHandler):
    """Keeps (path, headers, body) of requests, answers 503 from one of them on, and drops the connection before another."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        number = len(self.server.taken)
        self.server.taken.append((self.path, dict(self.headers), body))
        if number == self.server.drops:
            self.close_connection = True
            return
        self.send_response(503 if number >= self.server.refuses else 204)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


class Server(ThreadingHTTPServer):
    taken: list[tuple[str, dict[str, str], bytes]]
    drops = -1
    refuses = 1_000_000


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Taking) as made:
        made.taken = []
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield made
        made.shutdown()


@pytest.fixture(autouse=True)
def _packs() -> None:
    if "ecommerce.order" not in installed_packs().entities():
        pytest.skip("needs the pack ecommerce")


def run(*arguments: str) -> Any:
    return CliRunner().invoke(main, [*arguments, "--seed", "demo"], prog_name="dm")


def place_of(server: Server) -> str:
    return f"http://me:geheim@127.0.0.1:{server.server_port}/in/orders%20new?tenant=a"


def test_rows_arrive_as_in_a_file_and_once_more_where_a_connection_broke(server: Server) -> None:
    server.drops = 1
    result = run("generate", "ecommerce.order", "-n", "1200", "--columns", "order_id", "-o", place_of(server))
    assert result.exit_code == 0 and "1,200 records" in result.stderr and "geheim" not in result.output, result.output
    keys = [headers["Idempotency-Key"] for _, headers, _ in server.taken]
    assert len(keys) == 4 and keys[1] == keys[2] and len({*keys}) == 3
    lines = b"".join(body for number, (_, _, body) in enumerate(server.taken) if number != 1).splitlines()
    rows = World("demo")["ecommerce.order"][0:1200].select(["order_id"]).to_arrow()
    assert [json.loads(line) for line in lines] == rows.to_pylist()
    path, headers, _ = server.taken[0]
    assert path == "/in/orders%20new?tenant=a" and headers["datamimic-entity"] == "ecommerce.order"
    assert headers["Content-Type"] == "application/x-ndjson" and headers["Authorization"] == "Basic bWU6Z2VoZWlt"


def test_a_place_that_refuses_ends_the_stream_and_says_what_it_has(server: Server) -> None:
    server.refuses = 1
    result = run("generate", "ecommerce.order", "-n", "2000", "--columns", "order_id", "-o", place_of(server))
    assert result.exit_code == 2 and "error[output_failed]" in result.stderr, result.output
    assert "after 500 records" in result.stderr and "503" in result.stderr and "geheim" not in result.output
    assert len(server.taken) == 2


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("http://me:geheim@127.0.0.1:1/orders", "HTTP:"),
        ("https://me:geheim@127.0.0.1:1/orders", "HTTP:"),
        ("http://me:geheim@localhost:abc/a", "cannot be read"),
        ("http:///orders", "cannot be read"),
    ],
)
def test_places_that_are_none(place: str, said: str) -> None:
    result = run("generate", "ecommerce.order", "-n", "3", "-o", place)
    assert result.exit_code == 2 and "error[output_unwritable]" in result.stderr, result.output
    assert said in result.stderr and "geheim" not in result.output
