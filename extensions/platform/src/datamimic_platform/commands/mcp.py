"""`syndata mcp`: the platform for agents, over standard input and output."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from datamimic_platform.commands.desk import local_store, server_or_none
from datamimic_platform.commands.in_place import run_in_place


@click.command(short_help="Serve agents by the Model Context Protocol.")
def mcp() -> None:
    """Serve an agent over standard input and output: it describes entities, generates rows, answers JSON requests, checks
    tables and explains values. Files are those of the current folder; jobs run here, or on the server that SYNDATA_URL names.

    \b
    {"mcpServers": {"syndata": {"command": "syndata", "args": ["mcp"]}}}
    """
    from datamimic_platform.agents.desk import Desk
    from datamimic_platform.agents.server import serve
    from datamimic_platform.agents.tools import Tools

    with server_or_none() as client, local_store() as (store, actor):

        def run_here(kind: str, text: str, options: Mapping[str, Any]) -> tuple[dict[str, Any], Path]:
            return run_in_place(store, actor, kind, text, "config.yaml", None, options)

        serve(Tools(Desk(Path.cwd(), store, actor, run_here, client)))
