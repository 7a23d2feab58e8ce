"""Messages that nothing is wrong with, as many kinds as a utility sees, and the ways in which they may be written."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from hypothesis import strategies as st

from ami.names import Wire
from ami.reading_type import FORWARD, REVERSE, interval_kwh, register_kwh
from conformance import example
from conformance.capture import Capture

MINUTES: Final = (5, 10, 15, 20, 30, 60)
START: Final = datetime(2026, 3, 1, tzinfo=UTC)
HEARD_AT: Final = datetime(2026, 3, 9, 0, 30, 1, tzinfo=UTC)
WIRE: Final = Wire("hes", "mdms")


@dataclass(frozen=True)
class Writing:
    """How moments are written: with which offset, and how many decimals of a second."""

    offset: timedelta = timedelta(0)
    decimals: int = 0

    def moment(self, at: datetime) -> str:
        """An xs:dateTime that names its offset."""
        zone = timezone(self.offset)
        text = at.astimezone(zone).isoformat(timespec={0: "seconds", 3: "milliseconds", 6: "microseconds"}[self.decimals])
        return text.replace("+00:00", "Z")


def kwh(watt_hours: int) -> str:
    """Watt-hours as kWh with three decimals."""
    return f"{watt_hours // 1000}.{watt_hours % 1000:03}"


def block(
    watt_hours: list[int], minutes: int, start: datetime, writing: Writing, *, flow: int = FORWARD, qualities: dict[int, str] | None = None
) -> str:
    """An interval block, from `start` on."""
    rows = []
    for place, value in enumerate(watt_hours):
        code = (qualities or {}).get(place)
        quality = f'<ReadingQualities><ReadingQualityType ref="{code}"/></ReadingQualities>' if code else ""
        end = writing.moment(start + timedelta(minutes=minutes) * (place + 1))
        rows.append(f"<IntervalReadings><timeStamp>{end}</timeStamp><value>{kwh(value)}</value>{quality}</IntervalReadings>")
    return f'<IntervalBlocks>{"".join(rows)}<ReadingType ref="{interval_kwh(minutes, flow)}"/></IntervalBlocks>'


def register(watt_hours: int, digits: int, at: datetime, writing: Writing, flow: int = FORWARD) -> str:
    """What a register with so many digits before the point shows."""
    shown = kwh(watt_hours % (1000 * 10**digits))
    return (
        f'<Readings><timeStamp>{writing.moment(at)}</timeStamp><value>{shown}</value><ReadingType ref="{register_kwh(flow)}"/></Readings>'
    )


def meter_reading(
    name: str, blocks: str, registers: str, start: datetime, end: datetime, writing: Writing, *, by_mrid: bool = False
) -> str:
    """A MeterReading over a span."""
    meter = f"<mRID>{name}</mRID>" if by_mrid else f"<Names><name>{name}</name></Names>"
    span = f"<valuesInterval><end>{writing.moment(end)}</end><start>{writing.moment(start)}</start></valuesInterval>"
    return f"<MeterReading>{blocks}<Meter>{meter}</Meter>{registers}{span}</MeterReading>"


def day(
    name: str, watt_hours: list[int], minutes: int = 15, *, register_wh: int = 1_234_000, digits: int = 6, writing: Writing | None = None
) -> str:
    """A MeterReading as a head-end delivers it: intervals from START on, and the register before and after them."""
    writing = writing or Writing()
    end = START + timedelta(minutes=minutes) * len(watt_hours)
    registers = register(register_wh, digits, START, writing) + register(register_wh + sum(watt_hours), digits, end, writing)
    return meter_reading(name, block(watt_hours, minutes, START, writing), registers, START, end, writing)


def delivery(
    meter_readings: str, *, exchange: int = 1, message_id: str = "m-1", heard_at: datetime = HEARD_AT, writing: Writing | None = None
) -> Capture:
    """A created MeterReadings on the wire from head-end to meter data management, made a second before it is heard."""
    stamp = (writing or Writing()).moment(heard_at - timedelta(seconds=1))
    pieces = f"<Timestamp>{stamp}</Timestamp><MessageID>{message_id}</MessageID><MeterReadings>{meter_readings}</MeterReadings>"
    action = "http://iec.ch/TC57/2011/MeterReadings/CreatedMeterReadings"
    return Capture(example.envelope(example.message(pieces)), heard_at, WIRE, "request", exchange, action)


def acknowledgement(exchange: int = 1, request_id: str = "m-1", *, heard_at: datetime = HEARD_AT, reply_id: str = "") -> Capture:
    """The reply OK to a delivery."""
    pieces = (
        f"<Timestamp>{Writing().moment(heard_at)}</Timestamp><Source>mdms</Source><MessageID>{reply_id or 'r-' + request_id}</MessageID>"
        f"<CorrelationID>{request_id}</CorrelationID><Reply><Result>OK</Result><Error><code>0.0</code><level>INFORM</level></Error></Reply>"
    )
    return Capture(example.envelope(example.message(pieces)), heard_at, WIRE, "reply", exchange)


writings = st.builds(
    Writing,
    st.sampled_from([timedelta(hours=hours, minutes=minutes) for hours, minutes in ((0, 0), (1, 0), (-5, 0), (5, 45), (-3, -30), (9, 30))]),
    st.sampled_from([0, 0, 3, 6]),
)


@st.composite
def meter_readings(draw: st.DrawFn, name: str, writing: Writing) -> str:
    """One meter's day, or part of it: one or two directions, in one block or several, with or without registers and estimates."""
    minutes = draw(st.sampled_from(MINUTES))
    count = draw(st.integers(1, 30))
    end = START + timedelta(minutes=minutes) * count
    digits = draw(st.integers(4, 8))
    blocks, registers = [], []
    for flow in draw(st.sampled_from([(FORWARD,), (FORWARD, REVERSE), (REVERSE,)])):
        values = draw(st.lists(st.integers(0, 3000 * minutes), min_size=count, max_size=count))
        estimated = draw(st.sets(st.integers(0, count - 1), max_size=2)) if draw(st.booleans()) else set()
        qualities = dict.fromkeys(estimated, draw(st.sampled_from(["3.8.0", "3.7.0", "1.2.32"])))
        cut = draw(st.integers(0, count - 1))
        for first, beyond in ((0, cut), (cut, count)) if cut else ((0, count),):
            part = {place - first: code for place, code in qualities.items() if first <= place < beyond}
            start = START + timedelta(minutes=minutes) * first
            blocks.append(block(values[first:beyond], minutes, start, writing, flow=flow, qualities=part))
        if draw(st.booleans()):
            before = draw(st.integers(0, 10 ** (digits + 3) - 1))
            registers += [register(before, digits, START, writing, flow), register(before + sum(values), digits, end, writing, flow)]
    return meter_reading(name, "".join(blocks), "".join(registers), START, end, writing, by_mrid=draw(st.booleans()))


@st.composite
def deliveries(draw: st.DrawFn) -> Capture:
    """A whole message of one to four meters."""
    writing = draw(writings)
    meters = draw(st.integers(1, 4))
    return delivery("".join(draw(meter_readings(f"M-{number}", writing)) for number in range(meters)), writing=writing)


def rewritten(body: bytes, style: str) -> bytes:
    """The same message written in another style: what it says must not change."""
    text = body.decode()
    if style == "comment":
        return text.replace("<MeterReading>", "<!-- a > b --><MeterReading>").encode()
    if style == "cdata":
        return text.replace("<name>M-0</name>", "<name><![CDATA[M-0]]></name>").encode()
    if style == "reference":
        return text.replace("<value>0.", "<value>&#48;.").encode()
    if style == "indented":
        return text.replace("><", ">\n  <").encode()
    if style == "padded":
        return re.sub("<(timeStamp|value|start|end)>(.*?)</", r"<\1>\n    \2\n  </", text).encode()
    if style == "spaced":
        return text.replace('"/>', '" />').encode()
    if style == "single quotes":
        return text.replace('ref="', "ref='").replace('"/>', "'/>").encode()
    if style == "UTF-16":
        return text.replace("UTF-8", "UTF-16").encode("utf-16")
    if style == "prefixed":
        head, _, rest = text.partition('<MeterReadings xmlns="')
        space, _, rest = rest.partition('">')
        inside, _, tail = rest.partition("</MeterReadings>")
        inside = inside.replace("</", "\0").replace("<", "<p:").replace("\0", "</p:")
        return f'{head}<p:MeterReadings xmlns:p="{space}">{inside}</p:MeterReadings>{tail}'.encode()
    return body


STYLES: Final = ("plain", "comment", "cdata", "reference", "indented", "padded", "spaced", "single quotes", "UTF-16", "prefixed")
