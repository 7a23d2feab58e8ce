"""The books of a scenario: at which stage which energy is not what it was."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from ami import names, quality
from ami.dialect import dialect
from ami.messages import MeterReading, MeterReadings, Reading, Series, Span
from ami.names import Wire
from ami.ports import Json
from ami.reading_type import FORWARD, billed_kwh, interval_kwh
from harness import ledger
from harness.truth import Comparison, Interval, Verdict
from simulators import wire
from tests.harness.books import REGISTER, Books, Traffic, answered, at, crossed, delivered, of_meter, told

DAY = {1: 100, 2: 200, 3: 300}


def day() -> Books:
    """A meter that measured three half-hours, and everybody holds them."""
    return Books(M=list(DAY.values()))


def silent() -> Books:
    """The same, and the head-end has not delivered yet."""
    books = day()
    books.waiting["kept_back"] = ["M"]
    return books


def broken(books: Books, traffic: Traffic) -> Sequence[Comparison]:
    """The comparisons that do not hold."""
    return [comparison for comparison in ledger.comparisons(books.landscape, traffic) if not comparison.ok]


def stages(comparisons: Sequence[Comparison]) -> list[tuple[str, str, list[str]]]:
    """Meter, stage, and what became of the intervals that differ."""
    return [(found.meter, found.stage, [difference.verdict.value for difference in found.differences]) for found in comparisons]


def test_day_that_went_through_is_compared_at_every_stage() -> None:
    """With all of its energy, and nothing differs."""
    compared = ledger.comparisons(day().landscape, crossed(delivered(of_meter("M", DAY))))

    assert [(found.stage, found.wire, found.compared_wh, found.differences) for found in compared] == [
        ("head_end", None, 600, ()),
        ("wire", "hes->mdms", 600, ()),
        ("mdms", "hes->mdms", 600, ()),
    ]


def test_interval_that_the_head_end_does_not_hold_is_lost_there() -> None:
    """Not on the wire, which cannot carry it."""
    books = day()
    del books.head_end["M"][2]

    assert stages(broken(books, crossed(delivered(of_meter("M", {1: 100, 3: 300}))))) == [("M", "head_end", ["lost"])]


def test_interval_that_was_not_delivered_is_lost_on_the_wire() -> None:
    """The head-end holds it, and the MDMS never saw it."""
    assert stages(broken(day(), crossed(delivered(of_meter("M", {1: 100, 3: 300}))))) == [("M", "wire", ["lost"])]


def test_delivery_that_never_came_is_lost_on_the_wire() -> None:
    """All of it."""
    assert stages(broken(day(), [])) == [("M", "wire", ["lost"] * 3)]


@pytest.mark.parametrize("where", [{"waiting": [{"meters": ["M"]}]}, {"dead_letters": [{"meters": ["M"]}]}, {"kept_back": ["M"]}])
def test_what_is_still_to_be_delivered_is_not_lost(where: Json) -> None:
    """The head-end says itself that it waits, was turned away, or holds it back; the MDMS cannot hold it."""
    books = day()
    books.waiting |= where
    books.mdms["M"] = {}

    assert broken(books, []) == []


def test_swapped_meters_are_altered_both() -> None:
    """No rule is broken by the message; the truth knows."""
    books = Books(A=[1, 2, 4], B=[8, 16, 32])
    swapped = crossed(delivered(of_meter("A", {1: 8, 2: 16, 3: 32}), of_meter("B", {1: 1, 2: 2, 3: 4})))

    assert stages(broken(books, swapped)) == [("A", "wire", ["altered"] * 3), ("B", "wire", ["altered"] * 3)]


def test_interval_that_the_mdms_lost_is_lost_there() -> None:
    """It was on the wire."""
    books = day()
    del books.mdms["M"][3]

    assert stages(broken(books, crossed(delivered(of_meter("M", DAY))))) == [("M", "mdms", ["lost"])]


def test_readings_that_were_set_aside_are_not_lost() -> None:
    """The MDMS waits to be told of the meter."""
    books = day()
    books.mdms, books.aside = {}, ["M"]

    assert broken(books, crossed(delivered(of_meter("M", DAY)))) == []


def test_breach_is_told_with_the_first_message_that_carries_it() -> None:
    """A later one only repeats it."""
    wrong = delivered(of_meter("M", {2: 999}))

    (found,) = broken(day(), crossed(delivered(of_meter("M", DAY)), wrong, wrong))

    assert (found.stage, found.since, found.wh(Verdict.ALTERED)) == ("wire", 2, 799)


def test_right_value_after_a_wrong_one_does_not_undo_it() -> None:
    """Somebody may have acted on it."""
    assert stages(broken(day(), crossed(delivered(of_meter("M", {**DAY, 2: 999})), delivered(of_meter("M", DAY))))) == [
        ("M", "wire", ["altered"])
    ]


def test_register_is_held_against_the_meters_own() -> None:
    """It stood at 1 kWh, and at the end at 1.6 kWh."""
    (found,) = broken(day(), crossed(delivered(of_meter("M", DAY, {0: 1000, 3: 1700}))))

    assert (found.what, found.wire, found.since) == ("registers", "hes->mdms", 1)
    assert [(difference.end, difference.measured_wh, difference.found_wh) for difference in found.differences] == [(at(3), 1600, 1700)]


def test_register_that_somebody_estimated_is_no_measurement() -> None:
    """It says so of itself."""
    assert broken(silent(), crossed(answered(of_meter("M", {}, {3: 1700}, quality.ESTIMATED)), on=Wire("cis", "mdms"))) == []


def test_broken_meter_is_excused_on_every_stage() -> None:
    """The scenario itself made it deliver nonsense."""
    books = day()
    books.truth["M"]["disturbed"] = [{"start": told(at(1)), "end": told(at(2))}]
    books.head_end["M"][2] = books.mdms["M"][2] = 0

    assert broken(books, crossed(delivered(of_meter("M", {**DAY, 2: 0}, {2: 1})))) == []


def test_other_wires_answer_for_what_they_carried_alone() -> None:
    """Nobody has asked the MDMS for the rest of the day."""
    traffic = crossed(answered(of_meter("M", {2: 200})), answered(of_meter("M", {3: 301})), on=Wire("cis", "mdms"))

    (found,) = broken(silent(), traffic)

    assert (found.wire, found.compared_wh, found.wh(Verdict.ALTERED)) == ("cis->mdms", 500, 1)


def test_estimate_on_a_wire_is_no_breach() -> None:
    """It is counted as what it is."""
    books = day()
    books.waiting["kept_back"] = ["M"]
    compared = ledger.comparisons(
        books.landscape, crossed(answered(of_meter("M", {2: 210}, None, quality.ESTIMATED)), on=Wire("cis", "mdms"))
    )

    assert [(found.ok, found.wh(Verdict.ESTIMATED)) for found in compared if found.wire == "cis->mdms"] == [(True, 210)]


def test_unit_of_a_value_is_that_of_its_type() -> None:
    """Watt-hours and kilowatt-hours come to the same."""
    in_wh = Series(str(interval_kwh(30)._replace(multiplier=0)), tuple(Reading(at(place), Decimal(wh)) for place, wh in DAY.items()))

    assert broken(day(), crossed(delivered(MeterReading("M", intervals=(in_wh,))))) == []


def test_message_that_the_tester_broke_does_not_count() -> None:
    """It is the question, not the answer."""
    assert broken(silent(), crossed(delivered(of_meter("M", {2: 999})), is_deliberate=True)) == []


@pytest.mark.parametrize(
    ("was", "put"),
    [
        (b'ReadingType ref="0.0.5', b'ReadingType ref="x.0.5'),
        (b".3.72.0", b".3000000.72.0"),
        (b"<value>0.2<", b"<value>2e999999<"),
        (b"<value>0.2<", b"<value>2e-999999<"),
        (b'ReadingQualityType ref="3.0.0"', b'ReadingQualityType ref="a.b.c"'),
    ],
)
def test_nonsense_on_a_wire_is_no_fault_of_ours(was: bytes, put: bytes) -> None:
    """The judge says what is wrong with it; the truth goes on, and misses what it cannot read."""
    raw = wire.write(delivered(of_meter("M", DAY, None, quality.VALID)), dialect("2011"))

    assert was in raw
    assert {found.stage for found in broken(day(), crossed(raw.replace(was, put)))} <= {"wire"}


def test_billing_determinant_is_no_interval() -> None:
    """It sums over many, and is held against the calendar elsewhere."""
    span = Span(at(0), at(3))
    determinant = Series(str(billed_kwh(0)), (Reading(at(3), Decimal("0.6"), (quality.VALID,), span),))
    registers = Series(REGISTER, (Reading(at(0), Decimal(1)), Reading(at(3), Decimal("1.6"))))
    traffic = crossed(answered(MeterReading("M", readings=(determinant, registers), span=span)), on=Wire("cis", "mdms"))

    assert broken(silent(), traffic) == []


def test_meter_without_any_energy_is_not_mentioned() -> None:
    """There is nothing to say of it."""
    assert ledger.comparisons(Books(M=[]).landscape, []) == []


def test_without_simulated_meters_there_is_nothing_to_compare() -> None:
    """Everything else is the judge's."""
    books = day()
    books.controlled = {names.OMS}

    assert ledger.comparisons(books.landscape, crossed(delivered(of_meter("M", DAY)))) == []


def test_what_the_head_end_delivered_of_its_own_accord() -> None:
    """Not what it answered, not what others said."""
    traffic = [
        *crossed(delivered(of_meter("M", {1: 100}, {0: 1000}), of_meter("N", {1: 7}))),
        *crossed(delivered(of_meter("M", {3: 300})), on=Wire("tester", "mdms")),
        *crossed(answered(of_meter("M", {2: 200})), on=Wire("mdms", "hes")),
    ]

    assert ledger.delivered(traffic, "M") == {Interval(FORWARD, at(1)): 100}
    assert ledger.delivered_registers(traffic, "M") == {at(0): 1000}
    assert ledger.meters_per_delivery(traffic) == [2]


def test_register_in_the_other_direction_is_not_the_forward_one() -> None:
    """What was fed in has a register of its own."""
    traffic = crossed(wire.write(delivered(of_meter("M", {}, {0: 5})), dialect("2011")).replace(b"0.0.0.1.1.1.12", b"0.0.0.1.19.1.12"))

    assert REGISTER.startswith("0.0.0.1.1.1.12")
    assert ledger.delivered_registers(traffic, "M") == {}


def test_delivery_is_what_was_created() -> None:
    """A message about readings that changed is none of the head-end's daily delivery."""
    message = delivered(of_meter("M", DAY))
    changed = replace(message, header=replace(message.header, verb="changed"), payload=MeterReadings((of_meter("M", DAY),)))

    assert ledger.delivered(crossed(changed), "M") == {}
