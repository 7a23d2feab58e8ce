"""The registry: who serves where, from when to when."""

from datetime import UTC, datetime, timedelta

import pytest

from ami.messages import Linkage, Span
from simulators.hes.registry import Registry

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def registry(*linkages: tuple[str, str, int, str | None]) -> Registry:
    """A registry that was told `verb, usage point, hour, meter`."""
    made = Registry()
    for verb, usage_point, hour, meter in linkages:
        assert made.link(Linkage(usage_point, NOON + hour * HOUR, meter), verb) is None
    return made


def served(by: Registry, meter: str) -> list[tuple[str, float, float | None]]:
    """A meter's services, in hours after noon."""
    return [
        (service.usage_point, (service.start - NOON) / HOUR, None if service.end is None else (service.end - NOON) / HOUR)
        for service in by.services(meter)
    ]


def test_linked_meter_serves_until_further_notice() -> None:
    """One linkage is one service without an end."""
    assert served(registry(("create", "U-1", 0, "M-1")), "M-1") == [("U-1", 0, None)]


def test_linkage_that_says_the_same_again_changes_nothing() -> None:
    """A new customer at the same meter is none of the head-end's business."""
    assert served(registry(("create", "U-1", 0, "M-1"), ("change", "U-1", 5, "M-1")), "M-1") == [("U-1", 0, None)]


def test_change_without_a_meter_ends_the_service() -> None:
    """The meter that served there is gone."""
    assert served(registry(("create", "U-1", 0, "M-1"), ("change", "U-1", 5, None)), "M-1") == [("U-1", 0, 5)]


def test_create_without_a_meter_says_nothing_about_one() -> None:
    """A customer alone at a usage point."""
    assert served(registry(("create", "U-1", 0, "M-1"), ("create", "U-1", 5, None)), "M-1") == [("U-1", 0, None)]


@pytest.mark.parametrize(
    "told",
    [
        [("change", "U-1", 5, None), ("create", "U-1", 5, "M-2")],
        [("change", "U-1", 5, "M-2"), ("change", "U-1", 5, None)],
        [("change", "U-1", 5, "M-2")],
    ],
    ids=["out, then in", "in, then out", "in alone"],
)
def test_exchange_ends_one_service_and_begins_the_other(told: list[tuple[str, str, int, str | None]]) -> None:
    """In whatever order it is told."""
    exchanged = registry(("create", "U-1", 0, "M-1"), *told)

    assert (served(exchanged, "M-1"), served(exchanged, "M-2")) == ([("U-1", 0, 5)], [("U-1", 5, None)])


def test_meter_that_moves_has_two_services() -> None:
    """It ends in one place when it begins in the other."""
    moved = registry(("create", "U-1", 0, "M-1"), ("create", "U-2", 5, "M-1"))

    assert served(moved, "M-1") == [("U-1", 0, 5), ("U-2", 5, None)]
    assert [moved.usage_point("M-1", NOON + hour * HOUR) for hour in (4, 5)] == ["U-1", "U-2"]


def test_removal_from_an_unknown_usage_point_is_an_error() -> None:
    """2.12, naming it."""
    error = Registry().link(Linkage("U-9", NOON), "change")

    assert error is not None
    assert (error.code, error.object_id) == ("2.12", "U-9")


def test_meters_at_a_usage_point_are_those_of_the_span() -> None:
    """Before, around and after an exchange at 17:00."""
    exchanged = registry(("create", "U-1", 0, "M-1"), ("create", "U-1", 5, "M-2"))
    asked = [(0, 5), (4, 6), (5, 9), (5, 5), (-2, 0)]

    assert [exchanged.meters_at("U-1", Span(NOON + start * HOUR, NOON + end * HOUR)) for start, end in asked] == [
        ["M-1"],
        ["M-1", "M-2"],
        ["M-2"],
        ["M-2"],
        [],
    ]
