"""The doubt with which a bill looks at determinants."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ami.messages import MeterReading, MeterReadings, Reading, Series, Span
from ami.quality import EDITED, ESTIMATED
from ami.reading_type import REVERSE, billed_kwh, register_kwh
from simulators.cis.determinants import DisagreementError, Measured, Part, Question, measured, register_difference, remark
from tests.simulators.cis.neighbours import MARCH, altered, measured_by

MIDDLE = MARCH.start + timedelta(days=15)
QUESTION = Question((Part("M-1", MARCH),), (1, 2, 3), (1,))
HOUR = timedelta(hours=1)


def honest(meter: str = "M-1", span: Span = MARCH, question: Question = QUESTION) -> MeterReading:
    """What an honest MDMS answers."""
    return measured_by(meter, span, question.reading_types())


def answered(*readings: MeterReading, question: Question = QUESTION) -> list[Measured]:
    """What a bill makes of an answer."""
    return measured(MeterReadings(readings), question)


def with_values(reading: MeterReading, change: Callable[[Reading], Reading]) -> MeterReading:
    """A meter reading with every single reading changed."""
    return replace(reading, readings=tuple(Series(one.reading_type, tuple(map(change, one.readings))) for one in reading.readings))


def without(reading: MeterReading, reading_type: str) -> MeterReading:
    """A meter reading that lost all readings of a type."""
    return replace(reading, readings=tuple(one for one in reading.readings if one.reading_type != reading_type))


def test_honest_answer() -> None:
    """743 hours at one kWh each, divided among the periods."""
    (part,) = answered(honest())
    assert part.kwh == {(1, 0): Decimal(743), (1, 1): Decimal(457), (1, 2): Decimal(198), (1, 3): Decimal(88)}


def test_period_that_did_not_occur_may_be_missing() -> None:
    """On a Sunday there is no peak, and an MDMS may say nothing of it."""
    sunday = Span(MARCH.start, MARCH.start + timedelta(days=1))
    question = Question((Part("M-1", sunday),), (1, 2, 3), (1,))

    (part,) = answered(without(honest(span=sunday, question=question), str(billed_kwh(3))), question=question)

    assert part.kwh[1, 3] == 0


WRONG = {
    "a period is lost": (without(honest(), str(billed_kwh(2))), "periods add up to 545.0 kWh"),
    "the total is lost": (without(honest(), str(billed_kwh(0))), "total is there 0 times"),
    "a register is lost": (without(honest(), str(register_kwh())), "found nothing"),
    "the total is scaled": (altered(honest(), billed_kwh(0), value=Decimal(743000)), "register moved by 743 kWh"),
    "a determinant is scaled": (altered(honest(), billed_kwh(3), value=Decimal(88000)), "periods add up"),
    "one interval is missing": (altered(honest(), billed_kwh(0), value=Decimal("742.5")), "the total is 742.5 kWh"),
    "a determinant is negative": (altered(honest(), billed_kwh(3), value=Decimal(-1)), "is negative"),
    "all is an hour late": (
        with_values(honest(), lambda reading: reading._replace(at=reading.at + HOUR)),
        "not for 2026-03-01T00:00Z",
    ),
    "registers are an hour late": (
        with_values(honest(), lambda reading: reading if reading.period else reading._replace(at=reading.at + HOUR)),
        "register at the start and end",
    ),
    "a determinant is of another time": (altered(honest(), billed_kwh(0), period=Span(MARCH.start, MIDDLE)), "is for"),
    "a determinant is there twice": (replace(honest(), readings=honest().readings * 2), "is there 2 times"),
    "another meter": (honest("M-2"), "expected readings of M-1"),
    "another span": (honest(span=Span(MARCH.start, MIDDLE)), "expected readings of M-1 2026-03-01T00:00Z/2026-03-31T23:00Z"),
    "no span": (replace(honest(), span=None), "found M-1 no span"),
    "a quality that is none": (altered(honest(), billed_kwh(0), qualities=("good",)), "quality that is none: good"),
    "a register quality that is none": (altered(honest(), register_kwh(), qualities=("3.x.0",)), "quality that is none"),
}


@pytest.mark.parametrize(("reading", "complaint"), WRONG.values(), ids=WRONG)
def test_wrong_answer_is_not_billed(reading: MeterReading, complaint: str) -> None:
    """Each way in which a wire or an MDMS can spoil a determinant is noticed, and named."""
    with pytest.raises(DisagreementError, match=complaint):
        answered(reading)


def test_nothing_answered() -> None:
    """An answer without any meter is no zero."""
    with pytest.raises(DisagreementError, match="found none"):
        answered()


def test_two_meters_swapped() -> None:
    """After an exchange each meter has to speak of its own time."""
    first, second = Span(MARCH.start, MIDDLE), Span(MIDDLE, MARCH.end)
    question = Question((Part("M-1", first), Part("M-2", second)), (), (1,))

    assert len(answered(honest("M-2", second, question), honest("M-1", first, question), question=question)) == 2
    with pytest.raises(DisagreementError, match="expected readings of M-1"):
        answered(honest("M-2", first, question), honest("M-1", second, question), question=question)


def test_one_watt_hour_is_rounding() -> None:
    """A register may be off by a watt-hour, and by no more."""
    question = Question((Part("M-1", MARCH),), (), (1,))
    reading = honest(question=question)

    assert answered(altered(reading, billed_kwh(0), value=Decimal("743.001")), question=question)
    with pytest.raises(DisagreementError):
        answered(altered(reading, billed_kwh(0), value=Decimal("743.0011")), question=question)


@given(st.integers(4, 9), st.data())
def test_register_goes_round(digits: int, data: st.DataObject) -> None:
    """The difference survives a rollover, as long as a bill takes less than nine tenths of the register."""
    wh_round = 10 ** (digits + 3)
    start = data.draw(st.integers(0, wh_round - 1))
    moved = data.draw(st.integers(0, wh_round * 9 // 10 - 1))
    end = (start + moved) % wh_round

    assert register_difference(Decimal(start).scaleb(-3), Decimal(end).scaleb(-3)) == Decimal(moved).scaleb(-3)


def test_reverse_register_may_be_missing() -> None:
    """Many meters count what flows back by interval only."""
    question = Question((Part("M-1", MARCH),), (), (1, REVERSE))

    (part,) = answered(without(honest(question=question), str(register_kwh(REVERSE))), question=question)

    assert part.kwh[REVERSE, 0] == Decimal("185.75")


def test_reverse_register_has_to_agree() -> None:
    """Where there is one, it is believed more than the total."""
    question = Question((Part("M-1", MARCH),), (), (1, REVERSE))

    with pytest.raises(DisagreementError, match="reverse register moved by"):
        answered(altered(honest(question=question), billed_kwh(0, REVERSE), value=Decimal(100)), question=question)


def test_remark_names_what_was_estimated_and_edited() -> None:
    """The customer learns which period rests on what."""
    reading = altered(altered(honest(), billed_kwh(3), qualities=(ESTIMATED,)), billed_kwh(1), qualities=(EDITED,))

    assert remark(answered(reading), {1: "off-peak", 3: "peak"}) == (
        "off-peak (forward) of meter M-1 is partly corrected by hand; peak (forward) of meter M-1 is partly estimated"
    )


def test_no_remark_where_all_was_measured() -> None:
    """Nothing is said where nothing is to say."""
    assert remark(answered(honest()), {}) is None
