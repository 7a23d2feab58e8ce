"""The reading columns: the same whether taken out of the bytes or out of the tree."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from ami.messages import Span
from conformance import example
from conformance.capture import Capture
from conformance.judge import Judge
from conformance.parser import parsed
from conformance.views.cells import ReadingCells
from conformance.views.place import path
from conformance.views.readings import ReadingColumns
from conformance.views.scan import scan
from conformance.views.tags import KEYS
from conformance.views.walk import walk
from tests.conformance import good

NUMBERED = {"type_index": "types", "block_type": "types", "quality_index": "qualities"}
PLAIN_STYLES = ("plain", "indented", "spaced", "prefixed", "single quotes")


def payload_of(body: bytes) -> etree._Element:
    """The MeterReadings element of a message."""
    root = parsed(body)
    assert isinstance(root, etree._Element)
    return next(root.iter("{*}MeterReadings"))


def scanned(body: bytes) -> ReadingCells | None:
    """The readings out of the bytes."""
    payload = payload_of(body)
    return scan(body, path(payload), payload.prefix, len(payload))


def assert_alike(one: ReadingCells, other: ReadingCells) -> None:
    """Column by column the same."""
    for column in fields(ReadingCells):
        mine, theirs = getattr(one, column.name), getattr(other, column.name)
        if column.name == "line_of":
            places = [(row, part) for row in range(len(one.member)) for part in ("", "timeStamp", "value")]
            assert [mine(*place) for place in places] == [theirs(*place) for place in places]
        elif callable(mine):
            count = len(one.members) if column.name == "member_line" else len(one.block_member)
            assert list(map(mine, range(count))) == list(map(theirs, range(count)))
        elif column.name in NUMBERED:
            texts = NUMBERED[column.name]
            assert [getattr(one, texts)[each] for each in mine] == [getattr(other, texts)[each] for each in theirs]
        elif column.name in NUMBERED.values():
            assert sorted(mine) == sorted(theirs)
        elif isinstance(mine, np.ndarray):
            assert np.array_equal(mine, theirs), column.name
        else:
            assert mine == theirs, column.name


@settings(max_examples=100, deadline=None)
@given(good.deliveries(), st.sampled_from(PLAIN_STYLES))
def test_scan_takes_what_walk_takes(message: Capture, style: str) -> None:
    """In all styles that are plain writing, the bytes say what the tree says."""
    body = good.rewritten(message.body, style)
    taken = scanned(body)
    walked = walk(payload_of(body))

    assert taken is not None
    assert walked is not None
    assert_alike(taken, walked)


@pytest.mark.parametrize("style", ["comment", "cdata"])
def test_scan_leaves_unusual_writing_to_the_walk(style: str) -> None:
    """Where only the tree knows what is meant, the scan says so instead of guessing."""
    message = good.delivery(good.day("M-0", [250] * 4))

    assert scanned(good.rewritten(message.body, style)) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<value>0.250</value>", "<value>0.250</value><unknown/>"),
        ("<value>0.250</value>", '<value a="b">0.250</value>'),
        ("<value>0.250</value>", "<value>&#48;.250</value>"),
        ("<value>0.250</value>", f"<value>0.{'2' * 300}</value>"),
        ("</MeterReadings>", "</MeterReadings >"),
        (f'ref="{example.QUARTER_HOUR_KWH}"', f'ref="{example.QUARTER_HOUR_KWH}" xml:lang="en"'),
        (f'ref="{example.QUARTER_HOUR_KWH}"', f'ref="{example.QUARTER_HOUR_KWH.replace("72", "&#55;2")}"'),
        ("<IntervalBlocks>", "<IntervalBlocks><?pi?>"),
    ],
)
def test_scan_refuses_what_it_does_not_know(old: str, new: str) -> None:
    """An unknown element or attribute, a reference, a very long text, a closing tag with a space, a processing instruction."""
    body = good.delivery(good.day("M-0", [250] * 4)).body.replace(old.encode(), new.encode())

    assert scanned(body) is None


def test_name_with_references_is_read_as_it_is_meant() -> None:
    """They are common in names, and nowhere else."""
    body = good.delivery(good.day("M-0", [250] * 4)).body.replace(b"M-0<", b"Smith &amp; S&#246;hne &lt;1&gt;<")
    taken, walked = scanned(body), walk(payload_of(body))

    assert taken is not None
    assert walked is not None
    assert_alike(taken, walked)
    assert taken.members[0].meter == "Smith & Söhne <1>"


def test_no_two_names_share_a_key() -> None:
    """The scan tells names by a number; no two of the schema's names may have the same."""
    assert len(set(KEYS.values())) == len(KEYS)


def test_large_message_is_judged_like_a_small_one(judge: Judge) -> None:
    """Over the size from which bytes are scanned, the same finding at the same path."""
    members = "".join(good.day(f"M-{number}", [250] * 96) for number in range(20)).replace("02:00:00Z", "02:00:00")
    small = judge.message(good.delivery(members[: members.index("</MeterReading>") + len("</MeterReading>")]))
    large = judge.message(good.delivery(members))

    assert [str(finding) for finding in large.findings[:1]] == [str(finding) for finding in small.findings]
    assert len(large.findings) == 20


def test_lines_beyond_65535_are_right(judge: Judge) -> None:
    """libxml2 once counted no further."""
    members = "".join(good.day(f"M-{number}", [250] * 96) for number in range(200))
    body = good.rewritten(good.delivery(members).body, "indented")
    place = body.rindex(b"<value>0.250</value>")
    broken = body[:place] + b"<value>NaN</value>" + body[place + len(b"<value>0.250</value>") :]
    worse = body[:place] + b"<value>much</value>" + body[place + len(b"<value>0.250</value>") :]
    line = body.count(b"\n", 0, place) + 1

    assert line > 65535
    assert [(finding.rule_id, finding.where.line) for finding in judge.message(Capture(broken)).findings] == [("MR-12", line)]
    assert [(finding.rule_id, finding.where.line) for finding in judge.message(Capture(worse)).findings] == [("XS-01", line)]


def test_delivered_values_are_exact() -> None:
    """Meter, type, moment, value as written, qualities, period and line of every value."""
    body = example.captures(
        "<IntervalReadings><timeStamp>2026-03-01T02:15:00+01:00</timeStamp><value>0.1</value>"
        '<ReadingQualities><ReadingQualityType ref="3.8.0"/></ReadingQualities><ReadingQualities><ReadingQualityType ref="1.2.32"/>'
        "</ReadingQualities></IntervalReadings>"
        "<Readings><timeStamp>2026-03-01T02:00:00Z</timeStamp><value>1.5E3</value>"
        f'<ReadingType ref="{example.REGISTER_KWH}"/>'
        "<timePeriod><end>2026-03-01T02:00:00Z</end><start>2026-03-01T01:00:00Z</start></timePeriod></Readings>"
    )[0].body
    taken = walk(payload_of(body))
    assert taken is not None
    interval, reading = ReadingColumns(taken).delivered()
    two = datetime(2026, 3, 1, 2, tzinfo=UTC)

    assert (interval.meter, interval.reading_type) == ("M-1", example.QUARTER_HOUR_KWH)
    assert (interval.at, interval.value) == (datetime(2026, 3, 1, 1, 15, tzinfo=UTC), Decimal("0.1"))
    assert (interval.qualities, interval.period) == (("3.8.0", "1.2.32"), None)
    assert (reading.at, reading.value, reading.period) == (two, Decimal(1500), Span(two - timedelta(hours=1), two))
    assert interval.line <= reading.line


def test_readings_inside_service_requests_are_columns(judge: Judge) -> None:
    """A reading that a service request carries is judged and delivered like any other."""
    work = (
        "<MeterServiceWork><kind>disconnect</kind><Meter><mRID>M-1</mRID><MeterReadings><Readings>"
        f'<timeStamp>2026-03-01T00:30:00</timeStamp><value>7</value><ReadingType ref="{example.REGISTER_KWH}"/>'
        "</Readings></MeterReadings></Meter></MeterServiceWork>"
    )
    judgement = judge.message(example.captures(work)[0])

    assert [finding.rule_id for finding in judgement.findings] == ["MR-03"]
    assert judgement.readings is not None
    assert [each.meter for each in judgement.readings.delivered()] == ["M-1"]
