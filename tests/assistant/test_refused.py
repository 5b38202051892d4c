"""Arguments that a tool does not have are refused, with those that it has."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from mcp import Client

from sayso.assistant.answers import Answers
from sayso.assistant.server import TOOLS, Search, make_server
from sayso.ledger import Ledger
from tests.assistant.conftest import calling


@pytest.mark.parametrize(
    ("tool", "said", "words"),
    [
        ("find_claims", {"words": "captur*"}, 'words: stands under search: {"search": {"words": …'),
        ("find_incidents", {"place": "Kursk", "limit": 2}, "place: stands under search"),
        ("figures", {"nonsense": 1}, "nonsense: no argument of it; it takes policy, search, limit"),
        ("get_report", {"report": "r2", "textfrom": 5}, "no argument of it (is text_from"),
        ("judge", {"action": "note", "target": "c3.0", "reason": "why", "by": "Ada"},
         "by: no argument of it; it takes action, target, reason"),
    ],
)  # fmt: skip
def test_unknown_arguments_are_refused(
    ledger: Ledger, tool: str, said: dict[str, Any], words: str
) -> None:
    """Else a question that is misspelt would be answered with everything."""
    call = calling(make_server(Answers(ledger.seen_by("red", marks=False), unmasked=True), "Ada"))
    before = ledger.head().entries
    assert words in call(tool, **said)["error"]
    assert ledger.head().entries == before


def test_the_schemas_say_so(ledger: Ledger) -> None:
    """No tool takes more than it names."""

    async def listed() -> list[Any]:
        async with Client(make_server(Answers(ledger), "Ada")) as client:
            return list((await client.list_tools()).tools)

    tools = asyncio.run(listed())
    assert {tool.name for tool in tools} == {*TOOLS}
    assert all(tool.input_schema["additionalProperties"] is False for tool in tools)


def test_the_page_names_what_a_search_holds() -> None:
    """Each of its words stands in docs/assistants.md."""
    page = Path(__file__).parents[2] / "docs" / "assistants.md"
    text = page.read_text("utf-8")
    assert [name for name in Search.model_fields if f"`{name}`" not in text] == []
