"""CV-25: nobody uses a thousand times as much from one day to the next."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from ami.findings import Severity
from ami.reading_type import DELTA
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation
from conformance.views.readings import ReadingColumns

FEWEST: Final = 4
"""Amounts that make a scale; fewer may be anything."""

LEAST: Final = 500.0
MOST: Final = 2000.0
"""Around a thousand, the step from one multiplier to the next."""

_Place = tuple[object, str, str]


def check(conversation: Conversation) -> Iterator[Breach]:
    """A block whose amounts are about a thousand times, or a thousandth of, what the same wire said of the meter and type before."""
    usual: dict[_Place, tuple[float, int]] = {}
    for said in conversation.messages:
        if said.readings is None:
            continue
        for block, meter, text, middle in _blocks(said.readings):
            place = said.capture.wire, meter, text
            before = usual.setdefault(place, (middle, said.index))
            factor = middle / before[0]
            if before[1] != said.index and (LEAST <= factor <= MOST or LEAST <= 1 / factor <= MOST):
                found = f"amounts around {middle:g} of meter {meter!r}, {before[0]:g} in message {before[1] + 1}"
                yield Breach(said.readings.where_block(block), found, said.index)


def _blocks(readings: ReadingColumns) -> Iterator[tuple[int, str, str, float]]:
    """Each block of enough amounts: its number, meter and type, and the amount in the middle of those that are something."""
    taken = readings.cells
    for block, member in enumerate(taken.block_member.tolist()):
        index = int(taken.block_type[block])
        reading_type, meter = readings.parsed_types[index], readings.members[member].meter
        first, beyond = int(taken.block_first[block]), int(taken.block_first[block + 1])
        if reading_type is None or reading_type.accumulation != DELTA or not meter or beyond - first < FEWEST:
            continue
        amounts = np.abs(readings.micro[first:beyond])
        amounts = amounts[amounts > 0]
        if len(amounts) >= FEWEST:
            yield block, meter, readings.types[index], float(np.median(amounts)) / 10**6


def _told(message: str, values: tuple[str, ...], day: int) -> str:
    rows = "".join(
        f"<IntervalReadings><timeStamp>2026-02-{day:02}T0{place}:00:00Z</timeStamp><value>{value}</value></IntervalReadings>"
        for place, value in enumerate(values, 1)
    )
    block = f'<IntervalBlocks>{rows}<ReadingType ref="0.0.7.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/></IntervalBlocks>'
    return f"<capture><MessageID>{message}</MessageID><MeterReading>{block}<Meter><mRID>M-1</mRID></Meter></MeterReading></capture>"


_A_THOUSAND_TIMES = _told("b", ("250", "300", "275", "350"), 2)
_FIRST = _told("a", ("0.250", "0.300", "0.275", "0.350"), 1)

RULE = Rule(
    id="CV-25",
    requires="the amounts of a meter to keep their scale from one message of a wire to the next",
    source="IEC 61968-9, ReadingType.multiplier",
    severity=Severity.WARNING,
    works_on=Conversation,
    check=check,
    passes=(
        f"<conversation>{_FIRST}{_told('b', ('2.250', '3.300', '2.275', '1.350'), 2)}</conversation>",
        f"<conversation>{_FIRST}{_A_THOUSAND_TIMES.replace('3.72.0', '0.72.0')}</conversation>",
    ),
    fails=(f"<conversation>{_FIRST}{_A_THOUSAND_TIMES}</conversation>",),
    why="The head-end was updated, delivers watt-hours under kWh since then, and every bill is a thousand times too high.",
    mend="Check the multiplier of the reading type against the unit of the values.",
)
