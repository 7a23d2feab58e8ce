"""Master data on its way to its readers."""

from datetime import timedelta

from ami import names
from ami.messages import Reply, ReplyError
from ami.ports import Json
from tests.simulators.cis.neighbours import MARCH, Neighbours

NOUN = names.MASTER_DATA_LINKAGE_CONFIG
MINUTE = timedelta(minutes=1)


def moved_in() -> Neighbours:
    """A CIS that has just told both readers of a customer."""
    neighbours = Neighbours()
    neighbours.control("move_in", usage_point="UP-1", meter="M-1", tariff="flat", at="2026-03-01")
    return neighbours


def states(neighbours: Neighbours) -> dict[str, Json]:
    """How far the linkages have come, by reader."""
    return {linkage["system"]: (linkage["state"], linkage["attempts"]) for linkage in neighbours.account()["linkages"]}


def test_accepted() -> None:
    """An OK closes a linkage."""
    neighbours = moved_in()
    neighbours.accept_linkages()
    assert states(neighbours) == {"mdms": ("accepted", 1), "hes": ("accepted", 1)}


def test_refusal_is_seen_and_not_repeated() -> None:
    """The account shows why, a notice is left, and nothing is sent again."""
    neighbours = moved_in()
    refusal = Reply("FAILED", (ReplyError("2.4", reason="no such meter", object_id="M-1"),))
    neighbours.hear(neighbours.response(neighbours.take(NOUN, names.HES), refusal))
    neighbours.accept_linkages()
    neighbours.wake(MARCH.start + timedelta(days=1))

    assert states(neighbours) == {"mdms": ("accepted", 1), "hes": ("failed", 1)}
    assert neighbours.account()["linkages"][1]["text"] == "2.4 M-1 no such meter"
    assert [(notice["kind"], notice["usage_point"]) for notice in neighbours.control("notices")] == [("linkage failed", "UP-1")]
    assert neighbours.out == []


def test_undelivered_is_told_again_with_growing_patience() -> None:
    """After one minute, then five, then fifteen; each time under a fresh id."""
    neighbours = moved_in()
    neighbours.hear(neighbours.response(neighbours.take(NOUN)))
    ids, moments = set(), []
    for _ in range(4):
        message = neighbours.take(NOUN, names.HES)
        ids.add(message.header.message_id)
        moments.append((neighbours.now - MARCH.start) / MINUTE)
        neighbours.lose(message)
        assert states(neighbours)["hes"][0] == "waiting"
        due = neighbours.cis.due_at()
        assert due is not None
        neighbours.wake(due)
    neighbours.accept_linkages()

    assert moments == [0, 1, 6, 21]
    assert len(ids) == 4
    assert states(neighbours)["hes"] == ("accepted", 5)
    assert [notice["kind"] for notice in neighbours.control("notices")] == ["linkage undelivered"]


def test_reply_that_never_comes() -> None:
    """Where nothing comes back in a quarter of an hour, it is told again."""
    neighbours = moved_in()
    neighbours.out.clear()
    neighbours.wake(MARCH.start + 15 * MINUTE)
    assert sorted(message.to or "" for message in neighbours.out) == ["hes", "mdms"]


def test_order_is_kept_through_an_outage() -> None:
    """A move-out is not told to a system that has not yet taken the move-in."""
    neighbours = moved_in()
    neighbours.lose(neighbours.take(NOUN, names.HES))
    neighbours.hear(neighbours.response(neighbours.take(NOUN)))
    neighbours.control("move_out", usage_point="UP-1", at="2026-03-10")
    assert [(message.to, message.header.verb) for message in neighbours.out] == [("mdms", "change")]

    neighbours.wake(MARCH.start + MINUTE)
    assert neighbours.take(NOUN, names.HES).header.verb == "create"


def test_refusal_lets_the_next_one_go() -> None:
    """What was refused does not hold up what follows."""
    neighbours = moved_in()
    neighbours.control("move_out", usage_point="UP-1", at="2026-03-10")
    neighbours.hear(neighbours.response(neighbours.take(NOUN, names.HES), Reply("FAILED", (ReplyError("5.3"),))))
    assert neighbours.take(NOUN, names.HES).header.verb == "change"


def test_reply_of_somebody_else() -> None:
    """The head-end cannot accept for the MDMS."""
    neighbours = moved_in()
    reply = neighbours.response(neighbours.take(NOUN))
    neighbours.hear(type(reply)(reply.kind, reply.header, reply.reply, sender=names.HES))
    assert states(neighbours)["mdms"] == ("sent", 1)
    assert [notice["kind"] for notice in neighbours.control("notices")] == ["stray reply"]


def test_second_reply() -> None:
    """A reply counts once."""
    neighbours = moved_in()
    message = neighbours.take(NOUN)
    neighbours.hear(neighbours.response(message))
    neighbours.hear(neighbours.response(message, Reply("FAILED", (ReplyError("5.3"),))))
    assert states(neighbours)["mdms"] == ("accepted", 1)


def test_undelivered_after_the_reply() -> None:
    """Who has answered has received."""
    neighbours = moved_in()
    message = neighbours.take(NOUN)
    neighbours.hear(neighbours.response(message))
    neighbours.lose(message)
    assert states(neighbours)["mdms"] == ("accepted", 1)
