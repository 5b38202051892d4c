"""What is told a partner: numbered, and made anew from the ledger each time that it is fetched.

No word of a report is kept here, only which report, under which id and salt. So what is erased,
taken back or protected after it was sent is in no later bundle: its number is then `gone`, and a
later statement says what holds.
"""

from __future__ import annotations

import dataclasses
import hashlib
import hmac
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sayso.errors import NotInLedgerError, PartnerError, UsageError
from sayso.exchange.partners.bundle import Statement
from sayso.exchange.partners.inbox import KIND, came_marked
from sayso.exchange.partners.names import veil_labels
from sayso.exchange.partners.partner import CLEARANCES, Partner, change
from sayso.exchange.partners.shared import name_of
from sayso.exchange.partners.travel import keep_of, travelling
from sayso.ledger import Ledger, Maker
from sayso.ledger.asking.report_page import ReportPage
from sayso.ledger.entries.partnered import (
    append,
    family_of,
    last_of,
    makers_of,
    row_after,
    touched_since,
)
from sayso.record import Reading, words_of
from sayso.record.marking import Marking, level_of
from sayso.record.wire import to_wire

PASSED_ON = frozenset({"clear", "green"})  # of what came from a partner
FORMAT = "sayso.bundle/1"
STEP = 100  # statements made in one go
SETTLES = "sayso"  # who tells what became of a report, where nobody asked for it


@dataclass(frozen=True, slots=True)
class Sent:
    """One number of a partner's row: what it said of which report, and what it was made with."""

    n: int
    kind: str
    id: str
    report: str
    seed: str = ""
    digest: str = ""
    at: str = ""


def sent(ledger: Ledger, partner: Partner, after: int = 0, limit: int | None = None) -> list[Sent]:
    """What a partner was told since a number."""
    rows = row_after(ledger.whole, "sent", partner.id, after, limit)
    return [Sent(n=n, at=kept.changed, **kept.value) for n, kept in rows]


def last_sent(ledger: Ledger, partner: Partner) -> int:
    """The last number that a partner was told under, 0 before the first."""
    return last_of(ledger.whole, "sent", partner.id)


def standing(ledger: Ledger, partner: Partner) -> dict[str, Sent]:
    """By id what a partner was last told of each report and was not taken back."""
    last = {each.id: each for each in sent(ledger, partner)}
    return {id_: each for id_, each in last.items() if each.kind == "report"}


def statements(ledger: Ledger, partner: Partner, after: int = 0) -> Iterator[Statement]:
    """The statements behind a number, as they may be told now."""
    last: dict[str, Sent] = {}
    read = after
    while rows := sent(ledger, partner, after, STEP):
        # what stands is the last of its id, and told behind the number: no earlier row is read.
        # Read after the rows: what is told meanwhile must not pass for gone
        for each in sent(ledger, partner, read):
            last[each.id], read = each, each.n
        for row in rows:
            stands = row.n == last[row.id].n and row.kind == "report"
            told = _told(ledger, partner, row) if stands else None
            kind = "gone" if row.kind == "report" else row.kind
            yield told or Statement(row.n, kind, row.id)
        after = rows[-1].n


def _told(ledger: Ledger, partner: Partner, row: Sent) -> Statement | None:
    """What was told of a report, None where that would not be told now."""
    try:
        made = make_statement(ledger, partner, row)
    except (NotInLedgerError, PartnerError):
        return None
    return made if made.digest == row.digest else None


# -- sending ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outcome:
    """What sending did: the numbers that are new, and the reports that could not go, with why."""

    first: int
    last: int
    refused: tuple[tuple[str, str], ...] = ()

    @property
    def count(self) -> int:
        """How many statements are new."""
        return self.last - self.first + 1


def send(ledger: Ledger, partner: Partner, reports: Iterable[str], *, by: str) -> Outcome:
    """Tell a partner of reports ("r12"), after all that changed in what they were told before.

    What they know already is not told again. What leaves is noted in the ledger.
    """
    first = last_sent(ledger, partner) + 1
    settle(ledger, partner, by=by)
    known = {each.report: each for each in standing(ledger, partner).values()}
    refused, left = [], []
    for report in dict.fromkeys(reports):
        try:
            if _tell(ledger, partner, report, known):
                left.append(report)
        except (NotInLedgerError, PartnerError) as error:
            refused.append((report, error.what))
    if left:
        ledger.note_export(name_of(partner), FORMAT, left, by=by)
    return Outcome(first, last_sent(ledger, partner), tuple(refused))


def _tell(ledger: Ledger, partner: Partner, report: str, known: dict[str, Sent]) -> bool:
    """Tell of one report, in the place of what was told of its page; False where it is known.

    It is the last version that is told of, and what stands in its place where it names somebody
    who is protected.
    """
    family = family_of(ledger.whole, report)
    earlier = next((known[each] for each in family.reports if each in known), None)
    row = Sent(
        0, "report", earlier.id if earlier else secrets.token_hex(16), family.shown,
        earlier.seed if earlier else secrets.token_hex(32),
    )  # fmt: skip
    made = make_statement(ledger, partner, row)
    if earlier and earlier.digest == made.digest:
        return False
    if earlier:
        del known[earlier.report]
    known[row.report] = dataclasses.replace(row, digest=made.digest)
    _append(ledger, partner, known[row.report])
    return True


def take_back(ledger: Ledger, partner: Partner, reports: Iterable[str]) -> Outcome:
    """Take back what a partner was told of reports; raises UsageError where they were told none."""
    first = last_sent(ledger, partner) + 1
    held = standing(ledger, partner).values()
    wanted = {r: family_of(ledger.whole, r).reports for r in reports}
    if missing := [r for r, own in wanted.items() if own.isdisjoint(s.report for s in held)]:
        raise UsageError(f"{partner.name} was not told of {', '.join(missing)}")
    for each in held:
        if any(each.report in own for own in wanted.values()):
            _withdraw(ledger, partner, each)
    return Outcome(first, last_sent(ledger, partner))


def settle(ledger: Ledger, partner: Partner, *, by: str = SETTLES) -> None:
    """Tell a partner what became of the reports that they were told of: corrected, or taken back.

    A report is taken back where they may not see it any more, or nothing in it stands. What is
    told anew leaves, and is noted as what left.
    """
    last, touched = touched_since(ledger.whole, partner.settled)
    if last == partner.settled:
        return
    known = {each.report: each for each in standing(ledger, partner).values()} if touched else {}
    families = [family_of(ledger.whole, report) for report in touched] if known else []
    told = {known[each].id: known[each] for f in families for each in f.reports & known.keys()}
    left = []
    for each in told.values():
        try:
            if _tell(ledger, partner, each.report, known):
                left.append(family_of(ledger.whole, each.report).shown)
        except (NotInLedgerError, PartnerError):
            _withdraw(ledger, partner, each)
    if left:
        ledger.note_export(name_of(partner), FORMAT, left, by=by)
    change(ledger, partner, settled=last)


def _withdraw(ledger: Ledger, partner: Partner, told: Sent) -> None:
    _append(ledger, partner, Sent(0, "withdraw", told.id, told.report))


def _append(ledger: Ledger, partner: Partner, row: Sent) -> None:
    value = {k: v for k, v in dataclasses.asdict(row).items() if k not in ("n", "at")}
    append(ledger.whole, "sent", partner.id, value)


# -- one statement ---------------------------------------------------------------------------------


def marking_of(ledger: Ledger, report: str) -> Marking:
    """The widest clearance by which a report is seen; raises PartnerError beyond what is sent.

    What came from a partner is marked as it came, or narrower.
    """
    for marking in CLEARANCES:
        try:
            ledger.seen_by(marking).report(report)
        except NotInLedgerError:
            continue
        came = _came(ledger, report)
        return max(marking, came or marking, key=level_of)
    ledger.report(report)  # raises NotInLedgerError where there is none
    raise PartnerError(f"{report} is marked above {CLEARANCES[-1]}", "it is sent to nobody")


def _came(ledger: Ledger, report: str) -> Marking | None:
    """The marking under which a report came from a partner; None where it came from none.

    Raises PartnerError where it may not be passed on.
    """
    maker, original = _made_by(ledger, report)
    if maker.kind != KIND:
        return None
    came = came_marked(ledger, original, maker.version)
    if came is None:
        what = f"{report} came from {maker.name}, who took it back"
        raise PartnerError(what, "what was taken back is passed on to nobody")
    if came not in PASSED_ON:
        what = f"{report} came from {maker.name} and was marked {came}"
        raise PartnerError(what, "ask them to pass it on")
    return came


def _made_by(ledger: Ledger, report: str) -> tuple[Maker, str]:
    """Who entered a report, or the one in whose place it stands, and that one's handle."""
    original = family_of(ledger.whole, report).original
    return makers_of(ledger.whole, [original])[original], original


def _page(ledger: Ledger, partner: Partner, report: str) -> ReportPage:
    """A report as a partner may see it; raises PartnerError where they may not."""
    marking = marking_of(ledger, report)
    if level_of(marking) > level_of(partner.clearance):
        raise PartnerError(
            f"{report} is marked {marking}, and {partner.name} is cleared for {partner.clearance}",
            "mark it otherwise, or add the partner anew with --clearance",
        )
    return ledger.seen_by(partner.clearance).report_page(report)


def make_statement(
    ledger: Ledger, partner: Partner, row: Sent, page: ReportPage | None = None
) -> Statement:
    """What a partner is told of a report; raises PartnerError where nothing may be told."""
    page = page or _page(ledger, partner, row.report)
    reading = _shared(ledger, partner, page)
    made = travelling(reading, tag_of(row.seed))
    maker, _ = _made_by(ledger, row.report)
    return Statement(
        row.n, "report", row.id, marking_of(ledger, row.report),
        maker.name if maker.kind == KIND else page.reader, keep_of(reading.report),
        tuple(_hashes(reading, made, row.seed)), to_wire(made),
    )  # fmt: skip


def _shared(ledger: Ledger, partner: Partner, page: ReportPage) -> Reading:
    """What stands in a report, the partner's own ids in the place of protected names."""
    standing_ = tuple(page.reading.claims[n] for n in _stand(page))
    if not standing_:
        raise PartnerError(f"no claim of {page.report.report} stands", "there is nothing to tell")
    return veil_labels(ledger, partner, dataclasses.replace(page.reading, claims=standing_))


def _stand(page: ReportPage) -> list[int]:
    """The places of the claims that nobody rejected."""
    return [
        n
        for n in range(len(page.reading.claims))
        if all(j.action != "reject" for j in page.judged.get(page.handle(n), ()))
    ]


def tag_of(seed: str) -> str:
    """What labels of a statement begin with: four signs that tell nothing of the rest."""
    return hmac.digest(bytes.fromhex(seed), b"tag", "sha256").hex()[:4]


def salt_of(seed: str, n: int) -> bytes:
    """The salt of a claim by its place; of one nobody can work out another's."""
    return hmac.digest(bytes.fromhex(seed), b"claim %d" % n, "sha256")


def words_hash(salt: bytes, words: str) -> str:
    """What proves the words to whoever is given the salt."""
    return hashlib.sha256(salt + words.encode()).hexdigest()


def _hashes(reading: Reading, made: Reading, seed: str) -> Iterator[tuple[int, str]]:
    """A hash for each claim whose words do not travel as they are."""
    for n, (claim, told) in enumerate(zip(reading.claims, made.claims, strict=True)):
        words = words_of(reading.report.text, claim.content)
        if words != words_of(made.report.text, told.content):
            yield n, words_hash(salt_of(seed, n), words)


def prove(ledger: Ledger, partner: Partner, claim: str) -> dict[str, Any]:
    """The words of a claim ("c13.4") that did not travel, with the salt that proves them.

    Raises PartnerError where they travelled, or are not what was told.
    """
    report = ledger.claim(claim).report.report
    told = next((s for s in standing(ledger, partner).values() if s.report == report), None)
    if told is None:
        raise PartnerError(f"{partner.name} was told nothing of {report}", "send it first")
    page = _page(ledger, partner, report)
    made, places = make_statement(ledger, partner, told, page), _stand(page)
    number = int(claim.rpartition(".")[2])
    place = places.index(number) if number in places else -1
    code = dict(made.hashes).get(place)
    if made.digest != told.digest or code is None:
        raise PartnerError(f"the words of {claim} travelled, or changed since", "nothing to prove")
    reading = _shared(ledger, partner, page)
    words = words_of(reading.report.text, reading.claims[place].content)
    salt = salt_of(told.seed, place).hex()
    return {"id": told.id, "claim": place, "words": words, "salt": salt, "sha256": code}
