"""`syndata mcp` as an agent meets it: in sessions of the official SDK's client."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from datamimic import World
from datamimic_platform.agents.desk import Desk
from datamimic_platform.agents.server import make_server
from datamimic_platform.agents.tools import NAMES, Tools
from datamimic_platform.commands.in_place import run_in_place
from datamimic_platform.security.rights import Actor
from datamimic_platform.store.store import Store

mcp = pytest.importorskip("mcp", reason="the extra mcp is not installed")


def asked(server: Any, *calls: tuple[str, dict[str, Any]]) -> tuple[list[str], list[Any]]:
    """(names of the tools, an answer for each call; of a refusal its document)."""

    async def session() -> tuple[list[str], list[Any]]:
        async with mcp.Client(server) as client:
            names = [each.name for each in (await client.list_tools()).tools]
            found = []
            for name, said in calls:
                answer = await client.call_tool(name, said)
                text = answer.content[0].text
                found.append({"refused": text} if answer.is_error else json.loads(text))
            return names, found

    return asyncio.run(session())


@pytest.mark.thorough
def test_the_command_serves_over_standard_input_and_output(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SYNDATA_")}
    command = {"command": sys.executable, "args": ["-m", "datamimic_platform", "mcp"]}
    server = mcp.StdioServerParameters(**command, cwd=tmp_path, env=environment)
    names, (found,) = asked(server, ("generate", {"entity": "common.address", "rows": 3}))
    assert names == list(NAMES) and len(found["rows"]) == 3


def test_an_agent_describes_generates_requests_checks_and_explains(
    tmp_path: Path, shop: str, store: Store, workspace: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    def here(kind: str, text: str, options: Mapping[str, Any]) -> tuple[dict[str, Any], Path]:
        return run_in_place(store, workspace, kind, text, "config.yaml", None, options)

    server = make_server(Tools(Desk(tmp_path, store, workspace, here)))
    wrong = {"entity": "common.persn", "rows": 3}
    request = {"domain": "person", "version": "v1", "count": 1, "seed": "demo", "locale": "en_US"}
    rows = World("demo")["common.address"][0:3].to_arrow().to_pylist()
    (tmp_path / "rows.csv").write_text("a\n1\n")
    names, found = asked(
        server,
        ("describe", {}),
        ("describe", {"name": "common.address"}),
        ("generate", {"entity": "common.address", "rows": 3, "seed": "demo"}),
        ("generate", wrong),
        ("generate", {"config": shop, "seed": "demo", "options": {"rows": 7}}),
        ("job", {}),
        ("request", {"body": {**request, "clock": "2025-01-01T00:00:00Z"}}),
        ("check", {"entity": "common.address", "rows": rows}),
        ("check", {"entity": "common.address", "file": "../rows.csv"}),
        ("explain", {"entity": "common.address", "row": 1, "field": "city", "seed": "demo"}),
        ("validate", {"config": shop.replace("rule: email", "rule: emial")}),
        ("preview", {"config": shop, "rows": 2}),
    )
    assert {"describe", "generate", "request", "check", "explain"} <= set(names)
    everything, one, made, refused, job, jobs, answer, held, outside, why, mistakes, shown = found
    assert everything["entities"]["common.person"] and "generate" in everything["job_types"]
    assert "city" in [each["name"] for each in one["fields"]]
    assert [each["city"] for each in made["rows"]] == [each["city"] for each in rows]
    assert "unknown_entity" in refused["refused"] and "common.person" in refused["refused"]
    assert job["status"] == "completed" and (Path(job["folder"]) / "customers.csv").is_file()
    assert [each["job_id"] for each in jobs["jobs"]] == [job["job_id"]]
    assert len(answer["items"]) == 1 and held["holds"] is True
    assert "no such file" in outside["refused"]
    assert why["value"] == rows[1]["city"] and not mistakes["valid"] and mistakes["errors"][0]["line"]
    assert len(shown["tables"]["customers"]["sample"]) == 2
