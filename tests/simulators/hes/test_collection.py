"""Scheduled collection: each local day once, whole, and later where a meter did not answer."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from ami.messages import Linkage, Span
from ami.quality import CLOCK_CHANGED
from tests.simulators.hes.field import DAY, FORWARD_INTERVAL, FORWARD_REGISTER, HOUR, START, ZONE, Field

NIGHT = START + DAY + HOUR
"""Half an hour after the first day has been collected."""


@pytest.fixture
def field() -> Field:
    """A head-end with one meter."""
    made = Field()
    made.install("M-1", register_wh=5_000)
    return made


def test_collection_is_due_half_an_hour_after_local_midnight(field: Field) -> None:
    """00:30 in Berlin is 23:30 UTC in winter."""
    assert field.head_end.due_at() == datetime(2026, 2, 28, 23, 30, tzinfo=UTC)


def test_day_is_delivered_whole_with_midnight_registers(field: Field) -> None:
    """One block of 24 hours by their ends, and the register at both midnights."""
    field.pass_time(NIGHT)
    (reading,) = field.delivered()
    (intervals,), (register,) = reading.intervals, reading.readings

    assert (reading.meter, reading.usage_point, reading.span) == ("M-1", "U-M-1", Span(START, START + DAY))
    assert intervals.reading_type == FORWARD_INTERVAL
    assert [entry.at for entry in intervals.readings] == [START + (n + 1) * HOUR for n in range(24)]
    assert {str(entry.value) for entry in intervals.readings} == {"0.100"}
    assert {entry.qualities for entry in intervals.readings} == {()}
    assert register.reading_type == FORWARD_REGISTER
    assert [(entry.at, str(entry.value)) for entry in register.readings] == [(START, "5.000"), (START + DAY, "7.400")]


def test_reverse_flow_is_delivered_as_series_of_its_own() -> None:
    """Two blocks of intervals and two registers."""
    field = Field()
    field.install("M-1", reverse_profile={"kind": "constant", "wh": 40})
    field.pass_time(NIGHT)
    (reading,) = field.delivered()

    assert [series.reading_type.split(".")[4] for series in (*reading.intervals, *reading.readings)] == ["1", "19", "1", "19"]
    assert reading.readings[1].readings[1].value == Decimal("0.960")


@pytest.mark.parametrize(("day", "hours"), [(datetime(2026, 3, 29, tzinfo=ZONE), 23), (datetime(2026, 10, 25, tzinfo=ZONE), 25)])
def test_day_of_a_clock_change_has_its_own_length(day: datetime, hours: int) -> None:
    """23 hours in spring, 25 in autumn."""
    field = Field(start=day.astimezone(UTC))
    field.install("M-1")
    field.pass_time(field.now + 26 * HOUR)

    assert len(field.delivered()[0].intervals[0].readings) == hours


def test_zone_of_half_hours_loses_no_interval() -> None:
    """Where midnight falls within an hour, that hour belongs to the next day."""
    field = Field(zone=ZoneInfo("Asia/Kolkata"))
    field.install("M-1")
    field.pass_time(START + 3 * DAY)
    ends = [entry.at for reading in field.delivered() for entry in reading.intervals[0].readings]

    assert ends == [START + (n + 1) * HOUR for n in range(len(ends))]
    assert len(ends) > 48


def test_first_day_begins_with_the_service() -> None:
    """A meter that serves from noon on is collected from noon on."""
    field = Field(start=START + 12 * HOUR)
    field.install("M-1")
    field.pass_time(NIGHT)

    assert field.delivered()[0].span == Span(START + 12 * HOUR, START + DAY)


def test_meter_that_nobody_told_of_is_not_collected() -> None:
    """The registry decides."""
    field = Field()
    field.install("M-1", told=False)
    field.pass_time(NIGHT)

    assert field.sent == []


def test_silent_meter_is_tried_again_every_hour_three_times_and_then_the_next_day(field: Field) -> None:
    """What is missing then is filled back, day by day."""
    field.control("silence", meter="M-1", start="2026-03-01T00:00:00Z", end="2026-03-02T23:00:00Z")
    tried = []
    while (due := field.head_end.due_at()) is not None and due < START + 3 * DAY:
        tried.append(due)
        field.pass_time(due)

    assert [at - START for at in tried] == [
        timedelta(minutes=30),
        *(DAY + timedelta(minutes=30) + n * HOUR for n in range(4)),
        2 * DAY + timedelta(minutes=30),
    ]
    assert [reading.span for reading in field.delivered()] == [Span(START, START + DAY), Span(START + DAY, START + 2 * DAY)]


def test_meter_that_answers_a_retry_is_not_tried_again(field: Field) -> None:
    """Silent until 02:00, collected at 02:30, and then left in peace until the next night."""
    field.control("silence", meter="M-1", start="2026-03-01T00:00:00Z", end="2026-03-02T01:00:00Z")
    field.pass_time(START + DAY + 3 * HOUR)

    assert len(field.delivered()) == 1
    assert field.head_end.due_at() == START + 2 * DAY + timedelta(minutes=30)


def test_removed_meter_is_collected_up_to_its_removal(field: Field) -> None:
    """The final part of a day comes with the next collection, and nothing after it."""
    field.pass_time(START + 30 * HOUR)
    field.control("remove", meter="M-1", at="2026-03-02T04:00:00Z")
    field.link(Linkage("U-M-1", START + 29 * HOUR, None), verb="change")
    field.pass_time(START + 5 * DAY)

    assert [reading.span for reading in field.delivered()] == [Span(START, START + DAY), Span(START + DAY, START + 29 * HOUR)]
    assert field.delivered()[1].readings[0].readings[-1].value == Decimal("7.900")


def test_meter_whose_service_has_ended_is_collected_up_to_its_end(field: Field) -> None:
    """Though it hangs on the wall and measures on."""
    field.link(Linkage("U-M-1", START + 5 * HOUR, None), verb="change")
    field.pass_time(NIGHT + DAY)

    assert [reading.span for reading in field.delivered()] == [Span(START, START + 5 * HOUR)]


def test_exchange_within_an_interval_loses_nothing(field: Field) -> None:
    """The old meter's last interval and the new one's first share the hour, and the register of the removal is told."""
    field.pass_time(START + timedelta(hours=4, minutes=15))
    field.control("remove", meter="M-1")
    field.control("install", meters=[{"meter": "M-2", "interval_minutes": 60, "profile": {"kind": "constant", "wh": 100}}])
    field.link(Linkage("U-M-1", field.now, None), Linkage("U-M-1", field.now, "M-2"), verb="change")
    field.pass_time(NIGHT)
    old, new = field.delivered()

    assert old.intervals[0].readings[-1][:2] == (START + 5 * HOUR, Decimal("0.025"))
    assert new.intervals[0].readings[0][:2] == (START + 5 * HOUR, Decimal("0.075"))
    assert [entry.at - START for entry in old.readings[0].readings] == [timedelta(0), timedelta(hours=4, minutes=15), 5 * HOUR]
    assert (old.usage_point, new.usage_point) == ("U-M-1", "U-M-1")
    assert field.truth("M-1")["collected_until"] == "2026-03-01T04:00:00Z"


def test_wrong_clock_is_set_and_its_intervals_are_flagged(field: Field) -> None:
    """Ten minutes fast from noon on: set by the collection, flagged from noon on, and told as an event."""
    field.pass_time(START + 12 * HOUR)
    field.control("clock", meter="M-1", offset_s=600)
    field.pass_time(NIGHT)
    intervals = field.delivered()[0].intervals[0].readings

    assert [entry.qualities for entry in intervals] == [()] * 12 + [(CLOCK_CHANGED,)] * 12
    assert field.control("face", meter="M-1")["clock_at"] == "2026-03-02T00:00:00Z"
    assert [message.to for message in field.sent] == ["mdms", "mdms"]
    assert field.truth("M-1")["disturbed"] == [{"start": "2026-03-01T11:00:00Z", "end": "2026-03-02T00:00:00Z", "kind": "clock"}]


def test_misread_is_delivered_wrong_while_the_truth_stays_right(field: Field) -> None:
    """The spike is on the wire and in the holdings; the register and the truth know nothing of it."""
    field.control("misread", meter="M-1", start="2026-03-01T10:00:00Z", end="2026-03-01T11:00:00Z", kind="spike", wh=77_000)
    field.pass_time(NIGHT)
    (reading,) = field.delivered()

    assert reading.intervals[0].readings[11][:2] == (START + 12 * HOUR, Decimal("77.000"))
    assert ["2026-03-01T11:00:00Z", 77_000, 1] in field.control("holdings")["meters"]["M-1"]["intervals"]
    assert reading.readings[0].readings[-1].value == Decimal("7.400")
    assert set(field.truth("M-1")["wh"]) == {100}


def test_intervals_that_a_meter_has_lost_are_not_delivered(field: Field) -> None:
    """The block still claims the whole day."""
    field.control("misread", meter="M-1", start="2026-03-01T10:00:00Z", end="2026-03-01T12:00:00Z", kind="missing")
    field.pass_time(NIGHT)
    (reading,) = field.delivered()

    assert len(reading.intervals[0].readings) == 22
    assert reading.span == Span(START, START + DAY)
    assert len(field.control("holdings")["meters"]["M-1"]["intervals"]) == 22


def test_meter_without_supply_is_collected_when_it_has_it_back(field: Field) -> None:
    """It measured nothing, and could not answer."""
    field.pass_time(START + 20 * HOUR)
    field.control("supply", meters=["M-1"], on=False)
    field.pass_time(START + 2 * DAY)
    field.control("supply", meters=["M-1"], on=True)
    field.pass_time(START + 3 * DAY)

    assert [str(entry.value) for entry in field.delivered()[0].intervals[0].readings] == ["0.100"] * 20 + ["0.000"] * 4


def test_collect_brings_in_what_is_due_before_its_time(field: Field) -> None:
    """A minute after midnight, by hand; the night's own round then finds nothing left."""
    field.pass_time(START + DAY + timedelta(minutes=1))

    assert field.control("collect") == {"answered": ["M-1"], "unanswered": []}
    field.pass_time(NIGHT)
    assert len(field.delivered()) == 1


def test_truth_tells_from_when_to_when_was_collected(field: Field) -> None:
    """Nothing before the first night, the day after it."""
    before = field.truth("M-1")
    field.pass_time(NIGHT)
    after = field.truth("M-1")

    assert (before["collected_from"], before["collected_until"]) == (None, None)
    assert (after["collected_from"], after["collected_until"]) == ("2026-02-28T23:00:00Z", "2026-03-01T23:00:00Z")


def test_old_date_in_master_data_does_not_ask_for_centuries() -> None:
    """What was before the installation is not even looked for."""
    field = Field()
    field.install("M-1", told=False)
    field.link(Linkage("U-1", datetime(1, 1, 2, tzinfo=UTC), "M-1"))
    field.pass_time(NIGHT)

    assert [reading.span for reading in field.delivered()] == [Span(START, START + DAY)]
