"""The most important property: nothing is found in messages that nothing is wrong with."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conformance.capture import Capture
from conformance.judge import Judge
from tests.conformance import good

QUIET = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@QUIET
@given(good.deliveries(), st.sampled_from(good.STYLES))
def test_no_false_alarm_on_deliveries(judge: Judge, message: Capture, style: str) -> None:
    """Any number of meters, directions, blocks, registers and estimates, however it is written."""
    rewritten = Capture(good.rewritten(message.body, style), message.at, message.wire, message.leg, 1, message.soap_action)
    judgements = [judge.message(rewritten), judge.message(good.acknowledgement())]

    assert [str(finding) for judgement in judgements for finding in judgement.findings] == []
    assert judge.conversation(judgements) == []


@pytest.mark.parametrize("digits", [4, 5, 6])
def test_rollover_is_no_breach(judge: Judge, digits: int) -> None:
    """A register that starts again from zero at midnight."""
    message = good.delivery(good.day("M-1", [250] * 96, register_wh=10 ** (digits + 3) - 12_000, digits=digits))

    assert judge.message(message).findings == ()


@pytest.mark.parametrize(("day", "count"), [("short", 92), ("long", 100)])
def test_clock_change_is_no_breach(judge: Judge, day: str, count: int) -> None:
    """92 and 100 quarter hours of a local day are as good as 96."""
    assert judge.message(good.delivery(good.day(day, [250] * count))).findings == ()


def test_daily_values_follow_local_days(judge: Judge) -> None:
    """Days of 23 and 25 hours under the measuring period of 24 hours."""
    ends = ("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", "2026-03-30T22:00:00Z")
    rows = "".join(f"<IntervalReadings><timeStamp>{end}</timeStamp><value>8</value></IntervalReadings>" for end in ends)
    span = "<valuesInterval><end>2026-03-30T22:00:00Z</end><start>2026-03-27T23:00:00Z</start></valuesInterval>"
    daily = f'<IntervalBlocks>{rows}<ReadingType ref="0.0.4.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/></IntervalBlocks>'
    member = f"<MeterReading>{daily}<Meter><mRID>M</mRID></Meter>{span}</MeterReading>"
    message = good.delivery(member, heard_at=datetime(2026, 3, 31, 1, tzinfo=UTC))

    assert [str(finding) for finding in judge.message(message).findings] == []


def test_many_deliveries_of_one_register_go_on(judge: Judge) -> None:
    """Days that follow each other, delivered late and out of order, with their acknowledgements."""
    heard = []
    for number, hour in enumerate((0, 2, 1), 1):
        at = good.START + timedelta(hours=hour)
        writing = good.Writing()
        rows = good.block([250] * 4, 15, at, writing)
        end = at + timedelta(hours=1)
        registers = good.register(5_000_000 + hour * 1000, 6, at, writing) + good.register(5_001_000 + hour * 1000, 6, end, writing)
        heard.append(good.delivery(good.meter_reading("M", rows, registers, at, end, writing), exchange=number, message_id=f"m-{number}"))
        heard.append(good.acknowledgement(number, f"m-{number}"))
    judgements = [judge.message(capture) for capture in heard]

    assert [str(finding) for judgement in judgements for finding in judgement.findings] == []
    assert judge.conversation(judgements) == []


def test_billing_determinants_are_no_breach(judge: Judge) -> None:
    """What was used in each tariff period of a month, with its own period, and the registers at both ends."""
    writing = good.Writing()
    start, end = datetime(2026, 2, 1, tzinfo=UTC), good.START
    period = f"<timePeriod><end>{writing.moment(end)}</end><start>{writing.moment(start)}</start></timePeriod>"
    quality = '<ReadingQualities><ReadingQualityType ref="3.8.0"/></ReadingQualities>'
    determinants = "".join(
        f"<Readings><timeStamp>{writing.moment(end)}</timeStamp><value>{value}</value>{quality}"
        f'<ReadingType ref="8.0.0.4.1.1.12.0.0.0.0.{tou}.0.0.0.3.72.0"/>{period}</Readings>'
        for tou, value in ((0, "430.5"), (1, "230.25"), (2, "200.25"))
    )
    registers = good.register(5_000_000, 6, start, writing) + good.register(5_430_500, 6, end, writing)
    member = good.meter_reading("M", "", determinants + registers, start, end, writing)

    assert [str(finding) for finding in judge.message(good.delivery(member)).findings] == []
