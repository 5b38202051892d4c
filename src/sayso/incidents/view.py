"""An incident as its page shows it, made on demand of what the ledger held at an instant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sayso.incidents.actors import find_actors
from sayso.incidents.figures import Told, figure_lines
from sayso.incidents.lines import Line, copies_of, facts_about
from sayso.incidents.opened import Opened, open_page
from sayso.incidents.sayings import join_id, name_act, standing_utterances
from sayso.ledger import Ledger
from sayso.ledger.entries.copies import copy_id
from sayso.ledger.judging.row_corrections import COUNTS, corrected_line
from sayso.ledger.layout.instants import Instant
from sayso.linking.figures.compare import compare_all
from sayso.linking.figures.policies import POLICIES
from sayso.linking.figures.states import states
from sayso.linking.grounds import find_grounds, weakest_link
from sayso.linking.incidents.figures import Cells
from sayso.linking.incidents.grounds import grounds_of
from sayso.linking.origins.by_event import count_by_event
from sayso.linking.speakers.identity import names_of_joined
from sayso.record import Claim, Place, Reading, Span, Spans, When, make_id, words_of
from sayso.record.incident import (
    ClaimLine,
    Compared,
    CopyLine,
    EventLine,
    ExcludedGrade,
    IncidentView,
    JoinLine,
    JudgementLine,
    OriginLine,
    PolicyCell,
    Quote,
    ReportLine,
    Standing,
    StateLine,
    TaskLine,
    UtteranceLine,
)
from sayso.record.links import (
    AttributionRef,
    ClaimRef,
    Copy,
    FigureComparison,
    Grounds,
    Join,
    Origin,
    OriginCount,
    Spot,
    Utterance,
)
from sayso.record.view import chain_of, hops_of, said_of


def view_incident(
    ledger: Ledger, asked: str, *, as_known_at: Instant | None = None
) -> IncidentView:
    """All that the ledger tells of an incident, as known at an instant.

    Raises NotInLedgerError where it is none, or was not known then.
    """
    page = ledger.incident_page(asked, as_known_at=as_known_at)
    return _Viewer(open_page(page)).view()


class _Viewer:
    """One page in the making: references of linking become handles of the ledger."""

    def __init__(self, opened: Opened) -> None:
        self.page = opened.page
        self.held = opened.held
        self.basis = opened.basis
        self.numbers = opened.numbers
        self.readings = opened.basis.readings
        self.copies = copies_of(opened.basis, opened.page.copies)
        self.joined = names_of_joined(self.readings.values())

    def view(self) -> IncidentView:
        """The page."""
        facts = facts_about(self.basis, self.copies)
        line = corrected_line(facts.row, self.page.judgements, POLICIES)
        count = facts.origins
        told = figure_lines(self.basis, self.numbers)
        texts = {id_: reading.report.text for id_, reading in self.readings.items()}
        standing = [s for s in told.statements if s.ref not in count.withdrawn]
        comparisons = compare_all(standing, texts)
        grounds = find_grounds(self.readings.values(), self.basis.not_rejected, count, comparisons)
        page = self.page
        return IncidentView(
            id=page.id, asked=page.asked, as_known_at=page.as_known_at, opened=page.opened,
            changed=page.changed, type=line["type"],
            time=When(**line["time"]) if line["time"] else None,
            place=Place((), **line["place"]) if line["place"] else None,
            reports=count.reports or len({m.report for m in self.basis.mentions}),
            texts=count.texts, at_least=count.at_least, at_most=count.at_most,
            origin_words=count.words,
            events=tuple(self._events()),
            states=tuple(self._states(count)),
            report_lines=tuple(self._reports()),
            claims=tuple(self._claims(count)),
            figures=told.lines,
            comparisons=tuple(_compared(told, comparisons)),
            cells=tuple(self._cells(facts.cells, line)),
            origins=tuple(self._origin(o, grounds) for o in count.origins),
            denials=tuple(self._origin(o, grounds) for o in count.denials),
            joins=tuple(self._join(j) for j in count.joins),
            utterances=tuple(self._utterances()),
            copies=tuple(self._copy(c) for c in self.copies),
            excluded=tuple(ExcludedGrade(g, w) for g, w in sorted(grounds.excluded.items())),
            parties=grounds.parties,
            tasks=tuple(TaskLine(t.kind, t.words, self._refs(t.refs)) for t in grounds.tasks),
            judgements=tuple(self._judgements()),
            actors=tuple(find_actors(self.basis, self.numbers, count.withdrawn)),
        )  # fmt: skip

    def _judgements(self) -> Iterator[JudgementLine]:
        for j in self.page.judgements:
            lapsed = j.entry in self.page.lapsed
            yield JudgementLine(j.entry, j.action, j.target, j.by, j.at, j.reason, lapsed)

    def _refs(self, refs: Iterable[ClaimRef]) -> tuple[str, ...]:
        return tuple(self.numbers[r] for r in refs if r in self.numbers)

    def _quote(self, spot: Spot) -> Quote:
        member, text = self.held[spot.report], self.readings[spot.report].report.text
        return Quote(member.report.report, spot.spans, words_of(text, spot.spans))

    def _quotes(self, spots: Iterable[Spot]) -> tuple[Quote, ...]:
        return tuple(self._quote(s) for s in spots if s.report in self.held)

    def _states(self, count: OriginCount) -> Iterator[StateLine]:
        refs = self.basis.standing_refs(count.withdrawn)
        for state in states(self.readings.values(), refs, self.basis.events):
            speakers = dict.fromkeys(self._speaker(r) or "the report's own voice"
                                     for r in state.refs)  # fmt: skip
            yield StateLine(
                state.state, state.count, state.bound, state.when, state.said,
                self._refs(state.refs), tuple(speakers), self._quotes(state.spots),
            )  # fmt: skip

    def _speaker(self, ref: ClaimRef) -> str | None:
        reading = self.readings[ref.report]
        claim = next((c for c in reading.claims if c.id == ref.claim), None)
        return self._speaker_of(reading, claim) if claim else None

    def _speaker_of(self, reading: Reading, claim: Claim) -> str | None:
        """Who makes a claim; of those that people joined, under one name."""
        own = next((a.source_id for a in reading.attributions if a.id == claim.attribution), None)
        source = next((s for s in reading.sources if s.id == own), None)
        if source and source.alias and source.alias.group in self.joined:
            return self.joined[source.alias.group]
        hops = hops_of(reading, claim)
        return hops[-1] if hops else None

    def _reports(self) -> Iterator[ReportLine]:
        for member, mention in zip(self.page.members, self.basis.mentions, strict=True):
            report = member.reading.report
            same = [
                self.held[c.a if c.b == report.id else c.b].report.report
                for c in self.copies
                if report.id in (c.a, c.b) and min(c.share_a, c.share_b) >= 0.5
            ]
            own = member.report.report
            earlier = tuple(sorted((h for h in same if int(h[1:]) < int(own[1:])), key=_number))
            weighs_for, weighs_against = grounds_of(member.features)
            yield ReportLine(
                own, member.handle, report.name, report.title, report.publisher, report.credit,
                report.published, mention.main, member.report.learnt, member.why, member.by,
                member.placed, member.score, earlier, weighs_for, weighs_against,
            )  # fmt: skip

    def _claims(self, count: OriginCount) -> Iterator[ClaimLine]:
        withdrawn = frozenset(count.withdrawn)
        for mention in self.basis.mentions:
            reading = self.readings[mention.report]
            wanted = set(mention.claims)
            for claim in reading.claims:
                ref = ClaimRef(mention.report, claim.id)
                if claim.id in wanted:
                    yield self._claim(reading, claim, ref, withdrawn)

    def _claim(
        self, reading: Reading, claim: Claim, ref: ClaimRef, withdrawn: frozenset[ClaimRef]
    ) -> ClaimLine:
        events = [e for e in reading.events if e.id in claim.events]
        standing: Standing = (
            "withdrawn" if ref in withdrawn | self.page.taken_back
            else "rejected" if ref in self.basis.rejected else "stands"
        )  # fmt: skip
        return ClaimLine(
            self.numbers[ref], self.held[ref.report].report.report,
            self._speaker_of(reading, claim),
            chain_of(reading, claim), claim.certainty, claim.polarity,
            self._quote(Spot(ref.report, claim.content)), said_of(reading, claim),
            tuple(dict.fromkeys(e.type for e in events)),
            next((e.time for e in events if e.time), None),
            next((e.place for e in events if e.place), None),
            standing, self.held[ref.report].report.learnt,
        )  # fmt: skip

    def _cells(self, cells: Cells, line: Line) -> Iterator[PolicyCell]:
        """What policies make of the incident's figures, the same as in lists of incidents.

        What a person said of a count rests on no claim; one that is not known has no cell.
        """
        said = {m: line["figures"].get(m, {}) for m in line.get("corrected", {}) if m in COUNTS}
        for measure, by_policy in said.items():
            for policy, (low, best, high) in by_policy.items():
                yield PolicyCell(measure, policy, low, best, high, ())
        for measure, row in cells.items():
            for cell in row.values() if measure not in said else ():
                yield PolicyCell(cell.measure, cell.policy, cell.low, cell.best, cell.high,
                                 self._refs(cell.claims))  # fmt: skip

    def _events(self) -> Iterator[EventLine]:
        """The origins of each event by itself."""
        for each in count_by_event(
            self.readings, self.basis.not_rejected, self.basis.events,
            copies=self.copies, undone=self.basis.undone,
        ):  # fmt: skip
            count = each.origins
            yield EventLine(
                each.event, each.state, count.reports, count.texts, count.at_least, count.at_most,
                count.words, tuple(dict.fromkeys(o.name for o in count.origins)),
                self._refs(_claims(count.origins)), self._refs(_claims(count.denials)),
            )  # fmt: skip

    def _origin(self, origin: Origin, grounds: Grounds) -> OriginLine:
        return OriginLine(
            origin.id, origin.name, origin.kind, origin.named, origin.actor,
            self._refs(origin.claims), origin.chain, self._quotes(origin.spots), origin.may_be,
            weakest_link(self.readings, origin), self.page.grade_of(origin.name),
            origin.name in grounds.parties,
        )  # fmt: skip

    def _join(self, join: Join) -> JoinLine:
        return JoinLine(
            join.id, self._name(join.a), self._name(join.b), join.bound, join.ground.kind,
            join.ground.words, self._quotes(join.ground.spots), join.entry,
        )  # fmt: skip

    def _name(self, node: str) -> str:
        """The source that a node of the origins' graph stands for, with its report."""
        report, _, own = node.partition("|")
        reading = self.readings.get(report)
        if reading is None:
            return "a report"
        source = next((s.name for s in reading.sources if s.id == own), None)
        handle = self.held[report].report.report
        return f"{source or reading.report.publisher or reading.report.name} ({handle})"

    def _utterances(self) -> Iterator[UtteranceLine]:
        for utterance in standing_utterances(self.basis):
            first = utterance.attributions[0]
            yield UtteranceLine(
                make_id("utterance", name_act(self.basis, first)),
                utterance.speaker, utterance.said, utterance.quotation,
                tuple(self._said(r) for r in utterance.attributions),
                tuple(self._utterance_joins(utterance)),
            )  # fmt: skip

    def _utterance_joins(self, utterance: Utterance) -> Iterator[JoinLine]:
        first = utterance.attributions[0]
        for ref, ground in zip(utterance.attributions[1:], utterance.grounds, strict=True):
            yield JoinLine(
                join_id(self.basis, first, ref),
                name_act(self.basis, first), name_act(self.basis, ref),
                "both", ground.kind, ground.words, self._quotes(ground.spots),
            )  # fmt: skip

    def _said(self, ref: AttributionRef) -> Quote:
        reading = self.readings[ref.report]
        spans = next(a.content for a in reading.attributions if a.id == ref.attribution)
        return self._quote(Spot(ref.report, spans))

    def _copy(self, copy: Copy) -> CopyLine:
        a, b = (self.held[r].report.report for r in (copy.a, copy.b))
        passages = tuple(
            (self._passage(copy.a, p.a), self._passage(copy.b, p.b)) for p in copy.passages
        )
        return CopyLine(copy_id(a, b), a, b, copy.share_a, copy.share_b, passages)

    def _passage(self, report: str, span: Span) -> Quote:
        spans: Spans = (span,)
        return self._quote(Spot(report, spans))


def _compared(told: Told, comparisons: Iterable[FigureComparison]) -> Iterator[Compared]:
    """What can be said of each two figures; nothing of two that count different things."""
    for each in comparisons:
        if each.verdict != "not_comparable" or each.a.counts == each.b.counts:
            yield Compared(told.id_of(each.a), told.id_of(each.b), each.verdict, each.words)


def _claims(origins: Iterable[Origin]) -> list[ClaimRef]:
    return sorted({ref for origin in origins for ref in origin.claims})


def _number(handle: str) -> int:
    return int(handle[1:])
