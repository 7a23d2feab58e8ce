"""MR-46: a name is the same name for everybody who compares it letter by letter."""

import re
from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns

_ODD: Final = re.compile(r"\s{2,}|[^\S ]|[\x00-\x1f\x7f]|^\{.*\}$|^urn:uuid:", re.IGNORECASE)
_UUID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_NEARLY_UUID: Final = re.compile(r"[0-9a-f-]{30,38}", re.IGNORECASE)
_SUSPECT: Final = re.compile(r"\s{2,}|[^\S ]|[\x00-\x1f\x7f{}]|urn:", re.IGNORECASE)
_SHORTEST_UUID: Final = 30
_LONGEST: Final = 128


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A meter or a usage point whose name has brackets, line breaks, or nearly the form of a UUID."""
    names = [member.meter for member in readings.members] + [member.usage_point for member in readings.members]
    if max(map(len, names), default=0) < _SHORTEST_UUID and not _SUSPECT.search("|".join(names)):
        return
    for number, member in enumerate(readings.members):
        for part, name in (("Meter", member.meter), ("UsagePoint", member.usage_point)):
            if name and not name.isalnum() and _is_odd(name):
                yield Breach(readings.where_member(number, part), repr(name))


def _is_odd(name: str) -> bool:
    looks_like_one = _NEARLY_UUID.fullmatch(name) is not None and name.count("-") >= 3
    return _ODD.search(name) is not None or len(name) > _LONGEST or (looks_like_one and _UUID.fullmatch(name) is None)


_METER = "<Meter><mRID>{}</mRID></Meter>"

RULE = Rule(
    id="MR-46",
    requires="mRIDs and names in their plain form: a UUID with its four hyphens, no brackets, no line breaks",
    source="IEC 61970-301, IdentifiedObject.mRID; RFC 4122",
    severity=Severity.WARNING,
    works_on=ReadingColumns,
    check=check,
    passes=(_METER.format("6a1f0c52-8f5e-4d0b-9a43-0c1f0e6f7b11"), _METER.format("M-1"), _METER.format("Mill Lane 12")),
    fails=(
        _METER.format("{6a1f0c52-8f5e-4d0b-9a43-0c1f0e6f7b11}"),
        _METER.format("6a1f0c52-8f5e-4d0b-9a43-0c1f0e6f7b1"),
        _METER.format("Mill Lane\n12"),
    ),
    why="The reading is not found under the meter's name, and the bill is estimated.",
    mend="Write identifiers just as the master data has them.",
)
