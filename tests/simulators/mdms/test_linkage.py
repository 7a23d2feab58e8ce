"""Which meter serves which usage point."""

from datetime import datetime, timedelta

import pytest

from ami.messages import Span
from tests.simulators.mdms.neighbours import Neighbours, outcome, parts


def history(neighbours: Neighbours) -> list[tuple[str, str, str | None]]:
    """The meters of U-1 with their time there."""
    return [(part["meter"], part["start"], part["end"]) for part in neighbours.control("history", usage_point="U-1")]


def test_meter_is_linked_from_a_moment_on(linked: Neighbours) -> None:
    """Until further notice."""
    assert history(linked) == [("M-1", "2026-03-01T23:00:00Z", None)]


def test_removed_meter_leaves_a_history(linked: Neighbours, day_start: datetime) -> None:
    """Its time there is on record."""
    linked.link(None, since=day_start + timedelta(hours=12), verb="change")

    assert history(linked) == [("M-1", "2026-03-01T23:00:00Z", "2026-03-02T11:00:00Z")]


def test_new_customer_is_no_new_meter(linked: Neighbours, day_start: datetime) -> None:
    """The same meter linked again goes on."""
    linked.link(since=day_start + timedelta(hours=12), verb="change")

    assert history(linked) == [("M-1", "2026-03-01T23:00:00Z", None)]


def test_meter_cannot_be_in_two_places(linked: Neighbours, day_start: datetime) -> None:
    """The second place is refused."""
    reply = linked.link("M-1", "U-2", day_start + timedelta(hours=1))

    assert (reply.result, reply.errors[0].code, reply.errors[0].object_id) == ("FAILED", "2.13", "M-1")


def test_meter_may_move(linked: Neighbours, day_start: datetime) -> None:
    """After it has left the first place."""
    noon = day_start + timedelta(hours=12)
    linked.link(None, since=noon, verb="change")

    assert linked.link("M-1", "U-2", noon).result == "OK"


def test_late_removal_completes_the_day(linked: Neighbours, day_start: datetime) -> None:
    """Half a day is whole once it is known that the meter left at noon."""
    noon = day_start + timedelta(hours=12)
    linked.deliver(linked.readings({day_start + count * timedelta(minutes=30): 500 for count in range(1, 25)}))
    linked.link(None, since=noon, verb="change")
    answer = linked.ask(usage_points=("U-1",), reading_types=("8.0.0.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0",), span=Span(day_start, noon))

    assert outcome(answer) == ("OK", [])
    assert parts(answer)[0].readings[0].readings[0].value == 12


def test_usage_point_nobody_told_of_has_no_history(linked: Neighbours) -> None:
    """The control port says so."""
    with pytest.raises(LookupError, match="U-9"):
        linked.control("history", usage_point="U-9")
