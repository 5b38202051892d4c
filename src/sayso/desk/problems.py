"""What went wrong while a request was answered, in one shape; `mend` says what to do."""

from __future__ import annotations

import http
from collections.abc import Sequence
from typing import Any

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from sayso.errors import (
    InputError,
    LedgerBusyError,
    LedgerDamageError,
    LedgerError,
    LedgerFullError,
    LedgerLostError,
    LedgerUrlError,
    LexiconError,
    ModelError,
    NotInLedgerError,
    RightsError,
    SaysoError,
    UsageError,
)
from sayso.pipeline.defects import defect_words

STATUS: Sequence[tuple[type[SaysoError], int]] = (  # the first that fits
    (NotInLedgerError, 404),
    (RightsError, 403),
    (LedgerBusyError, 503),
    (LedgerLostError, 503),
    (LedgerUrlError, 503),
    (LedgerFullError, 507),
    (LedgerDamageError, 500),
    (LedgerError, 409),  # the store can, but not this: a decision that is no longer held
    (UsageError, 400),
    (InputError, 422),
    (ModelError, 500),
    (LexiconError, 500),
)
UNKNOWN = ("extra_forbidden", "unexpected_keyword_argument")  # of a noun, of a data class
MENDS = {
    404: "see the incidents, or search for it",
    405: "see /openapi.json for what may be asked",
    413: "send fewer reports at a time",
}


class Problem(Exception):  # noqa: N818 - it is the noun of RFC 9457
    """What goes wrong while a request is answered: its status, what, and what to do."""

    def __init__(self, status: int, detail: str, mend: str = "") -> None:
        super().__init__(detail)
        self.status, self.detail, self.mend = status, detail, mend

    @property
    def title(self) -> str:
        """The status in words."""
        return http.HTTPStatus(self.status).phrase


class ProblemBody(BaseModel):
    """An error: RFC 9457, and `mend`, what to do about it."""

    type: str = "about:blank"
    title: str = Field(examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["'incident-0' is no incident here"])
    mend: str = Field("", examples=["see `sayso incidents`"])


RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {
        "description": words,
        "content": {"application/problem+json": {"schema": ProblemBody.model_json_schema()}},
    }
    for status, words in (
        (400, "The request cannot be meant so; `mend` says what to write."),
        (401, "Nobody signed in, or the token has expired."),
        (403, "Who asks may not do this; `mend` says who may."),
        (404, "No such thing in this ledger."),
        (422, "A value of the wrong kind."),
        ("default", "Anything else that went wrong; 503 where the ledger is busy: try again."),
    )
}


def problem_of(error: Exception) -> Problem:
    """An error as the problem that is shown for it."""
    match error:
        case Problem():
            return error
        case RequestValidationError():
            return Problem(422, _said_wrongly(error), "see /openapi.json for what may be asked")
        case HTTPException():
            known = {404: "no such page", 413: "more than one request may hold"}
            words = known.get(error.status_code, str(error.detail))
            return Problem(error.status_code, words, MENDS.get(error.status_code, ""))
        case LedgerError() | LexiconError():
            return Problem(_status(error), error.what, error.mend)
        case InputError():
            return Problem(_status(error), f"{error.name}: {error.what}", error.mend)
        case SaysoError():
            return Problem(_status(error), str(error))
        case _:
            return Problem(500, defect_words(error), "please report it")


def _status(error: SaysoError) -> int:
    return next((status for kind, status in STATUS if isinstance(error, kind)), 500)


def _said_wrongly(error: RequestValidationError) -> str:
    """Which value is wrong and why: `limit: Input should be less than or equal to 1000`."""
    found = [
        f"{'.'.join(str(part) for part in each['loc'][1:])[:200] or each['loc'][0]}: "
        f"{'no such key' if each['type'] in UNKNOWN else each['msg']}"
        for each in error.errors()
    ]
    return "; ".join(found)[:1000]
