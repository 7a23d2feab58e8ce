"""CV-09: from one message to the next a register goes on from where it stood."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np

from ami.findings import Severity
from ami.quality import EDITED_CATEGORY, ESTIMATED_CATEGORY
from ami.reading_type import PRIMARY_METERED
from conformance.quantities import MICRO
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation, Said
from conformance.views.registers import RESET, counts_up, has_rolled_over
from conformance.views.spacing import HOUR

MOST_UNITS_AN_HOUR: Final = 1000
"""Of kWh: more than a megawatt no service at low voltage delivers. For other multipliers, and for what is metered at high voltage, the
rule does not look at speed."""

_KILO: Final = 3
_LEEWAY: Final = 10 * MICRO
_COUNTED_OTHERWISE: Final = frozenset({EDITED_CATEGORY, ESTIMATED_CATEGORY})

_Place = tuple[object, str, str, str]


class _Stand(NamedTuple):
    """A register at a moment: micro units at a microsecond, as a message said it."""

    at: int
    micro: int
    text: str
    message: int


def check(conversation: Conversation) -> Iterator[Breach]:
    """A register reading that runs back from, or ahead too fast of, what the same wire said of the register in another message."""
    known: dict[_Place, list[_Stand]] = {}
    for said in conversation.messages:
        if said.readings is None:
            continue
        for row, place, stand in _stands(said):
            stands = known.setdefault(place, [])
            position = bisect_left(stands, stand.at, key=lambda each: each.at)
            reason = _contradiction(stands, position, stand, place[3])
            if reason:
                where = said.readings.where(row, "value")
                yield Breach(where, f"{stand.text!r} of meter {place[2]!r}, {reason}", said.index)
            else:
                stands.insert(position, stand)


def _stands(said: Said) -> Iterator[tuple[int, _Place, _Stand]]:
    readings = said.readings
    if readings is None:
        return
    first = readings.interval_count
    is_register = (
        counts_up(readings)[readings.cells.type_index[first:]] & readings.moments.known[first:] & readings.quantities.known[first:]
    )
    doubtful = readings.has_quality(_COUNTED_OTHERWISE) | readings.is_marked(RESET)
    for row in (np.flatnonzero(is_register) + first).tolist():
        if not doubtful[row] and readings.meter(row):
            place = said.capture.wire, said.capture.leg, readings.meter(row), readings.type_text(row)
            yield row, place, _Stand(int(readings.at[row]), int(readings.micro[row]), readings.value(row), said.index)


def _contradiction(stands: list[_Stand], position: int, stand: _Stand, reading_type: str) -> str:
    """Why a stand cannot be true beside those before and after it in time; empty where it can."""
    if position < len(stands) and stands[position].at == stand.at:
        other = stands[position]
        return (
            ""
            if stand.micro == other.micro or stand.message == other.message
            else f"{other.text!r} for the same moment in message {other.message + 1}"
        )
    pairs = []
    if position > 0:
        pairs.append((stands[position - 1], stand, stands[position - 1]))
    if position < len(stands):
        pairs.append((stand, stands[position], stands[position]))
    for earlier, later, other in pairs:
        if other.message == stand.message:
            continue
        moved = later.micro - earlier.micro
        if moved < 0 and not has_rolled_over(earlier.micro, later.micro):
            return f"beside {other.text!r} in message {other.message + 1}: it would have run back"
        most = MOST_UNITS_AN_HOUR * MICRO * (later.at - earlier.at) // HOUR + _LEEWAY
        if moved > most and _has_a_limit(reading_type):
            return f"beside {other.text!r} in message {other.message + 1}: it would have run too fast"
    return ""


def _has_a_limit(reading_type: str) -> bool:
    numbers = reading_type.split(".")
    return numbers[-3] == str(_KILO) and numbers[5] != str(PRIMARY_METERED)


_HEARD = (
    "<capture><MessageID>{0}</MessageID><Readings><timeStamp>2026-03-01T{1}:00:00Z</timeStamp><value>{2}</value>"
    '<ReadingType ref="0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/></Readings></capture>'
)


def _both(one: tuple[str, str], other: tuple[str, str]) -> str:
    return f"<conversation>{_HEARD.format('a', *one)}{_HEARD.format('b', *other)}</conversation>"


RULE = Rule(
    id="CV-09",
    requires="a register to go on from one message of a wire to the next, neither backwards nor faster than a megawatt",
    source="IEC 61968-9, ReadingType.accumulation (bulk quantity)",
    severity=Severity.ERROR,
    works_on=Conversation,
    check=check,
    passes=(
        _both(("00", "100.5"), ("01", "101.5")),
        _both(("01", "101.5"), ("00", "100.5")),
        _both(("00", "100.5"), ("00", "100.5")),
        _both(("00", "99999.5"), ("01", "0.5")),
        _both(("00", "100.5"), ("01", "101500")).replace("1.1.1.12", "1.1.2.12"),
    ),
    fails=(
        _both(("00", "100.5"), ("01", "100.4")),
        _both(("00", "100.5"), ("00", "100.6")),
        _both(("00", "100.5"), ("01", "101500")),
    ),
    why="Readings of two customers were mixed up, or a reading was changed on the way.",
    mend="Compare the meter ids of the two messages, and look for a multiplier that one of them lacks.",
)
