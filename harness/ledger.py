"""The books of a scenario: what each system holds and what each wire carried, each laid beside what was measured."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from ami import names, quality
from ami.names import Wire
from ami.reading_type import BILLING_PERIOD, BULK, DELTA, FORWARD, ReadingType
from conformance.judgement import Judgement
from harness import bill_check
from harness.energy import energy
from harness.landscape import Landscape
from harness.measured import Measured, measured
from harness.truth import BREACHES, Comparison, Difference, Held, Interval, Verdict, compare
from harness.wiretap import Captured

DELIVERY = Wire(names.HES, names.MDMS)
REPLACED = frozenset({quality.ESTIMATED_CATEGORY, quality.EDITED_CATEGORY})

Books = dict[str, dict[Interval, Held]]
"""meter -> interval -> what is held of it."""


class Carried(NamedTuple):
    """One value that a wire carried, heard at a moment. wire: as text; is_delivery: the head-end said it of its own accord."""

    message: int
    sender: str
    wire: str
    is_delivery: bool
    meter: str
    reading_type: ReadingType
    wh: int
    at: datetime
    is_replaced: bool
    heard_at: datetime


def comparisons(landscape: Landscape, traffic: Sequence[tuple[Captured, Judgement]]) -> list[Comparison]:
    """Every comparison that the landscape lets us make, stage by stage, in the order in which a reading travels."""
    truth = measured(landscape)
    carried = list(_carried(traffic, truth))
    held = (
        mdms_books(landscape)
        if landscape.is_controlled(names.MDMS, "holdings") and (truth or landscape.is_controlled(names.CIS, "bills"))
        else {}
    )
    books = [
        *_head_end(landscape, truth),
        *_wires(landscape, truth, carried),
        *_data_management(landscape, truth, carried, held),
    ]
    if landscape.is_controlled(names.CIS, "bills") and landscape.is_controlled(names.MDMS, "holdings"):
        books.extend(bill_check.comparisons(landscape, held, traffic))
    return [comparison for comparison in books if comparison.compared_wh or comparison.differences]


def _carried(traffic: Iterable[tuple[Captured, Judgement]], meters: Container[str]) -> Iterator[Carried]:
    """Every value of `meters` on the wires; a message that speaks of none of them is not taken apart."""
    for captured, judgement in traffic:
        if judgement.readings is None or captured.is_deliberate:
            continue
        if not any(member.meter in meters for member in judgement.readings.members):
            continue
        verb = judgement.header.verb if judgement.header else ""
        is_delivery = captured.wire == DELIVERY and captured.leg == "request" and verb == "created"
        for row in judgement.readings.delivered():
            told = energy(row.reading_type, row.value)
            if told is not None:
                said = (row.meter, *told, row.at, _is_replaced(row.qualities))
                yield Carried(captured.number, captured.sender, str(captured.wire), is_delivery, *said, captured.at)


def _is_replaced(qualities: Iterable[str]) -> bool:
    """Whether somebody has put another value in the place of what was measured."""
    return any(_category(text) in REPLACED for text in qualities)


def _category(text: str) -> int | None:
    try:
        return quality.category(text)
    except ValueError:
        return None


def _head_end(landscape: Landscape, truth: Mapping[str, Measured]) -> Iterator[Comparison]:
    if not truth:
        return
    held = head_end_books(landscape)
    for meter, told in truth.items():
        yield compare(meter, ("head_end", None), told.wh, held.get(meter, {}), told.collected(), told.disturbed)


def _wires(landscape: Landscape, truth: Mapping[str, Measured], carried: Sequence[Carried]) -> Iterator[Comparison]:
    """Intervals and registers that crossed each wire; what the head-end holds and did not deliver is lost on its wire."""
    held = head_end_books(landscape) if truth else {}
    pending = _pending(landscape) if truth else frozenset()
    intervals: dict[tuple[str, str], list[Carried]] = {(str(DELIVERY), meter): [] for meter in truth}
    registers: dict[tuple[str, str], list[Carried]] = {}
    for value in carried:
        if value.meter not in truth:
            continue
        if value.reading_type.accumulation == DELTA and value.reading_type.macro_period != BILLING_PERIOD:
            intervals.setdefault((value.wire, value.meter), []).append(value)
        elif value.reading_type.accumulation == BULK and value.reading_type.flow_direction == FORWARD:
            registers.setdefault((value.wire, value.meter), []).append(value)
    for (wire, meter), values in intervals.items():
        owed = set(truth[meter].collected()) & set(held.get(meter, ()))
        expected = owed if wire == str(DELIVERY) and meter not in pending else ()
        compared = compare(meter, ("wire", wire), truth[meter].wh, _told(values, truth[meter]), expected, truth[meter].disturbed)
        yield _since(compared, values)
    for (wire, meter), values in registers.items():
        differences = tuple(_registers(truth[meter], values))
        compared = Comparison(meter, "wire", wire, sum(value.wh for value in values), differences, "registers")
        yield _since(compared, values)


def _told(values: Iterable[Carried], truth: Measured) -> dict[Interval, Held]:
    """What a wire said of each interval; where it said several things, one that is wrong rather than one that is right."""
    told: dict[Interval, Held] = {}
    for value in values:
        interval = Interval(value.reading_type.flow_direction, value.at)
        before = told.get(interval)
        if before is None or before.is_estimated or before.wh == truth.wh.get(interval):
            told[interval] = Held(value.wh, value.is_replaced)
    return told


def _since(comparison: Comparison, values: Iterable[Carried]) -> Comparison:
    """The comparison with the first message that carries a value in breach; as it is where none does, for one that never came."""
    wrong = {(difference.end, difference.found_wh) for difference in comparison.differences if difference.verdict in BREACHES}
    first = min((value for value in values if (value.at, value.wh) in wrong), key=lambda value: value.message, default=None)
    return replace(comparison, since=first.message, sender=first.sender) if first is not None else comparison


def _registers(told: Measured, values: Iterable[Carried]) -> Iterator[Difference]:
    for value in values:
        stood = told.register_wh(value.at)
        if stood is not None and stood != value.wh and not value.is_replaced:
            excused = any(span.start <= value.at <= span.end for span in told.disturbed)
            yield Difference(value.at, stood, value.wh, Verdict.EXCUSED if excused else Verdict.ALTERED)


def _pending(landscape: Landscape) -> frozenset[str]:
    """The meters of which the head-end says that something is still to be delivered."""
    told = landscape.control(names.HES, "holdings")
    returned = (meter for letter in (*told["waiting"], *told["dead_letters"]) for meter in letter["meters"])
    return frozenset((*told["kept_back"], *returned))


def mdms_books(landscape: Landscape) -> Books:
    """What the MDMS holds, its current versions."""
    told = landscape.control(names.MDMS, "holdings")
    return {
        meter: {
            Interval(entry["flow"], datetime.fromisoformat(entry["end"])): Held(entry["wh"], _is_replaced((entry["quality"],)))
            for entry in book["intervals"]
        }
        for meter, book in told["meters"].items()
    }


def _data_management(landscape: Landscape, truth: Mapping[str, Measured], carried: Sequence[Carried], books: Books) -> Iterator[Comparison]:
    if not (landscape.is_controlled(names.MDMS, "holdings") and landscape.is_controlled(names.MDMS, "unknown")) or not truth:
        return
    aside = set(landscape.control(names.MDMS, "unknown")["meters"])
    delivered: dict[str, set[Interval]] = defaultdict(set)
    for value in carried:
        if value.is_delivery and value.reading_type.accumulation == DELTA:
            delivered[value.meter].add(Interval(value.reading_type.flow_direction, value.at))
    for meter, told in truth.items():
        if meter in aside:
            continue
        expected = {interval for interval in delivered[meter] if interval in told.wh}
        yield compare(meter, ("mdms", str(DELIVERY)), told.wh, books.get(meter, {}), expected, told.disturbed)


def head_end_books(landscape: Landscape) -> Books:
    """What the head-end holds as collected."""
    told = landscape.control(names.HES, "holdings")
    return {
        meter: {Interval(flow, datetime.fromisoformat(end)): Held(wh) for end, wh, flow in book["intervals"]}
        for meter, book in told["meters"].items()
    }


def deliveries(traffic: Iterable[tuple[Captured, Judgement]], meters: Container[str]) -> Iterator[Carried]:
    """Every interval of `meters` that the head-end has delivered of its own accord, in the order of delivery."""
    return (value for value in _carried(traffic, meters) if value.is_delivery and value.reading_type.accumulation == DELTA)


def delivered(traffic: Iterable[tuple[Captured, Judgement]], meter: str) -> dict[Interval, int]:
    """The intervals of a meter that the head-end has delivered of its own accord."""
    return {
        Interval(value.reading_type.flow_direction, value.at): value.wh for value in deliveries(traffic, {meter}) if value.meter == meter
    }


def delivered_registers(traffic: Iterable[tuple[Captured, Judgement]], meter: str) -> dict[datetime, int]:
    """The forward register of a meter as the head-end has delivered it: moment -> Wh."""
    return {
        value.at: value.wh
        for value in _carried(traffic, {meter})
        if value.is_delivery
        and value.meter == meter
        and value.reading_type.accumulation == BULK
        and value.reading_type.flow_direction == FORWARD
    }


def meters_per_delivery(traffic: Iterable[tuple[Captured, Judgement]]) -> list[int]:
    """How many meters each delivery of the head-end carries."""
    deliveries = [judgement for captured, judgement in traffic if captured.wire == DELIVERY and captured.leg == "request"]
    return [len({row.meter for row in judgement.readings.delivered()}) for judgement in deliveries if judgement.readings is not None]
