"""The meter network: who answers, and who tells the truth."""

from datetime import UTC, datetime, timedelta

import pytest

from ami.messages import Span
from simulators.meter import MeterNetwork, Order
from simulators.meter.misread import Misread
from simulators.profiles import Profile

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
RISING = Profile("rising", 60, NOON, tuple(range(100, 2_500, 100)))


@pytest.fixture
def network() -> MeterNetwork:
    """One meter of hours, whose first hour has 100 Wh and each other 100 Wh more, and which feeds the same in."""
    made = MeterNetwork()
    made.install([Order("M-1", 60, RISING, NOON, RISING)])
    return made


def test_meter_answers_while_it_stands_in_the_field(network: MeterNetwork) -> None:
    """Before its installation and after its removal it does not; its log can still be had."""
    network.find("M-1").remove(NOON + 5 * HOUR)

    assert [network.answers("M-1", NOON + hours * HOUR) for hours in (-1, 0, 4, 5)] == [False, True, True, False]
    assert network.can_be_read("M-1", NOON + 5 * HOUR)


def test_silent_meter_does_not_answer_from_start_to_end(network: MeterNetwork) -> None:
    """The end of the silence does not belong to it."""
    network.silence("M-1", Span(NOON + HOUR, NOON + 2 * HOUR))

    assert [network.answers("M-1", NOON + hours * HOUR) for hours in (0, 1, 2)] == [True, False, True]
    assert not network.can_be_read("M-1", NOON + HOUR)


def test_meter_without_supply_does_not_answer(network: MeterNetwork) -> None:
    """There is nothing to answer with."""
    network.find("M-1").lose_supply(NOON)

    assert not network.answers("M-1", NOON)
    assert not network.can_be_read("M-1", NOON)


def test_unknown_meter_does_not_answer_and_cannot_be_found(network: MeterNetwork) -> None:
    """Nobody there."""
    assert not network.answers("M-2", NOON)
    with pytest.raises(LookupError, match="M-2"):
        network.find("M-2")


@pytest.mark.parametrize("meters", [["M-1"], ["M-2", "M-2"]], ids=["there already", "twice at once"])
def test_number_is_given_once(network: MeterNetwork, meters: list[str]) -> None:
    """A second meter of the same number is refused, and nothing is put in the field."""
    with pytest.raises(ValueError, match="already"):
        network.install([Order(meter, 60, RISING, NOON) for meter in meters])
    assert list(network.meters) == ["M-1"]


@pytest.mark.parametrize(
    ("kind", "wh", "told"),
    [
        ("spike", None, (100, 50_200, 50_300, 400)),
        ("spike", 9_000, (100, 9_000, 9_000, 400)),
        ("negative", None, (100, -200, -300, 400)),
        ("negative", 7, (100, -7, -7, 400)),
        ("zero", None, (100, 0, 0, 400)),
        ("stuck", None, (100, 100, 100, 400)),
        ("stuck", 42, (100, 42, 42, 400)),
        ("missing", None, (100, None, None, 400)),
    ],
)
def test_misreading_tells_its_stretch_wrongly_and_nothing_else(
    network: MeterNetwork, kind: str, wh: int | None, told: tuple[int | None, ...]
) -> None:
    """The register, the reverse flow, and the truth stay right; the truth says where it was disturbed."""
    network.misread("M-1", Misread(NOON + HOUR, NOON + 3 * HOUR, kind, wh))
    readout = network.read_span("M-1", Span(NOON, NOON + 4 * HOUR), NOON + 4 * HOUR)
    truth = network.truth("M-1", NOON + 4 * HOUR)

    assert readout is not None
    assert [flow.wh for flow in readout.flows] == [told, (100, 200, 300, 400)]
    assert readout.flows[0].registers[1] == (NOON + 4 * HOUR, 1_000)
    assert (truth.wh, truth.reverse_wh) == ([100, 200, 300, 400], [100, 200, 300, 400])
    assert truth.disturbed == [(NOON + HOUR, NOON + 3 * HOUR, kind)]


def test_unknown_kind_of_misreading_is_refused(network: MeterNetwork) -> None:
    """The refusal names those that there are."""
    with pytest.raises(ValueError, match="spike, negative, zero, stuck, missing"):
        network.misread("M-1", Misread(NOON, NOON + HOUR, "odd"))


def test_wrong_clock_is_a_disturbance_until_it_is_set(network: MeterNetwork) -> None:
    """Whole intervals around the time in which the clock was wrong."""
    network.find("M-1").set_clock(-60, NOON + 90 * timedelta(minutes=1))
    network.find("M-1").set_clock(0, NOON + 2.5 * HOUR)

    assert network.truth("M-1", NOON + 9 * HOUR).disturbed == [(NOON + HOUR, NOON + 3 * HOUR, "clock")]
