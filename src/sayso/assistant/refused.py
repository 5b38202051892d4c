"""A server whose tools say in plain words which arguments they cannot take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from pydantic import ValidationError

if TYPE_CHECKING:
    from mcp.server.mcpserver import Context
    from mcp.types import CallToolResult, InputRequiredResult

SHOWN = 5  # arguments that are named
SIGNS = 80  # of the name of one, which comes from outside


class PlainServer(MCPServer):
    """Without the links of the library that looks at arguments, and the values that it saw."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        """What a tool answers; raises ToolError with plain words for arguments that do not fit."""
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            if isinstance(error.__cause__, ValidationError):
                raise ToolError(f"{name}: {argument_words(error.__cause__)}") from None
            raise


def argument_words(error: ValidationError) -> str:
    """Which arguments do not fit, and why, in words."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    words = [f"{'.'.join(map(str, each['loc']))[:SIGNS]}: {each['msg']}" for each in found[:SHOWN]]
    if len(found) > SHOWN:
        words.append(f"and {len(found) - SHOWN} more")
    return "; ".join(words)
