"""What a faulty wire does to a message."""

import re

import pytest

from ami.errors import ConfigurationError
from ami.names import Wire
from harness import faults

MESSAGE = b"""<MeterReadings><MeterReading><IntervalBlocks>
<IntervalReadings><timeStamp>2026-03-03T00:30:00Z</timeStamp><value>0.1</value></IntervalReadings>
<IntervalReadings><timeStamp>2026-03-03T01:00:00Z</timeStamp><value>0.2</value></IntervalReadings>
<IntervalReadings><timeStamp>2026-03-03T01:30:00Z</timeStamp><value>0.3</value></IntervalReadings>
</IntervalBlocks><Meter><Names><name>M-1</name></Names></Meter></MeterReading>
<MeterReading><Meter><Names><name>M-2</name></Names></Meter></MeterReading></MeterReadings>"""


def test_one_interval_is_dropped() -> None:
    """One of three is gone."""
    assert faults.drop_interval(MESSAGE).count(b"<IntervalReadings>") == 2


def test_every_moment_is_an_hour_later() -> None:
    """All of them, and nothing else."""
    assert re.findall(rb"T(\d\d:\d\d)", faults.shift_hour(MESSAGE)) == [b"01:30", b"02:00", b"02:30"]


def test_every_value_is_a_thousand_times_as_much() -> None:
    """Without an exponent."""
    assert re.findall(rb"<value>([^<]*)", faults.scale(MESSAGE)) == [b"100.0", b"200.0", b"300.0"]


def test_two_meters_change_names() -> None:
    """And no third appears."""
    assert re.findall(rb"M-\d", faults.swap_meters(MESSAGE)) == [b"M-2", b"M-1"]


def test_correlation_id_is_another() -> None:
    """Of the same length."""
    assert faults.break_correlation(b"<CorrelationID>abc</CorrelationID>") == b"<CorrelationID>cba</CorrelationID>"


def test_fault_is_named_with_its_wire() -> None:
    """As on the command line."""
    wire, fault = faults.parse("hes->mdms=scale")

    assert (wire, fault.name) == (Wire("hes", "mdms"), "scale")


@pytest.mark.parametrize("text", ["scale", "hes->mdms", "hes->mars=scale", "hes->mdms=melt", "hes=scale"])
def test_fault_that_is_none_is_one_line(text: str) -> None:
    """What there is stands in the text."""
    with pytest.raises(ConfigurationError, match="expected hes->mdms=drop-interval"):
        faults.parse(text)
