"""One meter goes, another comes."""

from datetime import UTC, datetime

import pytest

from ami import names
from ami.errors import WrongStateError
from ami.messages import MasterDataLinkageConfig, Span
from tests.simulators.cis.neighbours import BILLING_DAY, MARCH, Neighbours, measured_by, supplied

EXCHANGED_AT = datetime(2026, 3, 12, 10, tzinfo=UTC)


def exchanged(**more: str) -> Neighbours:
    """UP-1 after M-1 was replaced by M-2, with the readers informed."""
    neighbours = supplied()
    at = EXCHANGED_AT.isoformat()
    neighbours.control("exchange_meter", usage_point="UP-1", old_meter="M-1", new_meter="M-2", at=at, **more)
    neighbours.accept_linkages()
    return neighbours


def answer_for_both(neighbours: Neighbours) -> None:
    """The MDMS answers the bill of March from both meters."""
    types = neighbours.question().reading_types
    neighbours.answer_bill(
        measured_by("M-1", Span(MARCH.start, EXCHANGED_AT), types), measured_by("M-2", Span(EXCHANGED_AT, MARCH.end), types)
    )


def test_removal_is_told_before_installation() -> None:
    """The second message waits until the first has been accepted."""
    neighbours = supplied()
    neighbours.control("exchange_meter", usage_point="UP-1", old_meter="M-1", new_meter="M-2", at=EXCHANGED_AT.isoformat())
    said = []
    while any(message.to == names.HES for message in neighbours.out):
        message = neighbours.take(names.MASTER_DATA_LINKAGE_CONFIG, names.HES)
        assert isinstance(message.payload, MasterDataLinkageConfig)
        (linkage,) = message.payload.linkages
        said.append((message.header.verb, linkage.meter, linkage.reason, linkage.account))
        neighbours.hear(neighbours.response(message))
    assert said == [("change", None, "removal", "A-000001"), ("create", "M-2", "installation", "A-000001")]


def test_bill_counts_both_meters() -> None:
    """One bill, both meters with their final and initial reads, and every kWh of both."""
    neighbours = exchanged()
    neighbours.wake(BILLING_DAY)
    answer_for_both(neighbours)

    (issued,) = neighbours.bills()

    assert (issued["status"], issued["kwh_total"]) == ("issued", "743")
    assert [(meter["meter"], meter["start_register_kwh"], meter["end_register_kwh"]) for meter in issued["meters"]] == [
        ("M-1", "1416", "1690"),
        ("M-2", "1690", "2159"),
    ]


def test_one_meter_is_not_enough() -> None:
    """An MDMS that did not notice the exchange makes no bill."""
    neighbours = exchanged()
    neighbours.wake(BILLING_DAY)
    neighbours.answer_bill()
    assert "expected readings of M-1 2026-03-01T00:00Z/2026-03-12T10:00Z, M-2" in neighbours.bills()[0]["reason"]


def test_reads_of_the_crew_are_compared() -> None:
    """What was read on the faces agrees with the determinants here."""
    neighbours = exchanged(final_kwh="1690", initial_kwh="1690.0")
    neighbours.wake(BILLING_DAY)
    answer_for_both(neighbours)
    assert neighbours.bills()[0]["status"] == "issued"


def test_reads_of_the_crew_that_contradict() -> None:
    """And here it does not."""
    neighbours = exchanged(final_kwh="1680")
    neighbours.wake(BILLING_DAY)
    answer_for_both(neighbours)
    assert "M-1: the register at 2026-03-12T10:00Z is 1690 kWh; the crew at removal has 1680 kWh" in neighbours.bills()[0]["reason"]


def test_history_of_the_usage_point() -> None:
    """Both meters stay on the books."""
    meters = exchanged(final_kwh="1690").account()["meters"]
    assert [(meter["meter"], meter["end"], meter["final_kwh"]) for meter in meters] == [
        ("M-1", "2026-03-12T10:00:00Z", "1690"),
        ("M-2", None, None),
    ]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"old_meter": "M-9", "new_meter": "M-2"}, LookupError),
        ({"old_meter": "M-1", "new_meter": "M-1"}, None),
        ({"old_meter": "M-1", "new_meter": "M-7"}, WrongStateError),
        ({"old_meter": "M-1", "new_meter": "M-2", "final_kwh": "much"}, ValueError),
    ],
)
def test_exchange_that_makes_no_sense(arguments: dict[str, str], error: type[Exception] | None) -> None:
    """The old meter has to hang there, the new one nowhere; the same one again is a reinstallation."""
    neighbours = supplied()
    neighbours.control("install_meter", usage_point="UP-7", meter="M-7", at="2026-03-01")
    at = EXCHANGED_AT.isoformat()
    if error is None:
        neighbours.control("exchange_meter", usage_point="UP-1", at=at, **arguments)
        return
    with pytest.raises(error):
        neighbours.control("exchange_meter", usage_point="UP-1", at=at, **arguments)
    assert [meter["end"] for meter in neighbours.account()["meters"]] == [None]


def test_exchange_that_is_entered_late() -> None:
    """A customer who moved in since is told again, with the meter that hung there by then."""
    neighbours = supplied()
    neighbours.now = datetime(2026, 3, 25, tzinfo=UTC)
    neighbours.control("move_out", usage_point="UP-1", at="2026-03-20")
    neighbours.accept_linkages()
    neighbours.out.clear()
    neighbours.control("exchange_meter", usage_point="UP-1", old_meter="M-1", new_meter="M-2", at=EXCHANGED_AT.isoformat())

    said = []
    while any(message.to == names.MDMS for message in neighbours.out):
        message = neighbours.take(names.MASTER_DATA_LINKAGE_CONFIG)
        assert isinstance(message.payload, MasterDataLinkageConfig)
        (linkage,) = message.payload.linkages
        said.append((linkage.effective_at.day, linkage.meter, linkage.account))
        neighbours.hear(neighbours.response(message))

    assert said == [(12, None, "A-000001"), (12, "M-2", "A-000001"), (20, "M-2", None)]
