"""Times: every manner of naming one, read against a published Friday, 2024-12-27."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reading.grounding.times.find import read_times
from sayso.reading.grounding.times.words import read_words
from sayso.record import Time, When

FRIDAY = When("2024-12-27", "2024-12-27", "day", "given")
MONDAY = When("2024-12-23", "2024-12-23", "day", "given")


def _words(text: str, time: Time) -> str:
    return text[time.span[0].start : time.span[0].end]


def _only(text: str, published: When | None = FRIDAY) -> Time:
    (time,) = read_times(text, published)
    return time


DAYS = [
    ("The bridge fell on Dec. 26th.", "Dec. 26th", "2024-12-26"),
    ("The bridge fell on 26 December 2023.", "26 December 2023", "2023-12-26"),
    ("It was built by the 26th of December, 2019.", "the 26th of December, 2019", "2019-12-26"),
    ("The log of 2024-11-02 is lost.", "2024-11-02", "2024-11-02"),
    ("The log of 11/02/2024 is lost.", "11/02/2024", "2024-11-02"),
    ("The log of 22/11/2024 is lost.", "22/11/2024", "2024-11-22"),
    ("Thursday, March 2, 2023 was the last day.", "Thursday, March 2, 2023", "2023-03-02"),
    ("The convoy left on Friday.", "Friday", "2024-12-27"),
    ("The convoy left last Friday.", "last Friday", "2024-12-20"),
    ("The convoy left on Monday.", "Monday", "2024-12-23"),
    ("The convoy will leave on Monday.", "Monday", "2024-12-30"),
    ("The convoy leaves next Friday.", "next Friday", "2025-01-03"),
    ("The convoy left on Tuesday last week.", "Tuesday last week", "2024-12-17"),
    ("Friday 20, the town fell.", "Friday 20", "2024-12-20"),
    ("Yesterday the town fell.", "Yesterday", "2024-12-26"),
    ("The town may fall tomorrow.", "tomorrow", "2024-12-28"),
    ("The dam broke on Jan 9.", "Jan 9", "2025-01-09"),
    ("The dam broke on Oct. 9.", "Oct. 9", "2024-10-09"),
    ("The tower fell 10 days ago.", "10 days ago", "2024-12-17"),
    ("He was born on Christmas Day.", "Christmas Day", "2024-12-25"),
    ("They recalled the 9/11 attacks.", "9/11", "2001-09-11"),
]


@pytest.mark.parametrize(("text", "words", "day"), DAYS)
def test_a_day_is_read_in_every_manner(text: str, words: str, day: str) -> None:
    """A mention of a day has its words, that day as start and end, and the precision of a day."""
    time = _only(text)
    assert (_words(text, time), time.start, time.end) == (words, day, day)
    assert (time.precision, time.timex) == ("day", day)


STRETCHES = [
    ("The siege began in August.", "August", "2024-08-01", "2024-08-31", "2024-08"),
    ("The siege began in August 2022.", "August 2022", "2022-08-01", "2022-08-31", "2022-08"),
    ("The siege began in June last year.", "June last year", "2023-06-01", "2023-06-30", "2023-06"),
    ("The siege began last April.", "last April", "2024-04-01", "2024-04-30", "2024-04"),
    ("It ended at the end of July.", "the end of July", "2024-07-25", "2024-07-31", "2024-07"),
    ("It ended in mid-July.", "mid-July", "2024-07-11", "2024-07-21", "2024-07"),
    ("Rain fell last week.", "last week", "2024-12-16", "2024-12-22", "2024-W51"),
    ("Rain fell this week.", "this week", "2024-12-23", "2024-12-29", "2024-W52"),
    ("Rain fell earlier this month.", "earlier this month", "2024-12-01", "2024-12-27", "2024-12"),
    ("Rain is due next month.", "next month", "2025-01-01", "2025-01-31", "2025-01"),
    ("Shops closed last year.", "last year", "2023-01-01", "2023-12-31", "2023"),
    ("Shops closed in 2015.", "2015", "2015-01-01", "2015-12-31", "2015"),
    ("Shops closed in early 2019.", "early 2019", "2019-01-01", "2019-04-30", "2019"),
    ("Shops closed in the 1990s.", "the 1990s", "1990-01-01", "1999-12-31", "199"),
    ("Shops closed in the summer of 2021.", "the summer of 2021", "2021-06-01", "2021-08-31",
     "2021-SU"),
    ("Profit rose in the third quarter.", "the third quarter", "2024-07-01", "2024-09-30",
     "2024-Q3"),
    ("They fled three years ago.", "three years ago", "2021-01-01", "2021-12-31", "2021"),
    ("They fled two months ago.", "two months ago", "2024-10-01", "2024-10-31", "2024-10"),
    ("They have fled since 2015.", "2015", "2015-01-01", "2024-12-27", "2015"),
    ("They have fled since Monday.", "Monday", "2024-12-23", "2024-12-27", "2024-12-23"),
    ("It rained for the last five years.", "the last five years", "2019-12-27", "2024-12-27",
     "P5Y"),
    ("The feud has run for seventeen years.", "seventeen years", "2007-01-01", "2024-12-27",
     "P17Y"),
    ("Rain fell on Dec. 3-5.", "Dec. 3-5", "2024-12-03", "2024-12-05", "2024-12-03/2024-12-05"),
    ("Rain fell between March and May 2023.", "March and May 2023", "2023-03-01", "2023-05-31",
     "2023-03/2023-05"),
    ("He ruled from 2014 to 2019.", "2014 to 2019", "2014-01-01", "2019-12-31", "2014/2019"),
    ("Two ships sank over the weekend.", "the weekend", "2024-12-21", "2024-12-22",
     "2024-W51-WE"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "start", "end", "timex"), STRETCHES)
def test_a_stretch_ends_with_its_last_day(
    text: str, words: str, start: str, end: str, timex: str
) -> None:
    """Months, weeks, years, rolling spans and ranges are intervals with the end inclusive."""
    time = _only(text)
    assert (_words(text, time), time.start, time.end) == (words, start, end)
    assert time.timex == timex


LENGTHS = [
    ("They marched for three days.", "P3D"), ("A two-week truce held.", "P2W"),
    ("It took nearly forty years.", "P40Y"), ("They held out for weeks.", "PXW"),
    ("It burned for half an hour.", ""), ("It burned for several hours.", "PTXH"),
    ("They meet every day.", "P1D"), ("They meet every Friday.", "XXXX-WXX-5"),
    ("The count is made annually.", "P1Y"), ("He previously led the unit.", "PAST_REF"),
    ("She will soon resign.", "FUTURE_REF"), ("It lasted 2 1/2 years.", "P2Y6M"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "timex"), LENGTHS)
def test_lengths_sets_and_references_are_no_dates(text: str, timex: str) -> None:
    """A length, a repetition or a reference to the past has a TIMEX3 value and no days."""
    times = read_times(text, FRIDAY)
    if not timex:
        assert not [t for t in times if t.start]
        return
    assert [(t.timex, t.start, t.end) for t in times] == [(timex, None, None)]


CLOCKS = [
    ("The blast came at 4:00 A.M. local time.", "2024-12-27T04:00"),
    ("Yesterday the blast came at 4:00 A.M. in the port.", "2024-12-26T04:00"),
    ("The blast came at 2 p.m. on Thursday.", "2024-12-26T14:00"),
    ("The blast came at 10:35 a.m. (0735 GMT) Thursday.", "2024-12-26T10:35"),
    ("The blast came at noon Thursday.", "2024-12-26T12:00"),
]


@pytest.mark.parametrize(("text", "minute"), CLOCKS)
def test_a_clock_time_lies_on_the_day_beside_it(text: str, minute: str) -> None:
    """A clock time takes the day of its sentence, named before it or behind, else the report's."""
    (time,) = (t for t in read_times(text, FRIDAY) if t.timex == minute)
    assert (time.start, time.end, time.precision) == (minute, minute, "minute")


def test_a_part_of_a_day_keeps_its_day() -> None:
    """A Friday night, last night and this morning lie on their days."""
    assert [
        (t.timex, t.start)
        for t in read_times("Friday night, last night and this morning it rained.", FRIDAY)
    ] == [
        ("2024-12-27TNI", "2024-12-27"), ("2024-12-26TNI", "2024-12-26"),
        ("2024-12-27TMO", "2024-12-27"),
    ]  # fmt: skip


def test_a_day_named_again_is_the_one_before() -> None:
    """What is "that same day" or "two days later" hangs on the date named before."""
    text = (
        "On Nov. 3 they met. That same day shots fell. The next day they fled, two days later all."
    )
    assert [t.start for t in read_times(text, FRIDAY)] == [
        "2024-11-03", "2024-11-03", "2024-11-04", "2024-11-06",
    ]  # fmt: skip


def test_a_time_counted_from_an_event_stays_open() -> None:
    """Days after a speech are bound to no day: the event's own time isn't known."""
    time = _only("The report came days after the minister spoke to the press.")
    assert (time.timex, time.start, time.end, time.basis) == ("PXD", None, None, "event")
    near = _only("The talk came approximately one week after an attack on the port.")
    assert (near.timex, near.basis) == ("P1W", "event")


def test_a_time_counted_from_a_date_is_that_many_days_on() -> None:
    """A distance from a date is a day: "two days after Christmas"."""
    assert _only("They came two days after Christmas Day.").start == "2024-12-27"


def test_the_week_of_a_mondays_report_is_the_one_behind_it_where_the_words_are_past() -> None:
    """On a Monday, "this week saw" can only tell of the days before it."""
    past = _only("This week saw two votes.", MONDAY)
    coming = _only("A plan will be shown later this week.", MONDAY)
    assert (past.start, past.end) == ("2024-12-16", "2024-12-22")
    assert (coming.start, coming.end) == ("2024-12-23", "2024-12-29")


def test_words_that_say_a_time_is_to_come_make_it_so() -> None:
    """A "will", "due" or "until" looks ahead; a past verb nearer by, or "had", does not."""
    ahead = [
        "The court is due to sit on Tuesday.", "They have until Tuesday to answer.",
        "On Tuesday will come the vote.",
    ]  # fmt: skip
    behind = ["The court sat on Tuesday and will sit again.", "It had been due to end on Tuesday."]
    assert [_only(t).start or _only(t).end for t in ahead][:1] == ["2024-12-31"]
    assert [_only(t).end for t in ahead] == ["2024-12-31"] * 3
    assert [_only(t).end for t in behind] == ["2024-12-24"] * 2


def test_without_a_published_date_values_are_symbolic() -> None:
    """No date is taken from a clock: what hangs on a missing published date has no days."""
    text = "On Friday, on Dec. 26th, in August, last week and yesterday it rained."
    times = read_times(text, None)
    assert [t.timex for t in times] == [
        "XXXX-WXX-5", "XXXX-12-26", "XXXX-08", "XXXX-WXX", "XXXX-XX-XX",
    ]  # fmt: skip
    assert not any(t.start or t.end for t in times)


def test_a_published_month_is_no_anchor() -> None:
    """A published date that is known only to the month anchors nothing."""
    month = When("2024-12-01", "2024-12-31", "month", "found")
    assert _only("The convoy left on Friday.", month).start is None


@pytest.mark.parametrize(
    "text",
    [
        "They march on the capital and may take it.",
        "May he rest. March on, they said.",
        "The sun sat low while they wed.",
        "He lives at 10 Downing Street.",
        "A 20-year-old man, 34 years old at most.",
        "Version 10.15 of the code beat 3-1.",
        "Some 2000 people and 1999 soldiers fled, with $2024 each.",
        "The second blast and a second round followed in a New York minute.",
        "Resolution 1701 was read on Flight 1999.",
        "Shoppers crowd in on Black Friday.",
        "Almost three-quarters of the wheat burned.",
    ],
)
def test_words_that_look_like_times_are_left_alone(text: str) -> None:
    """Verbs, modals, ages, counts, scores, addresses and names hold no date."""
    assert [t for t in read_times(text, FRIDAY) if t.start or "-" in t.timex] == []


def test_ages_are_no_lengths() -> None:
    """An age is not a length of time."""
    assert read_times("A 20-year-old man and a woman, 34 years old, came.", FRIDAY) == []


def test_a_story_hangs_on_the_date_before() -> None:
    """In a narrative, a date without a year lies near the one named before it."""
    text = "In November 1942 the ring closed. On 2 February the last men gave up."
    times = read_times(text, FRIDAY, narrative=True)
    assert [t.timex for t in times] == ["1942-11", "1943-02-02"]
    assert times[1].basis == "previous"


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    """Whatever the text, spans lie in it, in order and apart, and no interval is upside down."""
    for published in (FRIDAY, None):
        times = read_times(text, published)
        ends = [0]
        for time in times:
            (span,) = time.span
            assert ends[-1] <= span.start < span.end <= len(text)
            ends.append(span.end)
            assert not time.start or not time.end or time.start <= time.end


_PIECES = st.sampled_from(
    "Friday last next the end of 26th Dec. 31 2024 May and - to between days after ago two "
    "9999 0001 0 week year , . since until century 22nd every now 4:60 p.m. midnight half a "
    "29 February 1:30 1000000 winter this '99 BC decades".split()
)


@given(st.lists(_PIECES, max_size=12), st.sampled_from([FRIDAY, None]), st.booleans())
def test_any_run_of_the_words_of_time_is_read(
    pieces: list[str],
    published: When | None,
    narrative: bool,  # noqa: FBT001
) -> None:
    """The words of time in any order never break the reading, at the calendar's ends too."""
    text = " ".join(pieces)
    for time in read_times(text, published, narrative=narrative):
        assert text[time.span[0].start : time.span[0].end].strip()
        assert time.timex


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The rebels said they would free him on Saturday.", "2024-12-28"),
        ("He said that the road would not open before Sunday.", "2024-12-29"),
        ("He would have met them on Monday.", "2024-12-23"),
        ("They would question the driver, who was held on Monday.", "2024-12-23"),
    ],
)
def test_what_somebody_would_do_is_still_to_come(text: str, day: str) -> None:
    """What was said that one would do lies ahead, what would have been does not."""
    (found,) = read_times(text, When("2024-12-27", "2024-12-27", "day", "given"))
    assert found.timex == day


def test_a_number_without_an_end_is_cut() -> None:
    """Groups of three that a letter ends were gone through again from each of them."""
    assert [w.text for w in read_words("12,345,678 tons")] == ["12,345,678", "tons"]
    words = read_words("111," * 50_000 + "111a")
    assert len(words) <= 100_001
