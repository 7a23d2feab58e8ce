"""Reading types and values of single readings and of series: what is measured, in which unit, how often, and what can be."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from random import Random
from typing import Final

from ami import names
from tests.conformance.generate.making import Maker, Object, Spec, written
from tests.conformance.mutation.made import BARE, Edit, Made, told
from tests.conformance.mutation.mutation import Mutation
from tests.conformance.mutation.texts import Change, field, moved, plus, times, with_a_word, without_a_field, without_offset
from tests.conformance.mutation.tree_edits import both, code, drop, put, repeat, say, say_all

READ_AT: Final = datetime.fromisoformat("2026-03-08T00:00:00Z")
SINGLE: Final = "MeterReading/Readings"
ROW: Final = "MeterReading/IntervalBlocks/IntervalReadings"
TYPE: Final = f"{SINGLE}/ReadingType"

ENERGY: Final = "0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0"
AMOUNT: Final = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"
MONTH: Final = "8.0.0.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"
VOLTAGE: Final = "0.2.2.12.0.1.158.0.0.0.0.0.0.0.128.0.29.0"
FACTOR: Final = "0.2.2.12.0.1.38.0.0.0.0.0.0.0.0.0.65.0"
MOST_DEMAND: Final = "8.8.2.6.1.1.8.0.0.0.0.0.0.0.0.3.38.0"
GAS: Final = "0.0.2.4.1.7.58.0.0.0.0.0.0.0.0.0.42.0"
MONEY: Final = "8.0.0.4.1.1.16.0.0.0.0.0.0.0.0.0.80.978"
DAILY: Final = "0.0.4.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"
PROFILE: Final = "0.0.2.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0"


def _single(text: str, value: str, *, period: timedelta | None = None) -> Callable[[Random], Made]:
    """One reading of one meter. period: the span that it is of."""

    def spec(make: Maker) -> Object:
        reading: Object = {"timeStamp": written(READ_AT), "value": value, "ReadingType": text}
        if period is not None:
            reading["timePeriod"] = make.span(READ_AT, period)
        return {"MeterReading": {"Meter": {"mRID": make.uuid()}, "Readings": [reading]}}

    return told(names.METER_READINGS, spec, *BARE)


def _series(
    text: str, minutes: int, values: Callable[[Maker], list[str]], meters: int = 1, *, spans: bool = False
) -> Callable[[Random], Made]:
    """Intervals of some meters, one after the other. spans: whether valuesInterval says from when to when they are."""

    def spec(make: Maker) -> Object:
        members: list[Spec] = []
        for _ in range(meters):
            shown = values(make)
            rows: list[Spec] = [
                {"timeStamp": written(READ_AT - timedelta(minutes=minutes) * (len(shown) - 1 - place)), "value": value}
                for place, value in enumerate(shown)
            ]
            span: Object = {"valuesInterval": make.span(READ_AT, timedelta(minutes=minutes) * len(shown))} if spans else {}
            block: Object = {"IntervalReadings": rows, "ReadingType": text}
            members.append({"IntervalBlocks": block, "Meter": {"mRID": make.uuid()}, **span})
        return {"MeterReading": members}

    return told(names.METER_READINGS, spec, *BARE)


def _some(count: int, least: int, most: int) -> Callable[[Maker], list[str]]:
    return lambda make: [f"{make.random.randint(least, most) / 1000:.3f}" for _ in range(count)]


def _rising(count: int) -> Callable[[Maker], list[str]]:
    def values(make: Maker) -> list[str]:
        start = make.random.randint(10**6, 10**8)
        return [f"{(start + place * make.random.randint(200, 300)) / 1000:.3f}" for place in range(count)]

    def sorted_values(make: Maker) -> list[str]:
        return sorted(values(make), key=float)

    return sorted_values


def _another(**changes: str) -> Edit:
    """A second reading beside the first, under another type or with another value."""

    def edit(random: Random, made: Made) -> bool:
        text = changes.get("code", ENERGY)
        spec: Object = {"timeStamp": written(READ_AT), "value": changes["value"], "ReadingType": text}
        return put("MeterReading", "Readings", spec, instead=False)(random, made)

    return edit


def _at_offset(hours: int) -> Change:
    """The same moment in local time."""
    zone = timezone(timedelta(hours=hours))
    return lambda _, text: datetime.fromisoformat(text).astimezone(zone).isoformat()


def _another_offset(random: Random, made: Made) -> bool:
    """From some moment on, in a night in which no clocks change, the same moments are written in another local time."""
    stamps = [element for _, element in made.places(f"{ROW}/timeStamp")]
    change = random.randrange(1, len(stamps))
    for place, element in enumerate(stamps):
        element.text = _at_offset(2 if place >= change else 1)(random, element.text)
    return True


def _set_back(random: Random, made: Made) -> bool:
    """One reading of a series, but for the first, shows less than the one before it."""
    rows = [element for _, element in made.places(f"{ROW}/value")]
    place = random.randrange(1, len(rows))
    rows[place].text = plus("-7.5")(random, rows[place - 1].text)
    return True


REGISTER: Final = _single(ENERGY, "1234.5")
VOLTS: Final = _single(VOLTAGE, "230.4")
A_MONTH: Final = _single(MONTH, "430.25", period=timedelta(days=28))
PEAK: Final = _single(MOST_DEMAND, "4.2", period=timedelta(days=28))

MUTATIONS: Final = (
    Mutation("drop", "a number of a ReadingType", REGISTER, code(TYPE, without_a_field), "RT-01"),
    Mutation("retype", "a number of a ReadingType", REGISTER, code(TYPE, with_a_word), "RT-01"),
    Mutation("recode", "a flow that no table has", REGISTER, code(TYPE, field(flow_direction=99)), "RT-02", "RT-06"),
    Mutation("recode", "a multiplier that no table has", REGISTER, code(TYPE, field(multiplier=4)), "RT-02"),
    Mutation("recode", "energy to watts", REGISTER, code(TYPE, field(unit=38)), "RT-03", "RT-08"),
    Mutation("recode", "energy to a currency", REGISTER, code(TYPE, field(currency=978)), "RT-03"),
    Mutation("recode", "an argument divided by zero", REGISTER, code(TYPE, field(argument_numerator=1)), "RT-03|RT-16", "RT-03 RT-16"),
    Mutation("recode", "voltage to watt-hours", VOLTS, code(TYPE, field(unit=72)), "RT-03", "RT-08"),
    Mutation("recode", "gas to volts", _single(GAS, "3.5"), code(TYPE, field(unit=29)), "RT-04", "RT-08"),
    Mutation("recode", "volume of gas to that of electricity", _single(GAS, "3.5"), code(TYPE, field(commodity=1)), "RT-05", "RT-04"),
    Mutation("recode", "voltage to that of water", VOLTS, code(TYPE, field(commodity=9, phases=0)), "RT-05"),
    Mutation("drop", "the direction of energy", REGISTER, code(TYPE, field(flow_direction=0)), "RT-06"),
    Mutation("recode", "voltage that flows", VOLTS, code(TYPE, field(flow_direction=1)), "RT-07"),
    Mutation("recode", "energy of an instant", REGISTER, code(TYPE, field(accumulation=12)), "RT-08"),
    Mutation("recode", "the gas of a phase", _single(GAS, "3.5"), code(TYPE, field(phases=128)), "RT-09"),
    Mutation(
        "recode", "a count of text", _single("0.0.2.6.0.1.136.0.0.0.0.0.0.0.0.0.109.0", "1"), code(TYPE, field(multiplier=3)), "RT-10"
    ),
    Mutation("drop", "the currency of money", _single(MONEY, "55.10"), code(TYPE, field(currency=0)), "RT-11"),
    Mutation("recode", "money to no currency", _single(MONEY, "55.10"), code(TYPE, field(currency=1)), "RT-12"),
    Mutation("recode", "voltage of a tariff period", VOLTS, code(TYPE, field(tou=2)), "RT-13"),
    Mutation("drop", "the span of an average", VOLTS, code(TYPE, field(measuring_period=0)), "RT-14"),
    Mutation(
        "recode",
        "energy of intervals that overlap",
        _series(AMOUNT, 15, _some(5, 100, 900)),
        code("MeterReading/IntervalBlocks/ReadingType", field(measuring_period=59)),
        "RT-15",
        "MR-07",
    ),
    Mutation("recode", "a harmonic of nothing", VOLTS, code(TYPE, field(interharmonic_denominator=1)), "RT-16"),
    Mutation(
        "drop",
        "the phase of a total by phase",
        _single("0.0.0.1.21.1.12.0.0.0.0.0.0.0.128.3.72.0", "99.5"),
        code(TYPE, field(phases=0)),
        "RT-17",
    ),
    Mutation("drop", "the commodity", REGISTER, code(TYPE, field(commodity=0)), "RT-18"),
    Mutation("recode", "the greatest of one measuring period", PEAK, code(TYPE, field(macro_period=11, measuring_period=4)), "RT-19"),
    # Periods of single readings.
    Mutation("shift", "the end of a period before its start", A_MONTH, say(f"{SINGLE}/timePeriod/end", moved(days=-60)), "MR-20", "MR-42"),
    Mutation("drop", "the offset of a period", A_MONTH, say(f"{SINGLE}/timePeriod/start|end", without_offset), "MR-20"),
    Mutation(
        "repeat",
        "a month with half of the next",
        A_MONTH,
        both(repeat(SINGLE), say(f"{SINGLE}/timePeriod/start", moved(days=-9), slice(0, 1))),
        "MR-21|MR-24",
        "MR-21 MR-23 MR-24",
    ),
    Mutation(
        "shift",
        "an interval's period",
        _series(AMOUNT, 15, _some(5, 100, 900)),
        put(ROW, "timePeriod", {"end": written(READ_AT - timedelta(hours=3)), "start": written(READ_AT - timedelta(hours=4))}),
        "MR-22",
    ),
    Mutation(
        "drop",
        "the span of an amount",
        _single("0.0.0.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0", "430", period=timedelta(days=28)),
        drop(f"{SINGLE}/timePeriod"),
        "MR-42",
    ),
    Mutation("drop", "the moment of a maximum", PEAK, drop(f"{SINGLE}/timeStamp"), "MR-35", "MR-14"),
    Mutation("shift", "the moment of a maximum out of its month", PEAK, say(f"{SINGLE}/timeStamp", moved(days=-40)), "MR-35"),
    # Values.
    Mutation("shift", "a voltage by a million", VOLTS, code(TYPE, field(multiplier=6)), "MR-30"),
    Mutation("shift", "a voltage's sign", VOLTS, say(f"{SINGLE}/value", times("-1")), "MR-30"),
    Mutation("shift", "a power factor by a hundred", _single(FACTOR, "0.93"), say(f"{SINGLE}/value", times("100")), "MR-29"),
    Mutation(
        "recode",
        "a value to a rounding error",
        _series(AMOUNT, 15, _some(5, 100, 900)),
        say(f"{ROW}/value", "0.30000000000000004"),
        "MR-32",
    ),
    Mutation(
        "repeat",
        "a register under another multiplier",
        REGISTER,
        _another(code="0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.0.72.0", value="1234.5"),
        "MR-33",
    ),
    Mutation(
        "repeat",
        "a register for a tariff period that exceeds it",
        REGISTER,
        both(
            _another(code="0.0.0.1.1.1.12.0.0.0.0.1.0.0.0.3.72.0", value="1000"),
            _another(code="0.0.0.1.1.1.12.0.0.0.0.2.0.0.0.3.72.0", value="1000"),
        ),
        "MR-34",
    ),
    # Series.
    Mutation(
        "shift",
        "daily values to an hour past local midnight",
        _series(DAILY, 1440, _some(4, 3000, 9000)),
        say_all(f"{ROW}/timeStamp", lambda _, text: text.replace("T00:00:00Z", "T01:00:00+01:00")),
        "MR-28",
    ),
    Mutation(
        "shift",
        "daily values away from the clock",
        _series(DAILY, 1440, _some(4, 3000, 9000)),
        say_all(f"{ROW}/timeStamp", moved(minutes=-10)),
        "MR-08",
    ),
    Mutation(
        "recode",
        "a reading that has no value to a valid one",
        _single(ENERGY, "12.5"),
        both(drop(f"{SINGLE}/value"), put(SINGLE, "ReadingQualities", {"ReadingQualityType": "3.0.0"})),
        "MR-13|QU-07",
        "MR-13 QU-07",
    ),
    Mutation(
        "recode",
        "a valid reading to a missing one",
        _single(ENERGY, "12.5"),
        both(
            put(SINGLE, "ReadingQualities", {"ReadingQualityType": "3.0.0"}),
            put(SINGLE, "ReadingQualities", {"ReadingQualityType": "3.5.259"}, instead=False),
        ),
        "QU-03",
        "QU-04",
    ),
    Mutation("shift", "a register in a block backwards", _series(PROFILE, 15, _rising(9)), _set_back, "MR-36"),
    Mutation(
        "recode",
        "a register's profile to amounts",
        _series(PROFILE, 15, _rising(12)),
        code("MeterReading/IntervalBlocks/ReadingType", field(accumulation=4)),
        "MR-37",
        "MR-16",
    ),
    Mutation(
        "recode",
        "hours to intervals of two hours",
        _series("0.0.7.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0", 60, _some(6, 100, 900)),
        code("MeterReading/IntervalBlocks/ReadingType", field(measuring_period=79)),
        "MR-07",
        "MR-08",
    ),
    Mutation(
        "shift",
        "intervals to their beginnings",
        _series(AMOUNT, 15, _some(8, 100, 900), spans=True),
        say_all(f"{ROW}/timeStamp", moved(minutes=-15)),
        "MR-47",
    ),
    Mutation("shift", "the offset of the later half", _series(AMOUNT, 15, _some(8, 100, 900)), _another_offset, "MR-27"),
    Mutation("neutral", "another offset throughout", _series(AMOUNT, 15, _some(8, 100, 900)), say_all(f"{ROW}/timeStamp", _at_offset(1))),
    Mutation("repeat", "one value for a week", _series(DAILY, 1440, _some(9, 3000, 9000)), say_all(f"{ROW}/value", "8.125"), "MR-41"),
    Mutation(
        "recode",
        "all values of many meters to zero",
        _series(DAILY, 1440, _some(6, 3000, 9000), meters=12),
        say_all(f"{ROW}/value", "0"),
        "MR-40",
        "MR-41",
    ),
)
