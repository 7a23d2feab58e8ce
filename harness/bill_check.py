"""Bills held against what the MDMS holds, and the determinants on the wire held against both: the last stage of a reading's way."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from ami import names
from ami.messages import Span
from ami.names import Wire
from ami.ports import Json
from ami.reading_type import BILLING_PERIOD, BULK, FORWARD, ReadingType
from conformance.judgement import Judgement
from harness.energy import energy
from harness.landscape import Landscape
from harness.truth import Comparison, Difference, Held, Interval, Verdict
from harness.wiretap import Captured

BILLING = Wire(names.CIS, names.MDMS)


def comparisons(
    landscape: Landscape, held: Mapping[str, Mapping[Interval, Held]], traffic: Sequence[tuple[Captured, Judgement]]
) -> Iterator[Comparison]:
    """Every issued bill beside the intervals of its meters, every determinant beside the same, and bills that overlap."""
    bills = [bill for bill in landscape.control(names.CIS, "bills") if bill["status"] == "issued"]
    yield from _determinants(landscape, held, traffic)
    for bill in bills:
        yield _bill(bill, held)
    yield from _overlaps(bills)


def _bill(bill: Json, held: Mapping[str, Mapping[Interval, Held]]) -> Comparison:
    """One bill as one difference, at its end: what its meters come to at the MDMS, and what is billed."""
    parts = [(part["meter"], _span(part)) for part in bill["meters"]]
    expected = sum(_sum_wh(held.get(meter, {}), span, FORWARD) for meter, span in parts)
    billed = int(Decimal(bill["kwh_total"]) * 1000)
    end = _span(bill).end
    differs = [Difference(end, expected, billed, Verdict.ALTERED)] if billed != expected else []
    estimated = sum(
        value.wh
        for meter, span in parts
        for interval, value in held.get(meter, {}).items()
        if interval.flow == FORWARD and value.is_estimated and span.start < interval.end <= span.end
    )
    if estimated:
        differs.append(Difference(end, 0, estimated, Verdict.ESTIMATED))
    return Comparison(", ".join(meter for meter, _ in parts), "bill", None, expected, tuple(differs))


def _overlaps(bills: Sequence[Json]) -> Iterator[Comparison]:
    by_point: dict[str, list[Json]] = {}
    for bill in sorted(bills, key=lambda bill: (bill["usage_point"], bill["start"])):
        by_point.setdefault(bill["usage_point"], []).append(bill)
    for point, listed in by_point.items():
        for earlier, later in pairwise(listed):
            if _span(later).start < _span(earlier).end:
                wh = int(Decimal(later["kwh_total"]) * 1000)
                yield Comparison(point, "bill", None, wh, (Difference(_span(earlier).end, wh, wh, Verdict.DUPLICATED),))


def _determinants(
    landscape: Landscape, held: Mapping[str, Mapping[Interval, Held]], traffic: Sequence[tuple[Captured, Judgement]]
) -> Iterator[Comparison]:
    """What the MDMS answered to the billing system; only the last answer for a span counts, for later data may mend an earlier one."""
    told: dict[tuple[str, Span, ReadingType], int] = {}
    registers: set[tuple[str, datetime]] = set()
    for captured, judgement in traffic:
        if captured.wire == BILLING and captured.leg == "reply" and judgement.readings is not None:
            for row in judgement.readings.delivered():
                kind, wh = energy(row.reading_type, row.value) or (ReadingType(), 0)
                if kind.macro_period == BILLING_PERIOD and row.period is not None:
                    told[row.meter, row.period, kind] = wh
                elif kind.accumulation == BULK:
                    registers.add((row.meter, row.at))
    of_meter: dict[str, list[Difference]] = {}
    compared: dict[str, int] = {}
    for (meter, span, kind), wh in told.items():
        expected = _sum_wh(held.get(meter, {}), span, kind.flow_direction, landscape, kind.tou)
        differences = of_meter.setdefault(meter, [])
        compared[meter] = compared.get(meter, 0) + expected
        if wh != expected:
            differences.append(Difference(span.end, expected, wh, Verdict.ALTERED))
        # A determinant without the registers at both its ends cannot be checked by anybody.
        if kind.tou == 0 and kind.flow_direction == FORWARD:
            differences.extend(Difference(at, 0, None, Verdict.LOST) for at in span if (meter, at) not in registers)
    for meter, differences in sorted(of_meter.items()):
        yield Comparison(meter, "wire", str(BILLING), compared[meter], tuple(differences), sender=BILLING.target)


def _sum_wh(books: Mapping[Interval, Held], span: Span, flow: int, landscape: Landscape | None = None, tou: int = 0) -> int:
    """What a meter comes to within a span: all of it, or what belongs to one period of the calendar."""
    inside = [(interval, held) for interval, held in books.items() if interval.flow == flow and span.start < interval.end <= span.end]
    if tou == 0 or landscape is None:
        return sum(held.wh for _, held in inside)
    minutes = _spacing(sorted(interval.end for interval, _ in inside))
    return sum(held.wh for interval, held in inside if landscape.calendar.period_at(interval.end - minutes) == tou)


def _spacing(ends: Sequence[datetime]) -> timedelta:
    """The commonest distance between neighbours; half an hour where there are none."""
    distances = Counter(later - earlier for earlier, later in pairwise(ends))
    return distances.most_common(1)[0][0] if distances else timedelta(minutes=30)


def _span(entry: Json) -> Span:
    return Span(datetime.fromisoformat(entry["start"]), datetime.fromisoformat(entry["end"]))
