"""Writes what the reference takes from the program: docs/wire.md and docs/ontology.md.

usage: python tools/make_reference.py            both pages, between their marks

The tables of the wire format are those of `sayso schema`, with a meaning for each field from
tools/wire_fields.toml; a field without a meaning, or a meaning without a field, is an error. The
ontology is lexicon/events.toml.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path
from typing import Any

from sayso.lexicon.events import load_events
from sayso.record.wire import schema

ROOT = Path(__file__).resolve().parents[1]
FIELDS = ROOT / "tools/wire_fields.toml"
PAGES = ("wire", "ontology")


def wire() -> str:
    """A section a noun: its description, then a row a field."""
    means: dict[str, dict[str, str]] = tomllib.loads(FIELDS.read_text("utf-8"))
    found = schema()
    parts = {"line": found, **found["$defs"]}
    if missing := set(parts) ^ set(means):
        raise SystemExit(f"{FIELDS.name}: {sorted(missing)} stand on one side only")
    return "\n".join(_section(name, parts[name], means[name]) for name in means)


def _section(name: str, part: dict[str, Any], means: dict[str, str]) -> str:
    if missing := set(part["properties"]) ^ set(means):
        raise SystemExit(f"{FIELDS.name}: fields of {name} on one side only: {sorted(missing)}")
    rows = [f"| `{field}` | {_type(part['properties'][field])} | {words} |"
            for field, words in means.items()]  # fmt: skip
    about = part["description"].rstrip(".")
    head = "One line" if name == "line" else name
    return "\n".join(
        (f"## {head}\n", f"{about}.\n", "| field | is | means |", "|---|---|---|", *rows, "")
    )


def _type(rule: dict[str, Any]) -> str:
    """A rule of JSON Schema in words."""
    if "$ref" in rule:
        name = rule["$ref"].rsplit("/", 1)[1]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in rule:
        return " or ".join(_type(one) for one in rule["anyOf"])
    if "enum" in rule:
        return ", ".join(f"`{value}`" for value in rule["enum"])
    if "const" in rule:
        return f"`{rule['const']}`"
    if rule.get("type") == "array":
        return _array(rule)
    return "true or false" if rule.get("type") == "boolean" else str(rule.get("type", "any"))


def _array(rule: dict[str, Any]) -> str:
    item = rule["items"]
    if rule.get("maxItems") == 2:
        return "span"
    if item.get("maxItems") == 2:
        return "spans"
    return f"list of {_type(item)}"


def ontology() -> str:
    """A row a type, with its names in PLOVER and ACLED; then the families."""
    types = load_events().types.values()
    rows = [
        f"| `{t.name}` | {t.means} | {t.family} | `{t.counts}` "
        f"| {t.plover or '–'} | {t.acled or '–'} |"
        for t in types
    ]
    roles = [f"| `{t.name}` | {' | '.join(role or '–' for role in t.roles)} |" for t in types]
    held = "| type | holds | family | counts | PLOVER | ACLED |\n|---|---|---|---|---|---|"
    taking = "| type | subject | object | by means of |\n|---|---|---|---|"
    return "\n".join((held, *rows, "\n## Who takes part\n", taking, *roles))


def page_with(name: str, made: str) -> str:
    """The page's text with what was made between its marks."""
    page = (ROOT / f"docs/{name}.md").read_text("utf-8")
    marks = rf"(<!-- {name}: begin -->\n).*(<!-- {name}: end -->)"
    found, times = re.subn(marks, lambda m: f"{m[1]}\n{made}\n{m[2]}", page, flags=re.DOTALL)
    if times != 1:
        raise SystemExit(
            f"docs/{name}.md: the marks <!-- {name}: begin --> and end are not there once"
        )
    return found


def main() -> None:
    """Write both pages."""
    for name in PAGES:
        made = wire() if name == "wire" else ontology()
        (ROOT / f"docs/{name}.md").write_text(page_with(name, made), "utf-8")
        print(f"docs/{name}.md", file=sys.stderr)


if __name__ == "__main__":
    main()
