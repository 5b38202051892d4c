"""What `import sayso` gives, and what it costs."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import sayso

DOCS = Path(__file__).resolve().parents[2] / "docs/python.md"
# The promise: whoever changes a line here says so in changelog.d/, as breaking.
CALLS = {
    "Incident": "",
    "Ledger": "(where=None, *, clearance='red', unmasked=False, create=True, reader=None)",
    "Picture": "",
    "Reader": "(reader='model', *, jobs=1)",
    "example": "(story='strike-on-market')",
    "read": "(text_or_path, *, published=None, publisher=None, title=None, url=None, name=None)",
    "Incident.chains": "()",
    "Incident.chart": "(*, width=760)",
    "Incident.to_dict": "()",
    "Figures.chart": "(*, width=760)",
    "Ledger.add": "(sources, *, published=None, publisher=None, reread=False, marking=None)",
    "Ledger.claims": "(words=None, *, actor=None, place=None, type=None, measure=None, "
    "speaker=None, certainty=None, from_=None, to=None, as_known_at=None, limit=None)",
    "Ledger.close": "()",
    "Ledger.export": "(format_, path, words=None, *, actor=None, place=None, type=None, "
    "measure=None, speaker=None, certainty=None, from_=None, to=None, as_known_at=None, "
    "policy=None, tlp='amber', clearance='amber+strict', unmasked=False, by=None)",
    "Ledger.figures": "(words=None, *, actor=None, place=None, type=None, measure=None, "
    "speaker=None, certainty=None, from_=None, to=None, as_known_at=None, limit=None)",
    "Ledger.incident": "(id_, *, as_known_at=None, policy='most_recent')",
    "Ledger.incidents": "(words=None, *, actor=None, place=None, type=None, measure=None, "
    "speaker=None, certainty=None, from_=None, to=None, as_known_at=None, policy='most_recent', "
    "limit=None)",
    "Ledger.judge": "(action, target, *more, reason, by=None, values=None, into=None, also=())",
    "Ledger.reading": "(report)",
    "Ledger.reports": "(*, publisher=None, url=None, as_known_at=None, limit=None)",
    "Ledger.sources": "(name=None, *, as_known_at=None, limit=None)",
    "Picture.save": "(path)",
    "Reader.outcomes": "(sources, *, published=None, publisher=None)",
    "Reader.read": "(text_or_path, *, published=None, publisher=None, title=None, url=None, "
    "name=None)",
    "Reader.read_many": "(sources, *, published=None, publisher=None)",
    "Reader.score": "(marked)",
    "Reading.from_dict": "(row)",
    "Reading.to_dict": "()",
    "Reading.words": "(spans)",
    **{
        f"{owner}.to_{form}": "(table=None)"
        for owner in ("Claims", "Figures", "Incident", "Incidents", "Reading", "Readings",
                      "Reports", "Score", "Sources")
        for form in ("arrow", "pandas", "polars")
    },
}  # fmt: skip


def test_the_surface_is_a_sorted_list_and_all_of_it_is_there() -> None:
    """Each name leads somewhere, `dir` shows them, and another is an AttributeError."""
    assert sayso.__all__ == sorted(sayso.__all__)
    assert dir(sayso) == sorted(sayso.__all__)
    assert all(getattr(sayso, name) is not None for name in sayso.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = sayso.nothing


@pytest.mark.parametrize("name", CALLS)
def test_what_is_called_takes_what_it_took(name: str) -> None:
    """Names, order and defaults of arguments are part of the promise."""
    owner, _, method = name.partition(".")
    held = getattr(sayso, owner)
    call = getattr(held, method) if method else held
    assert call.__doc__
    if CALLS[name]:
        signature = inspect.signature(call)
        bare = [
            p.replace(annotation=inspect.Parameter.empty)
            for p in signature.parameters.values() if p.name != "self"
        ]  # fmt: skip
        assert str(inspect.Signature(bare)) == CALLS[name]


def test_no_public_method_is_left_out_of_the_promise() -> None:
    """A method that people can find is one that they will use."""
    rooms = ("Claims", "Figures", "Incident", "Incidents", "Ledger", "Picture", "Reader", "Reading",
             "Readings", "Reports", "Score", "Sources")  # fmt: skip
    found = {
        f"{room}.{name}"
        for room in rooms
        for name, value in inspect.getmembers(getattr(sayso, room))
        if not name.startswith("_") and callable(value) and name not in ("of", "count", "index")
    }
    assert found == {name for name in CALLS if "." in name}


def test_docs_name_all_of_it() -> None:
    """docs/python.md says a word of each name, and of each call with its arguments."""
    text = DOCS.read_text("utf-8")
    assert [name for name in sayso.__all__ if not re.search(rf"`{name}\b", text)] == []
    methods = {name.split(".")[1] for name in CALLS if "." in name}
    assert [name for name in sorted(methods) if not re.search(rf"\b{name}\(", text)] == []


def test_import_costs_nothing() -> None:
    """No room is loaded until a name is asked for: `import sayso` and `sayso --help` stay quick."""
    code = (
        "import sys; import sayso; before = {m for m in sys.modules if m.startswith('sayso')}\n"
        "sayso.SaysoError\n"
        "heavy = {'spacy', 'numpy', 'pandas', 'polars', 'pyarrow', 'sqlalchemy', 'lxml'}\n"
        "print(before, heavy & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "{'sayso'} set()\n"


def test_reading_needs_no_ledger() -> None:
    """The ledger, linking and their libraries are loaded for tables, not for a reading."""
    code = (
        "import sys; import sayso; sayso.read('A man died, police said.').claims\n"
        "rooms = ('ledger', 'linking', 'incidents')\n"
        "heavy = {'pandas', 'polars', 'pyarrow', 'sqlalchemy', *(f'sayso.{r}' for r in rooms)}\n"
        "print(heavy & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_it_is_typed(tmp_path: Path) -> None:
    """A checker sees the types through the lazy names."""
    assert (Path(sayso.__file__).parent / "py.typed").exists()
    script = tmp_path / "use.py"
    script.write_text(
        "import sayso\n"
        "reading = sayso.read('x')\n"
        "reveal_type(reading.claims[0].certainty)\n"
        "reveal_type(sayso.Ledger().incidents()[0].type)\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--no-incremental", "--cache-dir", str(tmp_path / "c"),
         str(script)],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert "Literal['confirmed'" in done.stdout, done.stdout + done.stderr
    assert 'Revealed type is "str | None"' in done.stdout or "Union[str, None]" in done.stdout
