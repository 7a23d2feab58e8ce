"""QU-08: nobody can have looked at a reading after its message was written."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.quality_moments import QualityMoments

TOLERANCE: Final = timedelta(minutes=5)
"""What the clocks of two systems may differ by."""


def check(view: QualityMoments) -> Iterator[Breach]:
    """A quality whose timeStamp is later than the message; one without an offset may be meant for another hour."""
    if view.said_at is None:
        return
    for quality in view.moments:
        if quality.at is not None and quality.at.has_offset and quality.at.at - view.said_at > TOLERANCE:
            yield Breach(quality.where, f"{quality.text!r} in a message of {view.said_at.isoformat()}")


_QUALITY = '<ReadingQualities><timeStamp>{}</timeStamp><ReadingQualityType ref="2.0.0"/></ReadingQualities>'

RULE = Rule(
    id="QU-08",
    requires="a quality to have been given before the message that tells of it",
    source="IEC 61968-9, ReadingQuality.timeStamp",
    severity=Severity.ERROR,
    works_on=QualityMoments,
    check=check,
    passes=(_QUALITY.format("2026-03-01T01:00:00Z"), _QUALITY.format("2026-03-01T02:01:00+01:00")),
    fails=(_QUALITY.format("2026-03-01T02:01:00Z"), _QUALITY.format("2026-03-01T01:00:00-05:00")),
    why="In a dispute the record of who validated the reading, and when, is worth nothing.",
    mend="Write the moment of the validation, with the offset from UTC of the clock that it is read from.",
)
