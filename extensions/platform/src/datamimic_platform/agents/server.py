"""The server of the Model Context Protocol over standard input and output; the SDK is the extra `mcp`."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from datamimic import DatamimicError
from datamimic_platform.agents.tools import NAMES, Tools
from datamimic_platform.observing.correlation import accepted, correlated

if TYPE_CHECKING:
    from mcp.server import MCPServer

_ABOUT = (
    "Synthetic test data: coherent, deterministic, of nobody. `describe` tells what there is; `generate` makes rows; "
    "`request` answers JSON requests; `check` judges rows; `explain` tells where a value comes from."
)


def make_server(tools: Tools) -> MCPServer:
    """Raises `DatamimicError` (`missing_dependency`) without the SDK."""
    try:
        from mcp.server import MCPServer
        from mcp.server.mcpserver.exceptions import ToolError
    except ImportError:
        raise DatamimicError(
            "missing_dependency", "agents need the SDK of their protocol", hint="pip install 'datamimic-platform[mcp]'"
        ) from None

    def told(tool: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(tool)
        def asked(*given: Any, **said: Any) -> Any:
            with correlated(accepted(None)):
                try:
                    return tool(*given, **said)
                except DatamimicError as error:
                    raise ToolError(json.dumps(error.to_dict(), ensure_ascii=False)) from None

        return asked

    server: MCPServer = MCPServer("syndata", instructions=_ABOUT, version=version("datamimic-platform"))
    for name in NAMES:
        server.add_tool(told(getattr(tools, name)), name=name)
    return server


def serve(tools: Tools) -> None:
    """Until standard input ends."""
    make_server(tools).run("stdio")
