"""Customers who come and go."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ami import names
from ami.errors import WrongStateError
from ami.messages import Linkage, MasterDataLinkageConfig, Span
from tests.simulators.cis.neighbours import BILLING_DAY, MARCH, Neighbours, measured_by, supplied

THE_TENTH = datetime(2026, 3, 10, tzinfo=UTC)


def told(neighbours: Neighbours, system: str) -> list[tuple[str, Linkage]]:
    """What a reader is told, in order, when it accepts everything."""
    said: list[tuple[str, Linkage]] = []
    while linkages := [message for message in neighbours.out if message.header.noun == names.MASTER_DATA_LINKAGE_CONFIG]:
        neighbours.out.remove(linkages[0])
        neighbours.hear(neighbours.response(linkages[0]))
        assert isinstance(linkages[0].payload, MasterDataLinkageConfig)
        if linkages[0].to == system:
            said.append((linkages[0].header.verb, linkages[0].payload.linkages[0]))
    return said


@pytest.mark.parametrize("system", [names.MDMS, names.HES])
def test_move_in_is_told(system: str) -> None:
    """Both readers learn who is supplied where through what."""
    neighbours = Neighbours()
    ids = neighbours.control("move_in", usage_point="UP-1", meter="M-1", tariff="flat", at="2026-03-01", address="12 Mill Lane")

    assert ids == {"customer": "C-000001", "account": "A-000001", "agreement": "G-000001", "usage_point": "UP-1", "meter": "M-1"}
    assert told(neighbours, system) == [
        ("create", Linkage("UP-1", MARCH.start, "M-1", "A-000001", "G-000001", "C-000001", "12 Mill Lane", "flat", "moveIn"))
    ]


def test_move_out_leaves_the_meter() -> None:
    """The meter stays where it is; account and customer are linked no longer."""
    neighbours = supplied()
    neighbours.control("move_out", usage_point="UP-1", at="2026-03-10")
    assert told(neighbours, names.HES) == [("change", Linkage("UP-1", THE_TENTH, "M-1", service_location="12 Mill Lane", reason="moveOut"))]


def test_final_bill_at_move_out() -> None:
    """It runs to the moment of moving out, and the first of the month adds nothing."""
    neighbours = supplied()
    neighbours.wake(THE_TENTH + timedelta(days=2))
    assert neighbours.control("move_out", usage_point="UP-1", at="2026-03-10T10:30:00Z")["bills"] == ["B-000001"]
    neighbours.accept_linkages()
    neighbours.answer_bill()
    neighbours.wake(BILLING_DAY)

    (final,) = neighbours.bills()

    assert (final["kind"], final["status"], final["end"], final["kwh_total"]) == ("final", "issued", "2026-03-10T10:30:00Z", "226.5")


def test_move_out_cancels_what_reaches_beyond() -> None:
    """A month that was asked for but not issued is billed to the moving out instead."""
    neighbours = supplied()
    neighbours.wake(BILLING_DAY)
    neighbours.control("move_out", usage_point="UP-1", at="2026-03-10")
    assert [(bill["kind"], bill["status"], bill["end"]) for bill in neighbours.bills()] == [
        ("on-cycle", "cancelled", "2026-03-31T23:00:00Z"),
        ("final", "requested", "2026-03-10T00:00:00Z"),
    ]


def test_move_out_before_an_issued_bill_ends() -> None:
    """An issued bill has to be cancelled by a person first."""
    neighbours = supplied()
    neighbours.wake(BILLING_DAY)
    neighbours.answer_bill()
    with pytest.raises(WrongStateError, match="cancel it first"):
        neighbours.control("move_out", usage_point="UP-1", at="2026-03-10")
    assert neighbours.account()["end"] is None


def test_next_customer_pays_from_moving_in() -> None:
    """Two customers share the month, and nobody pays for the days between."""
    neighbours = supplied()
    neighbours.wake(datetime(2026, 3, 20, tzinfo=UTC))
    neighbours.control("move_out", usage_point="UP-1", at="2026-03-10")
    neighbours.control("move_in", usage_point="UP-1", tariff="time_of_use", at="2026-03-15", customer="Ada Byron")
    neighbours.accept_linkages()
    neighbours.answer_bill()
    neighbours.wake(BILLING_DAY)
    neighbours.answer_bill()

    first, second = neighbours.bills()

    assert (first["account"], first["last_day"]) == ("A-000001", "2026-03-09")
    assert (second["account"], second["customer"], second["first_day"], second["kwh_total"]) == (
        "A-000002",
        "Ada Byron",
        "2026-03-15",
        "407",
    )


def test_last_bill_pays_out_the_surplus() -> None:
    """At the end of a net metering agreement nothing waits any more."""
    neighbours = supplied("net_metering")
    neighbours.wake(THE_TENTH)
    neighbours.control("move_out", usage_point="UP-1")
    neighbours.accept_linkages()
    asked = neighbours.question()
    honest = measured_by("M-1", Span(MARCH.start, THE_TENTH), asked.reading_types)
    swap = dict(zip(asked.reading_types, (asked.reading_types[position] for position in (1, 0, 3, 2)), strict=True))
    sunny = tuple(one._replace(reading_type=swap[one.reading_type]) for one in honest.readings)

    neighbours.answer_bill(replace(honest, readings=sunny))

    (final,) = neighbours.bills()
    assert final["credit_carried"] == "0"
    assert final["total"].startswith("-")


def test_moving_in_where_somebody_lives() -> None:
    """One agreement at a time."""
    with pytest.raises(WrongStateError, match="move out first"):
        supplied().control("move_in", usage_point="UP-1", tariff="flat")


def test_moving_out_where_nobody_lives() -> None:
    """Nobody can leave twice."""
    neighbours = supplied()
    neighbours.control("move_out", usage_point="UP-1", at="2026-03-10")
    with pytest.raises(LookupError):
        neighbours.control("move_out", usage_point="UP-1", at="2026-03-11")


def test_known_customer_keeps_the_account() -> None:
    """A second home goes on the same account."""
    neighbours = supplied()
    ids = neighbours.control("move_in", usage_point="UP-2", tariff="flat", customer="C-000001")
    assert (ids["customer"], ids["account"], ids["agreement"]) == ("C-000001", "A-000001", "G-000002")


def test_unknown_tariff() -> None:
    """The answer names those that there are."""
    with pytest.raises(LookupError, match="flat, net_metering, time_of_use"):
        Neighbours().control("move_in", usage_point="UP-1", tariff="cheap")
    assert Neighbours().control("accounts") == []


def test_meter_without_customer() -> None:
    """A meter on a vacant premises is told to both readers, and listed with nobody's name."""
    neighbours = Neighbours()
    neighbours.control("install_meter", usage_point="UP-1", meter="M-1", at="2026-03-01")
    assert [(verb, linkage.meter, linkage.account, linkage.reason) for verb, linkage in told(neighbours, names.HES)] == [
        ("create", "M-1", None, "installation")
    ]
    vacant = neighbours.account()
    assert (vacant["account"], vacant["usage_point"], vacant["meter"]) == (None, "UP-1", "M-1")


def test_customer_comes_after_the_meter() -> None:
    """The readers know the usage point already: it changes."""
    neighbours = Neighbours()
    neighbours.control("install_meter", usage_point="UP-1", meter="M-1", at="2026-03-01")
    neighbours.control("move_in", usage_point="UP-1", meter="M-1", tariff="flat", at="2026-03-10")
    assert [(verb, linkage.meter, linkage.account) for verb, linkage in told(neighbours, names.MDMS)] == [
        ("create", "M-1", None),
        ("change", "M-1", "A-000001"),
    ]


def test_names_follow_from_the_seed() -> None:
    """The same seed invents the same people in the same houses; another seed others."""

    def invented(seed: str) -> tuple[str, str]:
        neighbours = Neighbours()
        neighbours.cis.reset(seed, MARCH.start)
        neighbours.control("move_in", usage_point="UP-1", tariff="flat")
        return neighbours.account()["name"], neighbours.account()["address"]

    assert invented("7") == invented("7")
    assert invented("7") != invented("8")


def test_head_end_is_not_told_of_people_without_a_meter() -> None:
    """It knows meters; of a premises without one it would have to refuse."""
    neighbours = Neighbours()
    neighbours.control("move_in", usage_point="UP-1", tariff="flat")
    assert [message.to for message in neighbours.out] == [names.MDMS]


def test_late_move_out_names_the_meter_of_that_day() -> None:
    """What is told of a moment is what hung there then, not what hangs there today."""
    neighbours = supplied()
    neighbours.now = datetime(2026, 3, 25, tzinfo=UTC)
    neighbours.control("exchange_meter", usage_point="UP-1", old_meter="M-1", new_meter="M-2", at="2026-03-20")
    neighbours.accept_linkages()
    neighbours.control("move_out", usage_point="UP-1", at="2026-03-10")
    assert [linkage.meter for _, linkage in told(neighbours, names.HES)] == ["M-1"]
