"""A ledger from Python: add reports, ask for what is claimed, as known at any time."""

from __future__ import annotations

import warnings
import weakref
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Any, Self, overload

from sayso import __version__, record
from sayso.api.acting import ledger_url, who
from sayso.api.arguments import checked, rows_of_frame
from sayso.api.asking import Asking, Known, check_policy, make_filters
from sayso.api.reader import Given, Published, Reader
from sayso.api.reading import Reading
from sayso.api.refused import Refused, refused_words
from sayso.errors import LedgerUrlError, SaysoError, UsageError, nearest
from sayso.exchange.formats.leave import READ_BY, Order, leave
from sayso.exchange.formats.making import Making
from sayso.exchange.formats.offer import BY_NAME, FormatName, Left
from sayso.exchange.leaving import Asked
from sayso.incidents.batch import Linking
from sayso.incidents.deciding import Act, Decision, decide
from sayso.ledger import Added, Judged, Maker
from sayso.ledger import Ledger as Store
from sayso.ledger.judging.marks import check_marking
from sayso.record.links import LIST_POLICY, Policy
from sayso.record.marking import Marking, level_of

BATCH = 20  # reports kept at a time: what a crash may cost to read again


class Additions(Sequence[Added]):
    """What became of each report that was added, in order; `refused` could not be read."""

    __slots__ = ("_held", "refused")

    def __init__(self, added: Iterable[Added], refused: Iterable[Refused] = ()) -> None:
        self._held = tuple(added)
        self.refused = tuple(refused)

    @overload
    def __getitem__(self, at: int) -> Added: ...

    @overload
    def __getitem__(self, at: slice) -> Additions: ...

    def __getitem__(self, at: int | slice) -> Added | Additions:
        return Additions(self._held[at]) if isinstance(at, slice) else self._held[at]

    def __len__(self) -> int:
        return len(self._held)

    def __repr__(self) -> str:
        counts = Counter(each.status for each in self._held)
        told = ", ".join(f"{n} {status}" for status, n in counts.items()) or "none"
        return f"<Additions: {told}{f', {len(self.refused)} refused' if self.refused else ''}>"


class Ledger(Asking):
    """An open ledger: a file (`news.db`), `sqlite:///FILE` or `postgresql://USER@HOST/NAME`.

    Without one, $SAYSO_LEDGER, else sayso.db in this folder. It is made where there is none, unless
    `create` is false. Close it, or use it in a `with`. Raises LedgerError, here and below.

    What is marked above `clearance` is not there, in no row, table, picture or count, and below
    "red" a label stands for a protected source's name. Names of private people are blocks in all
    that it answers, unless `unmasked`.
    """

    @checked
    def __init__(
        self, where: str | Path | None = None, *, clearance: Marking = "red",
        unmasked: bool = False, create: bool = True, reader: Reader | None = None,
    ) -> None:  # fmt: skip
        check_marking(clearance)
        self.reader = reader or Reader()
        self.url = _url(where)
        self.clearance = clearance
        self.unmasked = unmasked
        maker = Maker("reader", f"sayso {self.reader.reader}", __version__)
        self._whole = Store.open(self.url, maker=maker, create=create, linking=Linking())
        self._store = self._whole.seen_by(clearance)
        # nobody need close it: what SQLite holds beside its file is put there when a program ends
        weakref.finalize(self, self._whole.close)

    def close(self) -> None:
        """Let the store go."""
        self._whole.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        seen = "" if self.clearance == "red" else f", seen up to {self.clearance}"
        return f"<Ledger of {self._store.head().entries:,} entries{seen}>"

    # -- taking in ---------------------------------------------------------------------------

    @checked
    def add(
        self, sources: Given | record.Reading | Iterable[Given | record.Reading], *,
        published: Published = None, publisher: str | None = None, reread: bool = False,
        marking: Marking | None = None,
    ) -> Additions:  # fmt: skip
        """What became of each report: `new`, `same`, `version`, `older` or `reread`.

        Takes readings, and whatever `Reader.read_many` takes: texts, files, folders, rows. They are
        read, kept and linked with what is held, as `sayso add` does. One that cannot be read stops
        no other: it stands in `refused`, and a warning says so; raises SaysoError where nothing can
        be read. `reread` lets what is read now replace what was read before, `marking` says who may
        see it; a report that is known takes a stricter one, and no laxer one.
        """
        refused: list[Refused] = []
        readings = self._readings(sources, refused, published, publisher)
        batches = self._store.add_batches(readings, reread=reread, size=BATCH, marking=marking)
        added = [each for batch in batches for each in batch]
        if refused and not added:
            raise SaysoError(str(refused[0]))
        if refused:
            warnings.warn(f"not added: {refused_words(refused)}", stacklevel=2)
        return Additions(added, refused)

    def _readings(
        self, sources: Any, refused: list[Refused], published: Published, publisher: str | None
    ) -> Iterator[record.Reading]:
        """The readings among the sources, and those of the others, in their order."""
        if isinstance(sources, (str, Path, Mapping, record.Reading)):
            sources = [sources]
        after = 0
        for is_reading, group in groupby(
            rows_of_frame(sources), lambda s: isinstance(s, record.Reading)
        ):
            given, before = iter(group), after
            for each in given if is_reading else self._read(given, published, publisher):
                if isinstance(each, Refused):
                    refused.append(replace(each, after=before + each.after))
                else:
                    after += 1
                    yield each

    def _read(
        self, given: Iterator[Any], published: Published, publisher: str | None
    ) -> Iterator[Reading | Refused]:
        return self.reader.outcomes(given, published=published, publisher=publisher)

    # -- deciding ----------------------------------------------------------------------------

    @checked
    def judge(
        self, action: Act, target: str, *more: str, reason: str, by: str | None = None,
        values: Mapping[str, Any] | None = None, into: str | None = None, also: Iterable[str] = (),
    ) -> tuple[Judged, ...]:  # fmt: skip
        """The judgements that a decision made, as `sayso judge` makes them (docs/commands.md).

        `more` stands behind the target as there: another incident or source to join, reports to
        split off (`into`: an incident), a grade, a marking, forms of a name to protect (`also`:
        beside those that are found), the id of a join to undo. `values` are fields to correct with
        their new values. `by` is who decides; else $SAYSO_USER, else the login name. Raises
        UsageError for what cannot be, NotInLedgerError where there is nothing to decide about.
        """
        said = Decision(action, target, more, values or {}, into, tuple(also))
        return decide(self._store, said, by=who(by), reason=reason)

    @checked
    def export(
        self, format_: FormatName, path: str | Path, words: str | None = None, *,
        actor: str | None = None, place: str | None = None, type: str | None = None,
        measure: str | None = None, speaker: str | None = None, certainty: str | None = None,
        from_: Known = None, to: Known = None, as_known_at: Known = None,
        policy: Policy | None = None, tlp: Marking = "amber", clearance: Marking = READ_BY,
        unmasked: bool = False, by: str | None = None,
    ) -> Left:  # fmt: skip
        """What left: a file (of "parquet" a folder) of the incidents that fit, noted in the ledger.

        Formats and filters are those of `sayso export` (docs/formats.md). `policy` makes one figure
        of many, else the format's own; `tlp` marks a STIX bundle. What is marked above `clearance`,
        or the ledger's own, stays; private people are hidden unless `unmasked` here. The file is
        there whole or not at all. `by` is who takes it away; else $SAYSO_USER, else the login name.
        """
        if format_ not in BY_NAME:
            near = " or ".join(nearest(format_, BY_NAME)) or ", ".join(BY_NAME)
            raise UsageError(f"no format {format_!r:.40}; did you mean {near}?")
        if policy is not None:
            check_policy(policy)
        for marking in (tlp, clearance):
            check_marking(marking)
        form, place_ = BY_NAME[format_], Path(path)
        if "\0" in str(path):
            raise UsageError(f"export: {str(path)!r} is the name of no file")
        filters = make_filters(
            words=words, actor=actor, place=place, type=type, measure=measure, speaker=speaker,
            certainty=certainty, from_=from_, to=to, as_known_at=as_known_at,
        )  # fmt: skip
        asked = Asked(filters, policy or form.policy or LIST_POLICY, unmasked, tlp)
        seen = min(clearance, self.clearance, key=level_of)
        with Making(place_) as made:
            return leave(self._whole, Order(form, asked, place_.name, who(by), seen), made)


def _url(where: str | Path | None) -> str:
    """The address of a ledger; a path is SQLite's."""
    if where is None:
        return ledger_url(None)
    if not isinstance(where, (str, Path)) or not str(where):
        raise LedgerUrlError(
            f"{where!r} is no ledger", "give a file, sqlite:///FILE or postgresql://USER@HOST/NAME"
        )
    return where if isinstance(where, str) and "://" in where else f"sqlite:///{where}"
