"""What utilities really send, and nothing is wrong with: no rule may take it for a fault."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ami.days import day_span
from conformance import example
from conformance.capture import Capture
from conformance.judge import Judge
from tests.conformance import good

SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
ZONES = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))
QUARTER_HOUR = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"
REGISTER = "0.0.0.1.1.1.12.0.0.0.0.{tou}.0.0.0.3.72.0"


def found(judge: Judge, *messages: Capture) -> list[str]:
    """All that is found in some messages, one by one and as a conversation."""
    judgements = [judge.message(message) for message in messages]
    alone = [str(finding) for judgement in judgements for finding in judgement.findings]
    return alone + [str(finding) for _, finding in judge.conversation(judgements)]


def local_day(day: date, zone: ZoneInfo, minutes: int) -> str:
    """A MeterReading over a local day, each moment written with the offset of its place."""
    span, step = day_span(day, zone), timedelta(minutes=minutes)
    ends = [span.start + step * number for number in range(1, (span.end - span.start) // step + 1)]
    rows = "".join(
        f"<IntervalReadings><timeStamp>{end.astimezone(zone).isoformat()}</timeStamp><value>0.{place % 7 + 1}</value></IntervalReadings>"
        for place, end in enumerate(ends)
    )
    code = {15: "2", 30: "5", 60: "7"}[minutes]
    return (
        f'<MeterReading><IntervalBlocks>{rows}<ReadingType ref="{QUARTER_HOUR.replace(".2.4.", f".{code}.4.", 1)}"/></IntervalBlocks>'
        f"<Meter><mRID>M-1</mRID></Meter><valuesInterval><end>{span.end.astimezone(zone).isoformat()}</end>"
        f"<start>{span.start.astimezone(zone).isoformat()}</start></valuesInterval></MeterReading>"
    )


def single(reading_type: str, value: str, at: str, period: str = "", quality: str = "") -> str:
    """A single reading."""
    marked = f'<ReadingQualities><ReadingQualityType ref="{quality}"/></ReadingQualities>' if quality else ""
    span = f"<timePeriod><end>{period.partition('/')[2]}</end><start>{period.partition('/')[0]}</start></timePeriod>" if period else ""
    return f'<Readings><timeStamp>{at}</timeStamp><value>{value}</value>{marked}<ReadingType ref="{reading_type}"/>{span}</Readings>'


@pytest.mark.parametrize(
    ("zone", "day", "count"),
    [
        ("Europe/Berlin", date(2025, 3, 30), 92),
        ("Europe/Berlin", date(2025, 10, 26), 100),
        ("Europe/Berlin", date(2025, 10, 27), 96),
        ("America/New_York", date(2025, 3, 9), 92),
        ("America/New_York", date(2025, 11, 2), 100),
        ("Australia/Lord_Howe", date(2025, 4, 6), 98),
        ("Asia/Kathmandu", date(2025, 10, 26), 96),
    ],
)
def test_local_day_is_as_long_as_its_clocks_make_it(judge: Judge, zone: str, day: date, count: int) -> None:
    """92, 96 and 100 quarter hours, and 98 where the clocks change by half an hour."""
    member = local_day(day, ZoneInfo(zone), 15)

    assert member.count("<timeStamp>") == count
    assert found(judge, good.delivery(member), good.acknowledgement()) == []


@SETTINGS
@given(st.sampled_from(ZONES), st.dates(date(2012, 1, 1), date(2026, 2, 1)), st.sampled_from([15, 30, 60]))
def test_local_days_of_all_zones_pass(judge: Judge, zone: str, day: date, minutes: int) -> None:
    """Wherever a meter hangs, and whatever its clocks do on that day."""
    span = day_span(day, ZoneInfo(zone))
    offsets = {moment.astimezone(ZoneInfo(zone)).utcoffset() for moment in (span.start, span.end)}
    if any(offset is None or offset % timedelta(minutes=minutes) for offset in offsets):
        minutes = 15

    assert found(judge, good.delivery(local_day(day, ZoneInfo(zone), minutes)), good.acknowledgement()) == []


@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param(
            single(REGISTER.format(tou=0), "4100.5", "2026-03-01T00:00:00Z")
            + single(REGISTER.format(tou=1), "2500.3", "2026-03-01T00:00:00Z")
            + single(REGISTER.format(tou=2), "1600.2", "2026-03-01T00:00:00Z"),
            id="registers-of-day-and-night",
        ),
        pytest.param(
            single("8.8.2.6.1.1.8.0.0.0.0.0.0.0.0.3.38.0", "4.25", "2026-02-14T18:15:00Z", "2026-02-01T00:00:00Z/2026-03-01T00:00:00Z")
            + single("8.16.2.6.1.1.8.0.0.0.0.0.0.0.0.3.38.0", "4.10", "2026-02-15T18:15:00Z"),
            id="two-highest-demands-of-a-month",
        ),
        pytest.param(
            single("8.0.0.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0", "430", "2026-02-01T00:00:00Z", "2026-01-01T00:00:00Z/2026-02-01T00:00:00Z")
            + single("8.0.0.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0", "398", "2026-03-01T00:00:00Z", "2026-02-01T00:00:00Z/2026-03-01T00:00:00Z"),
            id="two-months-one-after-the-other",
        ),
        pytest.param(
            single("0.2.2.12.0.1.158.0.0.0.0.0.0.0.128.0.29.0", "231.4", "2026-03-01T00:15:00Z")
            + single("0.2.2.12.0.1.158.0.0.0.0.0.0.0.64.0.29.0", "229.9", "2026-03-01T00:15:00Z")
            + single("0.2.2.12.0.1.38.0.0.0.0.0.0.0.0.0.65.0", "-0.98", "2026-03-01T00:15:00Z"),
            id="voltages-and-a-leading-power-factor",
        ),
        pytest.param(
            single("0.0.0.1.1.7.58.0.0.0.0.0.0.0.0.0.42.0", "12345.67", "2026-02-28T05:00:00Z")
            + single("0.0.4.4.1.7.58.0.0.0.0.0.0.0.0.0.42.0", "8.41", "2026-02-28T05:00:00Z"),
            id="gas",
        ),
        pytest.param(single(REGISTER.format(tou=0), "0.4", "2026-03-01T00:00:00Z", quality="1.4.8"), id="a-register-that-was-reset"),
        pytest.param(
            single("0.0.0.1.4.1.12.0.0.0.0.0.0.0.0.3.72.0", "-250.5", "2026-03-01T00:00:00Z")
            + single("0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.73.0", "12.5", "2026-03-01T00:00:00Z"),
            id="a-net-register-below-zero-beside-a-reactive-one",
        ),
        pytest.param(single("13.0.0.4.1.1.16.0.0.0.0.0.0.0.0.0.80.978", "12.50", "2026-03-01T00:00:00Z"), id="money"),
        pytest.param(
            single("0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.0.72.0", "4100999", "2026-03-01T00:00:00Z")
            + single("0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0", "4100", "2026-03-01T00:00:00Z"),
            id="watt-hours-beside-a-face-that-is-cut-off",
        ),
    ],
)
def test_ordinary_registers_pass(judge: Judge, pieces: str) -> None:
    """Each kind of value that is read once, not in intervals."""
    assert found(judge, *example.captures(pieces)) == []


@pytest.mark.parametrize("pads", ["\n      {}\n    ", " {}", "{}\t"])
def test_white_space_around_a_moment_passes(judge: Judge, pads: str) -> None:
    """As pretty printers leave it, and XSD allows it."""
    plain = "<timeStamp>2026-03-01T00:30:00Z</timeStamp>"
    padded = plain.replace("2026-03-01T00:30:00Z", pads.format("2026-03-01T00:30:00Z"))

    assert found(judge, *example.captures(padded)) == found(judge, *example.captures(plain)) == []
    assert "XS-01" in str(found(judge, *example.captures(padded.replace("03-01", "13-01"))))


@pytest.mark.parametrize("action", ["", "<PanDemandResponse/>", "<PanDisplay/>", "<PanDemandResponse/><PanDisplay/><PanPricing/>"])
def test_control_passes_with_and_without_an_action(judge: Judge, action: str) -> None:
    """A switch is opened without any; one published schema demands three elements that say nothing."""
    control = f'{action}<EndDeviceControlType ref="3.31.0.23"/><EndDevices><mRID>M-1</mRID></EndDevices>'

    assert found(judge, *example.captures(f"<EndDeviceControl>{control}</EndDeviceControl>")) == []


def test_corrected_and_repeated_intervals_pass(judge: Judge) -> None:
    """The same day again, the day again with one value estimated, and a gap that is filled later."""
    missing = '<ReadingQualities><ReadingQualityType ref="2.5.259"/></ReadingQualities>'
    estimated = "<value>0.300</value>" + '<ReadingQualities><ReadingQualityType ref="3.8.0"/></ReadingQualities>'
    heard = "<capture><MessageID>{}</MessageID><IntervalReadings><timeStamp>2026-03-01T00:15:00Z</timeStamp>{}</IntervalReadings></capture>"
    told = ("<value>0.250</value>", "<value>0.250</value>", estimated)
    later = (missing, estimated, "<value>0.280</value>")
    for values in (told, later):
        text = "".join(heard.format(place, value) for place, value in enumerate(values))
        assert found(judge, *example.captures(f"<conversation>{text}</conversation>")) == []


def test_demand_response_and_its_cancellation_pass(judge: Judge) -> None:
    """One tracking id for the event, for all parts of it, and for taking it back."""
    control = (
        "<EndDeviceControl><drProgramLevel>3</drProgramLevel><issuerTrackingID>DR-1</issuerTrackingID><PanDemandResponse>{}"
        "<dutyCycle>50</dutyCycle></PanDemandResponse><PanDisplay/><PanPricing/>"
        '<EndDeviceControlType ref="{}"/><EndDevices><mRID>{}</mRID></EndDevices></EndDeviceControl>'
    )
    start = control.format("", "3.15.0.54", "M-1") + control.format("", "3.15.0.54", "M-2")
    stop = control.format("<cancelNow>true</cancelNow>", "3.15.0.8", "M-1")
    text = f"<capture><MessageID>a</MessageID>{start}</capture><capture><MessageID>b</MessageID>{stop}</capture>"

    assert found(judge, *example.captures(f"<conversation>{text}</conversation>")) == []


def test_event_that_is_passed_on_passes(judge: Judge) -> None:
    """By another name of the meter, and without the decimals of the second."""
    event = (
        "<capture wire='{}'><MessageID>{}</MessageID><EndDeviceEvent><mRID>E-1</mRID>"
        "<createdDateTime>2026-03-01T00:30:00{}</createdDateTime>"
        '<Assets>{}</Assets><EndDeviceEventType ref="3.12.0.257"/></EndDeviceEvent></capture>'
    )
    text = event.format("hes-&gt;mdms", "a", ".640Z", "<mRID>6a1f0c52-8f5e-4d0b-9a43-0c1f0e6f7b11</mRID>")
    text += event.format("mdms-&gt;cis", "b", "Z", "<Names><name>M-1</name></Names>")

    assert found(judge, *example.captures(f"<conversation>{text}</conversation>")) == []


def test_gas_days_end_in_the_morning(judge: Judge) -> None:
    """At six by the clock of their place, over a change of the clocks."""
    zone = ZoneInfo("Europe/Berlin")
    ends = [datetime(2025, 3, day, 6, tzinfo=zone) for day in (29, 30, 31)]
    rows = "".join(
        f"<IntervalReadings><timeStamp>{end.isoformat()}</timeStamp><value>{8 + place}</value></IntervalReadings>"
        for place, end in enumerate(ends)
    )
    block = f'<IntervalBlocks>{rows}<ReadingType ref="0.0.4.4.1.7.58.0.0.0.0.0.0.0.0.0.42.0"/></IntervalBlocks>'
    member = f"<MeterReading>{block}<Meter><mRID>G-1</mRID></Meter></MeterReading>"

    heard_at = datetime(2025, 4, 1, tzinfo=UTC)

    assert found(judge, good.delivery(member, heard_at=heard_at), good.acknowledgement(heard_at=heard_at)) == []
