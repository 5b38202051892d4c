"""Cap, cache and guard of a run by a language model."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import InputError, UsageError
from sayso.hosts import is_loopback
from sayso.incidents.staying import why_it_stays
from sayso.ledger import Ledger
from sayso.llm import reader as readers
from sayso.llm.cache import Cache, key_of
from sayso.llm.guard import Guard, check_marking, make_guard
from sayso.llm.prompt import PROMPT_VERSION
from sayso.llm.reader import ModelReader, maker_name
from sayso.llm.settings import Price, Settings, find_settings
from sayso.llm.spend import OverCapError, Spent, estimate
from sayso.reading.reader import Reader
from sayso.record import Report
from tests.llm.conftest import RIGHT, TEXT, Model, make_report

Make = Callable[..., ModelReader]
HERE = {"SAYSO_LLM_MODEL": "m", "SAYSO_LLM_BASE_URL": "http://127.0.0.1:1/v1"}


# -- settings --------------------------------------------------------------------------------------


def test_settings_come_of_options_then_of_the_environment() -> None:
    """The key of the environment alone."""
    found = find_settings("mine", None, 5, {**HERE, "SAYSO_LLM_KEY": "k", "SAYSO_LLM_PRICE": "1,4"})
    assert (found.model, found.base_url, found.cap, found.key) == (
        "mine", "http://127.0.0.1:1/v1", 5, "k",
    )  # fmt: skip
    assert found.price == Price(1, 4)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"SAYSO_LLM_MODEL": ""}, "which model"),
        ({"SAYSO_LLM_BASE_URL": ""}, "at which server"),
        ({"SAYSO_LLM_BASE_URL": "ftp://x"}, "no address"),
        ({"SAYSO_LLM_BASE_URL": "http://["}, "no address"),
        ({"SAYSO_LLM_BASE_URL": "http://a:b@127.0.0.1/v1"}, "holds a password"),
        ({"SAYSO_LLM_BASE_URL": "http://models.example/v1"}, "https alone"),
        ({"SAYSO_LLM_OUTPUT": "yaml"}, "none of native"),
        ({"SAYSO_LLM_TIMEOUT": "0"}, "a number"),
        ({"SAYSO_LLM_TIMEOUT": "nan"}, "a number"),
        ({"SAYSO_LLM_RETRIES": "99"}, "a number up to 5"),
        ({"SAYSO_LLM_PRICE": "cheap"}, "SENT,ANSWERED"),
        ({"SAYSO_LLM_PRICE": "1"}, "SENT,ANSWERED"),
    ],
)
def test_wrong_settings_are_refused_before_anything_is_read(
    said: dict[str, str], words: str
) -> None:
    """With what to write instead, and never with the value of a key."""
    with pytest.raises(UsageError, match=words):
        find_settings(environ={**HERE, **said})


def test_the_cache_has_a_place_of_its_own_or_none() -> None:
    """SAYSO_LLM_CACHE, else where caches are kept."""
    assert find_settings(environ={**HERE, "SAYSO_LLM_CACHE": "off"}).cache is None
    assert find_settings(environ={**HERE, "XDG_CACHE_HOME": "/x"}).cache == Path("/x/sayso/llm")


@pytest.mark.parametrize(
    ("url", "where"),
    [
        ("http://127.0.0.1:8080/v1", "here"),
        ("http://localhost/v1", "here"),
        ("http://[::1]/v1", "here"),
        ("https://models.example/v1", "elsewhere"),
        ("https://127.0.0.1.example/v1", "elsewhere"),
        ("https://localhost.example/v1", "elsewhere"),
        ("https://10.0.0.1/v1", "elsewhere"),
    ],
)
def test_which_servers_are_this_machine(url: str, where: str) -> None:
    """Loopback alone; a name that begins like it is not."""
    found = find_settings(environ={**HERE, "SAYSO_LLM_BASE_URL": url})
    assert found.is_here == (where == "here")
    assert is_loopback("127.9.9.9")


def test_the_maker_names_the_model_and_the_prompt() -> None:
    """So that a ledger tells readings by one model from those by another."""
    assert maker_name(Settings("qwen3", "http://127.0.0.1/v1")) == (
        f"llm qwen3, prompt {PROMPT_VERSION}"
    )


# -- tokens ----------------------------------------------------------------------------------------


def test_an_estimate_grows_with_the_texts() -> None:
    """By report and by letter."""
    one, two, long = estimate([1000]), estimate([1000, 1000]), estimate([9000])
    assert two.total == 2 * one.total
    assert one.sent < long.sent
    priced = Settings("m", "http://127.0.0.1/v1", price=Price(1e6, 0))
    assert f"{one.sent:.2f} in money" in one.words(priced)


def test_tokens_are_set_aside_before_they_are_spent() -> None:
    """So that threads do not pass the cap together."""
    spent = Spent(100)
    spent.hold(60)
    with pytest.raises(OverCapError):
        spent.hold(60)
    spent.settle(60, 10, 5)
    spent.hold(60)
    assert spent.total == 15


def test_a_report_that_the_cap_leaves_no_room_for_is_not_sent(
    model: Model, make_reader: Make
) -> None:
    """The reason says what is used and what to do."""
    reader = make_reader(cap=6_000, cache=None)
    reader.read(make_report())
    with pytest.raises(InputError, match=r"the cap of 6,000 tokens.*--max-tokens-total"):
        reader.read(make_report(name="next.txt"))
    assert len(model.asked) == 1


def test_a_server_that_counts_nothing_is_not_free(model: Model, make_reader: Make) -> None:
    """Then what was said by us counts."""

    def free(request: Any) -> None:
        from tests.llm.conftest import complete, send  # noqa: PLC0415

        none = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}
        send(request, complete(json.dumps(RIGHT), usage=none))

    model.answers = [free]
    reader = make_reader()
    reader.read(make_report())
    assert reader.spent.sent > 500
    assert reader.spent.answered > 50


def test_a_long_text_is_not_asked_about(
    model: Model, make_reader: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More than one question holds is refused, and nothing sent."""
    monkeypatch.setattr(readers, "LONGEST", 100)
    with pytest.raises(InputError, match="more than the 100 of one question"):
        make_reader().read(make_report())
    assert model.asked == []


def test_another_language_is_not_asked_about(model: Model, make_reader: Make) -> None:
    """It is not read, as by the built-in reader, and the reading says so."""
    report = replace(make_report(), language="de")
    (warning,) = make_reader().read(report).warnings
    assert "another language" in warning
    assert model.asked == []


# -- cache -----------------------------------------------------------------------------------------


def test_the_same_report_is_asked_about_once(
    model: Model, make_reader: Make, tmp_path: Path
) -> None:
    """By what was asked and of whom: another text, model, server or form is asked anew."""
    first = make_reader().read(make_report())
    again = make_reader()
    assert again.read(make_report()) == first
    assert (again.spent.cached, again.spent.total, len(model.asked)) == (1, 0, 1)
    make_reader().read(make_report(TEXT.replace("seven", "eight")))
    assert len(model.asked) == 2
    settings = Settings("stub", model.url)
    keys = {key_of(s, TEXT, TEXT) for s in (
        settings, replace(settings, model="b"), replace(settings, base_url="http://127.0.0.1:9"),
        replace(settings, output="tool"),
    )}  # fmt: skip
    assert len(keys) == 4
    assert key_of(replace(settings, key="k"), TEXT, TEXT) in keys
    (file, _) = sorted((tmp_path / "cache").rglob("*.json"))
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", [b"", b"{", b"\x80\x04.", b'{"claims": 3}', b"[" * 99_999])
def test_a_file_that_is_no_answer_is_asked_for_anew(
    model: Model, make_reader: Make, tmp_path: Path, content: bytes
) -> None:
    """Whatever is in it; it is never run, as a pickle would be."""
    make_reader().read(make_report())
    (file,) = (tmp_path / "cache").rglob("*.json")
    file.write_bytes(content)
    assert len(make_reader().read(make_report()).claims) == 2
    assert len(model.asked) == 2


def test_who_writes_in_the_cache_invents_nothing(make_reader: Make, tmp_path: Path) -> None:
    """What comes out of it is looked up in the text too."""
    make_reader().read(make_report())
    (file,) = (tmp_path / "cache").rglob("*.json")
    file.write_text(file.read_text().replace("two guards", "two hundred guards"))
    found = make_reader().read(make_report())
    assert all("hundred" not in str(c) for c in found.figures)
    assert "claim whose words" in found.warnings[0]


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path, make_reader: Make) -> None:
    """The answer is used, and not kept; how many were paid for in vain is said at the end."""
    (tmp_path / "file").touch()
    reader = make_reader(cache=tmp_path / "file" / "cache")
    assert len(reader.read(make_report()).claims) == 2
    assert len(reader.read(make_report(name="again.txt")).claims) == 2
    words = reader.spent.words(reader.settings)
    assert f"2 answers could not be kept in {tmp_path / 'file' / 'cache'} (Not a directory" in words
    assert "$SAYSO_LLM_CACHE" in words
    assert "kept" not in make_reader().spent.words(reader.settings)
    assert Cache(None).get("0" * 64) is None


# -- what must stay here ---------------------------------------------------------------------------


@pytest.fixture
def ledger(store: str, reader: Reader) -> Iterator[Ledger]:
    """A ledger with the report, nobody protected, nothing marked; on either store."""
    with Ledger.open(store) as held:
        held.add([reader.read(make_report())])
        yield held


def guard_of(ledger: Ledger) -> Guard:
    """The guard that a command makes of a ledger."""
    return make_guard(partial(why_it_stays, ledger))


def refuse(ledger: Ledger, report: Report) -> str:
    """Why a report must stay here; nothing where it need not."""
    try:
        guard_of(ledger)(report)
    except InputError as error:
        return str(error)
    return ""


def test_a_marked_text_stays_here(ledger: Ledger) -> None:
    """Under another name too, and where only parts of it come again."""
    parts = make_report("Some other words about a harbour at night.\n\n" + TEXT[60:240], "p.txt")
    other = make_report("A quiet day in another town, where nothing at all came to pass.\n")
    assert [refuse(ledger, each) for each in (make_report(), parts, other)] == ["", "", ""]
    ledger.judge("mark", "r2", by="Ada", reason="not yet", marking="green")
    assert "not for everybody" in refuse(ledger, make_report(name="copy.txt"))
    assert "not for everybody" in refuse(ledger, parts)
    assert refuse(ledger, other) == ""
    ledger.judge("mark", "r2", by="Ada", reason="out", marking="clear")
    assert refuse(ledger, make_report()) == ""


def test_a_text_with_a_protected_name_stays_here(ledger: Ledger) -> None:
    """However it is written; the refusal does not say whose."""
    key = next(s.key for s in ledger.sources().rows if "Marrow" in s.name)
    ledger.judge("protect", key, names=["Ilse Marrow", "Marrow"], by="Ada", reason="she asked")
    other = make_report("In Bergen, ILSE  MARROW was seen at the pier on a quiet day.\n", "x.txt")
    words = refuse(ledger, other)
    assert "protected" in words
    assert "arrow" not in words.lower()
    assert "not for everybody" in refuse(ledger, make_report(TEXT.replace("Ilse Marrow", "She")))


def test_nothing_is_sent_elsewhere_of_what_must_stay(
    ledger: Ledger, model: Model, own: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refused before a byte leaves; at a server here it is read, and its answer not kept."""
    ledger.judge("mark", "r2", by="Ada", reason="not yet", marking="red")
    guard = guard_of(ledger)
    settings = Settings("stub", model.url, cache=tmp_path / "kept")
    here = ModelReader(settings, lambda: own, guard=guard)
    assert len(here.read(make_report()).claims) == 2
    assert not (tmp_path / "kept").exists()
    model.asked.clear()
    monkeypatch.setattr(Settings, "is_here", property(lambda _: False))
    with pytest.raises(InputError, match=r"127\.0\.0\.1, or read it with --reader model"):
        ModelReader(settings, lambda: own, guard=guard).read(make_report())
    assert model.asked == []


def test_a_marking_keeps_all_that_is_added_here() -> None:
    """Above clear."""
    check_marking("amber", here=True)
    check_marking("clear", here=False)
    check_marking(None, here=False)
    with pytest.raises(UsageError, match="--marking green"):
        check_marking("green", here=False)
