"""A server whose tools say in plain words which arguments they cannot take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from pydantic import ValidationError

from sayso.errors import nearest

if TYPE_CHECKING:
    from mcp.server.mcpserver import Context
    from mcp.types import CallToolResult, InputRequiredResult, Tool

SHOWN = 5  # arguments that are named
SIGNS = 80  # of the name of one, which comes from outside


class PlainServer(MCPServer):
    """Without the links of the library that looks at arguments, and the values that it saw.

    An argument that a tool does not have is refused: passed over, all would be answered as if it
    fitted.
    """

    async def list_tools(self) -> list[Tool]:
        """The tools, whose arguments are those that are named and no others."""
        tools = await super().list_tools()
        return [
            tool.model_copy(
                update={"input_schema": {**tool.input_schema, "additionalProperties": False}}
            )
            for tool in tools
        ]

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        """What a tool answers; raises ToolError with plain words for arguments that do not fit."""
        for tool in await super().list_tools():
            if tool.name == name and (words := unknown_words(arguments, tool.input_schema)):
                raise ToolError(f"{name}: {words}")
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            if isinstance(error.__cause__, ValidationError):
                raise ToolError(f"{name}: {argument_words(error.__cause__)}") from None
            raise


def unknown_words(arguments: dict[str, Any], schema: dict[str, Any]) -> str:
    """Which arguments a tool does not have, and which it has; nothing where it has all."""
    has = schema.get("properties", {})
    unknown = [each for each in arguments if each not in has]
    if not unknown:
        return ""
    search = schema.get("$defs", {}).get("Search", {}).get("properties", {})
    told = [
        f"{each[:SIGNS]}: " + (
            'stands under search: {"search": {"' + each + '": …}}' if each in search
            else f"no argument of it{_meant(each, has)}"
        )
        for each in unknown[:SHOWN]
    ]  # fmt: skip
    takes = f"it takes {', '.join(has)}"
    return "; ".join((*told, takes, *([f"search holds {', '.join(search)}"] if search else [])))


def _meant(word: str, names: dict[str, Any]) -> str:
    near = nearest(word[:SIGNS], names, 1)
    return f" (is {near[0]} meant?)" if near else ""


def argument_words(error: ValidationError) -> str:
    """Which arguments do not fit, and why, in words."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    words = [f"{'.'.join(map(str, each['loc']))[:SIGNS]}: {each['msg']}" for each in found[:SHOWN]]
    if len(found) > SHOWN:
        words.append(f"and {len(found) - SHOWN} more")
    return "; ".join(words)
