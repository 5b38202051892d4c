"""What linking said, replayed; groups that move; lists of who holds a key."""

from __future__ import annotations

from bench.ledger.generated import generate
from sayso.ledger import Group, Ledger, Member, new_group_id
from sayso.linking.index import MemoryPostings

DAY = "2024-05-0{}T12:00"


def test_a_group_said_anew_replaces_the_old_which_is_replayed(ledger: Ledger) -> None:
    """An incident grows; as known before, it had fewer members."""
    ledger.add(generate(3), learnt=DAY.format(1))
    id_ = new_group_id("incident")
    first = Group("incident", id_, (Member("c3.0", {"words": "its first report"}),), {"type": "x"})
    second = Group("incident", id_, (Member("c3.0"), Member("c5.1", {"words": "same town"})))
    ledger.say_groups([first], at=DAY.format(2))
    ledger.say_groups([second], at=DAY.format(4))
    now = ledger.group("incident", id_)
    then = ledger.group("incident", id_, as_known_at=DAY.format(3))
    assert now is not None
    assert then is not None
    assert now.members == second.members
    assert (then.members, then.detail) == (first.members, {"type": "x"})
    assert ledger.group("incident", id_, as_known_at=DAY.format(1)) is None
    assert [g.id for g in ledger.groups_of("incident", "c5.1")] == [id_]
    assert ledger.groups_of("incident", "c5.1", as_known_at=DAY.format(3)) == []
    assert list(ledger.verify()) == []


def test_a_joined_incident_says_where_it_went(ledger: Ledger) -> None:
    """Its id goes on answering; split again, it answers for itself."""
    one, two = new_group_id("incident"), new_group_id("incident")
    members = (Member("c3.0"), Member("c5.0"))
    ledger.say_groups(
        [Group("incident", i, (m,)) for i, m in zip((one, two), members, strict=True)]
    )
    ledger.say_groups(
        [Group("incident", one, members), Group("incident", two, (), {}, moved_to=one)]
    )
    moved = ledger.group("incident", two)
    assert moved is not None
    assert (moved.moved_to, moved.members) == (one, ())
    ledger.say_groups([Group("incident", two, members[1:])])
    back = ledger.group("incident", two)
    assert back is not None
    assert (back.moved_to, back.members) == (None, members[1:])
    assert list(ledger.verify()) == []


def test_groups_are_of_a_kind(ledger: Ledger) -> None:
    """A claim's incident is not its copy."""
    ledger.say_groups(
        [Group("copy", "g", (Member("r2"),)), Group("incident", "g", (Member("c3.0"),))]
    )
    assert [g.kind for g in ledger.groups_of("copy", "r2")] == ["copy"]
    assert ledger.groups_of("incident", "r2") == []


def test_postings_count_shared_keys(ledger: Ledger) -> None:
    """As the index in memory does; entering twice changes nothing."""
    both = []
    with ledger.postings() as stored:
        for postings in (stored, MemoryPostings()):
            postings.post("marks", "r1", [1, 2, 3])
            postings.post("marks", "r2", [3, 4, 2**62])
            postings.post("marks", "r1", [3, 2, 3])
            postings.post("days", "m3.0", [3])
            both.append(
                [
                    dict(postings.find("marks", keys))
                    for keys in ([3], [1, 2, 3, 3], [2**62], [9], list(range(2_000)))
                ]
            )
    assert both[0] == both[1]
    assert both[0][1] == {"r1": 3, "r2": 1}
