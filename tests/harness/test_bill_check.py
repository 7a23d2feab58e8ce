"""Bills and billing determinants, held against what the MDMS holds."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

import pytest

from ami import quality
from ami.dialect import dialect
from ami.messages import Message, MeterReading, MeterReadings, Reading, Series, Span
from ami.names import Wire
from ami.ports import Json
from ami.reading_type import BILLING_PERIOD, FORWARD, REVERSE, billed_kwh
from harness import bill_check, ledger
from harness.calendar import OFF_PEAK, PEAK, SHOULDER
from harness.truth import Comparison, Verdict
from simulators import wire
from tests.harness.books import HALF_HOUR, REGISTER, START, Books, Traffic, answered, at, crossed, delivered, kwh, told

BILLING = Wire("cis", "mdms")
SPAN = Span(START, at(4))
WH = {1: 100, 2: 200, 3: 300, 4: 400}


def held() -> Books:
    """A meter of which the MDMS holds four half-hours, 1 kWh together."""
    return Books(M=list(WH.values()))


def bill(start: int, end: int, kwh_total: str, meters: Sequence[tuple[str, int, int]] | None = None, **more: Json) -> Json:
    """An issued bill; meters: with their parts of it, M for all of it unless told otherwise."""
    parts = [{"meter": meter, "start": told(at(first)), "end": told(at(last))} for meter, first, last in meters or [("M", start, end)]]
    head = {"status": "issued", "usage_point": "U-1", "start": told(at(start)), "end": told(at(end))}
    return {**head, "kwh_total": kwh_total, "meters": parts, **more}


def checked(books: Books, traffic: Traffic | None = None) -> list[Comparison]:
    """What the check finds."""
    return list(bill_check.comparisons(books.landscape, ledger.mdms_books(books.landscape), traffic or []))


def determinant(wh: int, tou: int = 0, flow: int = FORWARD, span: Span = SPAN, ends: Sequence[int] = (0, 4)) -> Message:
    """An answer with one determinant, and the registers at these places."""
    determinants = Series(str(billed_kwh(tou, flow)), (Reading(span.end, kwh(wh), (quality.VALID,), span),))
    registers = Series(REGISTER, tuple(Reading(at(place), Decimal(1)) for place in ends))
    return answered(MeterReading("M", readings=(determinants, registers), span=span))


def determinants_of(message: Message) -> tuple[MeterReading, ...]:
    """What a message carries."""
    assert isinstance(message.payload, MeterReadings)
    return message.payload.meter_readings


def test_bill_of_what_is_held_is_in_order() -> None:
    """Compared by its energy."""
    books = held()
    books.bills = [bill(0, 4, "1.000")]

    assert checked(books) == [Comparison("M", "bill", None, 1000, ())]


def test_bill_of_something_else_is_altered_at_its_end() -> None:
    """By how much, is told."""
    books = held()
    books.bills = [bill(0, 2, "0.299")]

    (found,) = checked(books)

    assert [(difference.end, difference.measured_wh, difference.found_wh) for difference in found.differences] == [(at(2), 300, 299)]
    assert found.wh(Verdict.ALTERED) == 1


def test_exchanged_meters_are_billed_each_for_its_part() -> None:
    """Two meters, one bill."""
    books = Books(OLD=[100, 200, 999, 999], NEW=[999, 999, 30, 40])
    books.bills = [bill(0, 4, "0.370", [("OLD", 0, 2), ("NEW", 2, 4)])]

    assert [(found.meter, found.compared_wh, found.ok) for found in checked(books)] == [("OLD, NEW", 370, True)]


def test_estimate_on_a_bill_is_counted_and_no_breach() -> None:
    """Only what lies within the bill."""
    books = held()
    books.estimated = {2, 4}
    books.bills = [bill(0, 3, "0.600")]

    (found,) = checked(books)

    assert (found.ok, found.wh(Verdict.ESTIMATED)) == (True, 200)


@pytest.mark.parametrize("status", ["held", "cancelled"])
def test_bill_that_was_not_issued_is_none(status: str) -> None:
    """It has no energy to compare."""
    books = held()
    books.bills = [bill(0, 4, "1.000") | {"status": status, "kwh_total": None}]

    assert checked(books) == []


def test_energy_on_two_bills_is_duplicated() -> None:
    """From where the later one starts; bills of another customer do not count."""
    books = held()
    books.bills = [bill(1, 4, "0.900"), bill(0, 2, "0.300"), bill(0, 4, "1.000", usage_point="U-2")]

    assert [(found.meter, found.wh(Verdict.DUPLICATED)) for found in checked(books) if not found.ok] == [("U-1", 900)]


def test_bills_that_follow_each_other_do_not_overlap() -> None:
    """The end of one is the start of the next."""
    books = held()
    books.bills = [bill(0, 2, "0.300"), bill(2, 4, "0.700")]

    assert all(found.ok for found in checked(books))


def test_determinant_is_the_sum_of_its_span() -> None:
    """With the registers at both its ends."""
    assert checked(held(), crossed(determinant(1000), on=BILLING)) == [Comparison("M", "wire", "cis->mdms", 1000, (), sender="mdms")]


def test_altered_determinant_is_found_on_its_wire() -> None:
    """The MDMS holds something else than it says, or somebody changed it on the way."""
    (found,) = checked(held(), crossed(determinant(1001), on=BILLING))

    assert (found.wire, found.wh(Verdict.ALTERED)) == ("cis->mdms", 1)


def test_later_answer_mends_an_earlier_one() -> None:
    """For the same span; data may have come in between."""
    assert [found.ok for found in checked(held(), crossed(determinant(900), determinant(1000), on=BILLING))] == [True]


@pytest.mark.parametrize(("ends", "lost_at"), [((0,), [4]), ((4,), [0]), ((), [0, 4])])
def test_determinant_without_its_registers_cannot_be_checked(ends: Sequence[int], lost_at: list[int]) -> None:
    """A register at an end is lost."""
    (found,) = checked(held(), crossed(determinant(1000, ends=ends), on=BILLING))

    assert [(difference.end, difference.verdict) for difference in found.differences] == [(at(place), Verdict.LOST) for place in lost_at]


def test_determinant_of_a_period_has_the_hours_of_the_calendar() -> None:
    """By where an interval starts: 15:30 to 20:30 on a winter's Tuesday is shoulder, peak from four to eight, shoulder."""
    books = Books(M=range(1, 49))
    span = Span(at(31), at(41))
    peak = sum(range(33, 41))
    answers = [determinant(wh, tou, span=span, ends=(31, 41)) for tou, wh in {OFF_PEAK: 0, SHOULDER: 32 + 41, PEAK: peak}.items()]

    assert [(found.compared_wh, found.ok) for found in checked(books, crossed(*answers, on=BILLING))] == [(32 + peak + 41, True)]


def test_spacing_of_intervals_is_their_own() -> None:
    """A quarter of an hour that ends at four belongs to the hour before."""
    quarter = timedelta(minutes=15)

    assert bill_check._spacing([START, START + quarter, START + 2 * quarter, START + 4 * quarter]) == quarter
    assert bill_check._spacing([START]) == HALF_HOUR


def test_determinant_of_what_was_fed_in_is_compared_with_that() -> None:
    """Nothing was, and no registers are asked for."""
    assert [found.ok for found in checked(held(), crossed(determinant(0, flow=REVERSE, ends=()), on=BILLING))] == [True]


def test_what_others_say_to_each_other_is_not_billed() -> None:
    """Only the answers of the MDMS to the billing system."""
    told_by_the_cis = delivered(*determinants_of(determinant(999)))

    assert checked(held(), [*crossed(determinant(999), on=Wire("tester", "mdms")), *crossed(told_by_the_cis, on=BILLING)]) == []


@pytest.mark.parametrize(("was", "put"), [(b".3.72.0", b".nonsense.72.0"), (b".3.72.0", b".0.38.0"), (b"<value>1<", b"<value>1e999999<")])
def test_nonsense_for_a_determinant_is_no_fault_of_ours(was: bytes, put: bytes) -> None:
    """A type that is none, watts instead of watt-hours, a value that no bill can hold: it is not compared."""
    raw = wire.write(determinant(1000), dialect("2011"))

    assert str(billed_kwh(0)).startswith(str(BILLING_PERIOD))
    assert was in raw
    assert checked(held(), crossed(raw.replace(was, put), on=BILLING)) == []


def test_determinant_in_another_unit_of_energy_is_the_same() -> None:
    """1000 Wh are 1 kWh."""
    raw = wire.write(determinant(1000), dialect("2011"))
    in_wh = raw.replace(str(billed_kwh(0)).encode(), str(billed_kwh(0)._replace(multiplier=0)).encode()).replace(
        b"<value>1<", b"<value>1000<", 1
    )

    assert [found.ok for found in checked(held(), crossed(in_wh, on=BILLING))] == [True]
