"""What the meters measured, as the record keeps it: a curve for each of the meters that a reader will want to see drawn."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC

from ami.ports import Json
from ami.reading_type import FORWARD
from harness.measured import Measured
from harness.truth import Comparison

MOST_METERS = 12
"""How many meters of a scenario are kept; those that somebody holds otherwise than measured come first."""

MOST_INTERVALS = 3000
"""How many intervals of one meter are kept, the last ones: a month of quarter-hours."""


def curves(truth: Mapping[str, Measured], comparisons: Sequence[Comparison]) -> Iterator[dict[str, Json]]:
    """The fields of one line for each meter that a comparison names."""
    differs = dict.fromkeys(comparison.meter for comparison in comparisons if comparison.differences)
    named = dict.fromkeys([*differs, *(comparison.meter for comparison in comparisons)])
    for meter in [each for each in named if each in truth][:MOST_METERS]:
        told = truth[meter]
        # Nobody held the others against anything: drawn, they would look as if somebody had.
        compared = told.collected() or told.wh
        forward = sorted((interval.end, told.wh[interval]) for interval in compared if interval.flow == FORWARD)[-MOST_INTERVALS:]
        if forward:
            first_end = forward[0][0].astimezone(UTC).isoformat().replace("+00:00", "Z")
            yield {"meter": meter, "first_end": first_end, "minutes": told.minutes, "wh": [wh for _, wh in forward]}
