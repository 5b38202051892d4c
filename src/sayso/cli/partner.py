"""`sayso partner`: signed bundles to and from other ledgers."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.ask import filter_options, format_option
from sayso.cli.command import Command, Group, LateChoice
from sayso.cli.inputs import OutPath
from sayso.cli.say import say
from sayso.cli.store import by_option, ledger_option, open_ledger, who
from sayso.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sayso.exchange.partners.inbox import Told
    from sayso.exchange.partners.outbox import Outcome
    from sayso.exchange.partners.partner import Partner
    from sayso.intake.fetch import Fetcher
    from sayso.ledger import Ledger

DAY = 86_400.0  # seconds after which a connection is made anew
EXITS = "0 done; 1 some reports could not be sent; 2 wrong usage, or nothing was taken in."


def _clearances() -> Sequence[str]:
    from sayso.exchange.partners.partner import CLEARANCES

    return CLEARANCES


@click.group(
    cls=Group,
    examples=(
        "sayso partner key",
        "sayso partner add 'Harbour Desk' ed25519:3qk… --clearance green",
        "sayso partner send 'Harbour Desk' --report r12 --out for-harbour.dsse",
        "sayso partner pull from-harbour.dsse",
    ),
)
def partner() -> None:
    """Share what is claimed with other ledgers, by signed bundles, and take in what they share.

    A partner sees no more than their clearance, no private person's and no protected source's name,
    and of a text what its publisher allows.
    """


@partner.command(
    cls=Command, examples=("sayso partner key",), exits="0 printed; 2 the key cannot be used.",
)  # fmt: skip
@ledger_option
def key(url: str | None) -> None:
    """Print this ledger's public key, made where there is none, and its fingerprint to read out.

    The private key lies in a file that you alone can read, in $SAYSO_KEYS, else
    ~/.config/sayso/keys.
    """
    from sayso.exchange.partners.keys import own_key

    with open_ledger(url, create=True) as ledger:
        public = own_key(ledger.head().ledger).public
    click.echo(public.words)
    say(f"fingerprint, to be read out: {public.fingerprint}")


@partner.command(
    cls=Command,
    examples=("sayso partner add 'Harbour Desk' ed25519:3qk… --url https://desk.harbour.example",),
    exits="0 added; 2 wrong usage.",
)
@click.argument("name")
@click.argument("key_", metavar="KEY")
@click.option("--url", "desk", metavar="ADDRESS", help="Where their desk is, for pull and follow.")
@click.option("--clearance", type=LateChoice(_clearances), default="amber", show_default=True,
              metavar="MARKING", help="The strictest: clear, green or amber.")  # fmt: skip
@click.option("--inner", is_flag=True, help="Their host may be one of your own network.")
@ledger_option
def add(
    name: str, key_: str, *, desk: str | None, clearance: Any, inner: bool, url: str | None
) -> None:
    """Know a partner NAME by the KEY that their `sayso partner key` prints.

    Read the fingerprints to each other before you send anything. Given again with the same KEY, the
    rest is said anew.
    """
    from sayso.exchange.partners.keys import own_key, read_public
    from sayso.exchange.partners.partner import add_partner

    with open_ledger(url, create=True) as ledger:
        public = read_public(key_)
        own_key(ledger.head().ledger)
        add_partner(ledger, name, public, clearance=clearance, url=desk, inner=inner)
    say(f"{name} is known by {public.fingerprint}")


@partner.command("list", cls=Command, examples=("sayso partner list",),
                 exits="0 printed; 2 no such ledger.")  # fmt: skip
@click.option("--sent", "of", metavar="NAME", help="What this partner was sent, a line a number.")
@ledger_option
@format_option("table", "jsonl")
def list_(of: str | None, url: str | None, format_: str) -> None:
    """Print the partners: key, clearance, address, the last numbers sent and taken in."""
    with open_ledger(url) as ledger:
        rows = list(_sent(ledger, of) if of else _partners(ledger))
    _print(rows, format_)


def _partners(ledger: Ledger) -> Iterable[dict[str, Any]]:
    from sayso.exchange.partners.inbox import last_taken
    from sayso.exchange.partners.outbox import last_sent
    from sayso.exchange.partners.partner import partners

    for each in partners(ledger):
        yield {
            "name": each.name, "fingerprint": each.key.fingerprint, "clearance": each.clearance,
            "url": each.url, "sent": last_sent(ledger, each), "taken": last_taken(ledger, each),
        }  # fmt: skip


def _sent(ledger: Ledger, name: str) -> Iterable[dict[str, Any]]:
    from sayso.exchange.partners.outbox import sent, standing
    from sayso.exchange.partners.partner import partner_named

    of = partner_named(ledger, name)
    stands = {each.n for each in standing(ledger, of).values()}
    for each in sent(ledger, of):
        yield {"n": each.n, "kind": each.kind, "report": each.report, "at": each.at,
               "stands": each.n in stands, "id": each.id}  # fmt: skip


def _print(rows: Sequence[dict[str, Any]], format_: str) -> None:
    from sayso.cli.output.jsonl import to_json
    from sayso.record.clean import clean_line

    for row in rows:
        if format_ == "jsonl":
            click.echo(to_json(row))
    if format_ == "jsonl" or not rows:
        return
    cells = [[clean_line(_cell(value)) for value in row.values()] for row in rows]
    table = [list(rows[0]), *cells]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for line in table:
        words = "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        click.echo(words.rstrip())


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "–" if value is None else str(value)


@partner.command(
    cls=Command,
    examples=(
        "sayso partner send 'Harbour Desk' --report r12 --report r15",
        "sayso partner send 'Harbour Desk' --place Porto --from 2024-05-01 --out for-harbour.dsse",
        "sayso partner send 'Harbour Desk' --withdraw r12",
    ),
    exits=EXITS,
)
@click.argument("name")
@filter_options
@click.option("--report", "reports", multiple=True, metavar="REPORT", help="A report; give each.")
@click.option("--incident", "incidents", multiple=True, metavar="ID",
              help="The reports of an incident; give each.")  # fmt: skip
@click.option("--withdraw", multiple=True, metavar="REPORT", help="Take a report back; give each.")
@click.option("--after", type=click.IntRange(0), default=0, metavar="N",
              help="For --out: only what was told behind this number.")  # fmt: skip
@click.option("--out", type=OutPath(path_type=Path), metavar="FILE",
              help="Write all that they were told into a bundle to carry.")  # fmt: skip
@by_option
def send(
    name: str, *, reports: tuple[str, ...], incidents: tuple[str, ...], withdraw: tuple[str, ...],
    after: int, out: Path | None, url: str | None, by: str | None, **asked: Any,
) -> int:  # fmt: skip
    """Tell a partner of reports: of those named, or of the incidents that fit a QUERY and filters.

    First they are told what became of what they know: corrected, or taken back. With their desk
    following, what is told arrives at once; --out writes a file.
    """
    from sayso.exchange.partners.outbox import send as tell
    from sayso.exchange.partners.outbox import take_back
    from sayso.exchange.partners.partner import partner_named

    with open_ledger(url) as ledger:
        to = partner_named(ledger, name)
        chosen = [*reports, *_of_incidents(ledger, incidents, asked)]
        if withdraw:
            _say_told(take_back(ledger, to, withdraw), to)
        done = tell(ledger, to, chosen, by=who(by))
        _say_told(done, to)
        for report, why in done.refused:
            say(f"{report} was not sent: {why}")
        if out is not None:
            _write(ledger, to, after, out)
    return 1 if done.refused else 0


def _of_incidents(ledger: Ledger, incidents: Iterable[str], asked: dict[str, Any]) -> Iterable[str]:
    from sayso.exchange.leaving import Asked, open_leaving
    from sayso.ledger import Filters

    for incident in incidents:
        page = ledger.incident_page(incident)
        yield from dict.fromkeys(m.report.report for m in page.members)
    if any(value is not None for value in asked.values()):
        yield from open_leaving(ledger, Asked(Filters(**asked))).reports


def _say_told(done: Outcome, to: Partner) -> None:
    if done.count:
        which = f"number {done.first}" + (f" to {done.last}" if done.count > 1 else "")
        say(f"{to.name} is told {which}")
    else:
        say(f"nothing new for {to.name}")


def _write(ledger: Ledger, to: Partner, after: int, out: Path) -> None:
    from sayso.cli.write import Out
    from sayso.exchange.partners.bundle import seal_bundle
    from sayso.exchange.partners.keys import own_key
    from sayso.exchange.partners.outbox import statements

    told = list(statements(ledger, to, after))
    with Out(out) as place:
        place.write_bytes(seal_bundle(told, own_key(ledger.head().ledger), to.key))
        place.keep()


@partner.command(
    cls=Command,
    examples=("sayso partner pull from-harbour.dsse", "sayso partner pull 'Harbour Desk'"),
    exits="0 taken in, or nothing new; 2 refused, and nothing of it was taken in.",
)
@click.argument("what", metavar="FILE|NAME")
@ledger_option
def pull(what: str, url: str | None) -> None:
    """Take in a bundle that a partner signed for this ledger, or ask a partner's desk for one.

    What was taken before is passed over. What they told comes in under their name and marking, and
    is linked with what is here.
    """
    from sayso.exchange.partners.follow import ask_for
    from sayso.exchange.partners.inbox import pull as take
    from sayso.exchange.partners.partner import partner_named

    with open_ledger(url, links=True) as ledger:
        file = Path(what)
        if file.is_file():
            of, told = take(ledger, file.read_bytes())
        else:
            of = partner_named(ledger, what)
            with _fetcher(of) as fetcher:
                told = ask_for(ledger, of, fetcher)
        _say_taken(of, told)


def _fetcher(of: Partner, whole: float = 60.0) -> Fetcher:
    """What asks a partner's desk; an inner one only where that was allowed by name."""
    from urllib.parse import urlsplit

    try:
        from sayso.intake.fetch import Fetcher
    except ModuleNotFoundError as error:
        raise UsageError(
            f"asking a desk needs {error.name}, which is not installed: pip install 'sayso[desk]'"
        ) from None
    from sayso.exchange.partners.bundle import MOST

    at = urlsplit(of.url or "")
    port = at.port or (443 if at.scheme == "https" else 80)
    inner = [(at.hostname, port)] if of.inner and at.hostname else []
    return Fetcher(inner=inner, largest=MOST, whole=whole)


@partner.command(
    cls=Command,
    examples=("sayso partner follow 'Harbour Desk'",),
    exits="0 ended by you; 2 refused what they sent, or wrong usage.",
)
@click.argument("name")
@ledger_option
def follow(name: str, url: str | None) -> None:
    """Take in what a partner's desk tells, as it is told, until Ctrl-C.

    A broken connection is made again, from the last number that was taken in.
    """
    from sayso.errors import FetchError
    from sayso.exchange.partners.follow import Follower
    from sayso.exchange.partners.partner import partner_named

    with open_ledger(url, links=True) as ledger:
        of = partner_named(ledger, name)
        # each number is kept whole or not at all: Ctrl-C may come at any moment
        with _fetcher(of, DAY) as fetcher, contextlib.suppress(KeyboardInterrupt):
            for told in Follower(ledger, name, fetcher).run():
                if isinstance(told, FetchError):
                    say(f"{told}: it is asked again")
                else:
                    _say_taken(of, [told])


@partner.command(
    cls=Command,
    examples=(
        "sayso partner compare 'Harbour Desk' 'ilse marrow|person|'",
        "sayso partner compare 'Harbour Desk' 'ilse marrow|person|' source-4be1… --agree",
        "sayso partner compare 'Harbour Desk' 'ilse marrow|person|' source-4be1…",
    ),
    exits="0 done; 2 not agreed, no run left, or wrong usage.",
)
@click.argument("name")
@click.argument("source")
@click.argument("theirs", required=False)
@click.option("--agree", "agrees", is_flag=True, help="Agree that these two may be compared.")
@click.option("--tries", type=click.IntRange(1, 10), default=1, show_default=True,
              help="For --agree: in how many runs.")  # fmt: skip
@ledger_option
def compare(
    name: str, source: str, theirs: str | None, *, agrees: bool, tries: int, url: str | None
) -> None:
    """Find out whether a SOURCE of yours, by key, and a partner's, THEIRS, are one: yes or no.

    Without THEIRS it prints what yours is called with that partner. Both owners must agree first,
    for these two; each run tells both sides one word, and is counted.
    """
    from sayso.exchange.partners.compare import agree
    from sayso.exchange.partners.follow import compare as find_out
    from sayso.exchange.partners.names import id_for
    from sayso.exchange.partners.partner import partner_named

    with open_ledger(url, links=True) as ledger:
        of = partner_named(ledger, name)
        ledger.source_page(source)  # raises where there is none
        if theirs is None:
            click.echo(id_for(ledger, of, source))
        elif agrees:
            agreed = agree(ledger, of, source, theirs, tries=tries)
            say(f"{agreed.left} of {agreed.tries} runs are left")
        else:
            with _fetcher(of) as fetcher:
                same, entry = find_out(ledger, of, source, theirs, fetcher)
            joined = f"; {entry} joins them" if entry else ""
            click.echo(f"{'yes, one source' if same else 'no, two names'}{joined}")


def _say_taken(of: Partner, told: Sequence[Told]) -> None:
    for each in told:
        what = {"report": "told of", "withdraw": "took back", "gone": "replaced since"}[each.kind]
        click.echo(f"{each.n:6}  {what}  {each.report or ''}".rstrip())
    if not told:
        say(f"nothing new from {of.name}")


@partner.command(
    cls=Command,
    examples=("sayso partner prove 'Harbour Desk' c13.4",),
    exits="0 printed; 2 nothing to prove, or wrong usage.",
)
@click.argument("name")
@click.argument("claim")
@ledger_option
def prove(name: str, claim: str, url: str | None) -> None:
    """Print a claim's words that did not travel to a partner, with the salt that proves them.

    Whoever is given both checks that SHA-256 of the salt and the words is the hash they were sent.
    """
    from sayso.cli.output.jsonl import to_json
    from sayso.exchange.partners.outbox import prove as show
    from sayso.exchange.partners.partner import partner_named

    with open_ledger(url) as ledger:
        click.echo(to_json(show(ledger, partner_named(ledger, name), claim)))


@partner.command(
    cls=Command,
    examples=("sayso partner forget 'Harbour Desk'",),
    exits="0 done; 2 no such partner.",
)
@click.argument("name")
@ledger_option
def forget(name: str, url: str | None) -> None:
    """Exchange nothing with a partner any more; what they told stays, and stays theirs."""
    from sayso.exchange.partners.partner import forget_partner

    with open_ledger(url) as ledger:
        forget_partner(ledger, name)
