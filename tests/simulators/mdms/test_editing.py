"""Editing by a person."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.simulators.mdms.neighbours import Neighbours

HALF_HOUR = timedelta(minutes=30)


def edit(linked: Neighbours, moment: datetime, **more: Any) -> Any:
    """Ada edits an interval of M-1."""
    said = {"meter": "M-1", "end": moment.isoformat(), "wh": 600, "user": "ada", "reason": "photograph"}
    return linked.control("edit", **(said | more))


def test_edit_leaves_a_trail(linked: Neighbours, day_start: datetime) -> None:
    """Who, why, what before, what after, when."""
    linked.deliver(linked.readings(500))
    edit(linked, day_start + HALF_HOUR)
    (trail,) = linked.control("audit", meter="M-1")

    assert (trail["user"], trail["reason"], trail["before"], trail["after"]) == ("ada", "photograph", 500, 600)
    assert datetime.fromisoformat(trail["at"]) == linked.now
    assert linked.wh()[0] == 600


def test_gap_can_be_edited_shut(linked: Neighbours, day_start: datetime) -> None:
    """There was no value before."""
    linked.deliver(linked.readings([None, *[500] * 47]))
    edit(linked, day_start + HALF_HOUR)

    assert linked.wh() == [600] + [500] * 47
    assert linked.control("audit")[0]["before"] is None


def test_edit_can_be_edited(linked: Neighbours, day_start: datetime) -> None:
    """Each step stays on the trail."""
    linked.deliver(linked.readings(500))
    edit(linked, day_start + HALF_HOUR)
    edit(linked, day_start + HALF_HOUR, wh=610)

    assert [one["before"] for one in linked.control("audit")] == [500, 600]
    assert linked.wh()[0] == 610


@pytest.mark.parametrize(
    "wrong",
    [
        {"wh": -1},
        {"wh": 1.5},
        {"wh": True},
        {"user": ""},
        {"reason": None},
        {"end": "2026-03-02T01:07:00Z"},
        {"end": "2026-03-02T01:00:00"},
    ],
)
def test_edit_that_makes_no_sense_is_refused(linked: Neighbours, day_start: datetime, wrong: dict[str, Any]) -> None:
    """And changes nothing."""
    linked.deliver(linked.readings(500))
    with pytest.raises(ValueError, match=r"."):
        edit(linked, day_start + HALF_HOUR, **wrong)

    assert linked.wh() == [500] * 48
    assert linked.control("audit") == []


def test_edit_of_an_unknown_meter_is_refused(linked: Neighbours, day_start: datetime) -> None:
    """There is nothing to edit."""
    with pytest.raises(LookupError, match="M-9"):
        edit(linked, day_start + HALF_HOUR, meter="M-9")
