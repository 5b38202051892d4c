"""From a report to its reading: the stages in their order."""

from __future__ import annotations

import dataclasses

from sayso.reading.flow import carry_home, make_flow
from sayso.reading.model import Model, load_model
from sayso.reading.parse import parse_flow
from sayso.record import Claim, Reading, Report, Span, make_id


class Reader:
    """Holds what is loaded once (model, lexicon, gazetteer) and reads report after report."""

    def __init__(self, model: Model | None = None) -> None:
        self.model = model or load_model()

    def read(self, report: Report) -> Reading:
        """The reading of one report; never raises for its content."""
        flow = make_flow(report)
        parse = parse_flow(flow, self.model.pipeline)
        claims = tuple(
            Claim(make_id("claim", report.id, s.start_char), (Span(s.start_char, s.end_char),),
                  None, "stated", "positive")
            for s in parse.tokens.sents if s.text.strip()
        )
        return dataclasses.replace(Reading(report), claims=carry_home(claims, flow))
