"""Values of single readings and of series: their periods, what can be, and how they follow one another."""

from datetime import datetime, timedelta, timezone
from random import Random
from typing import Final

from tests.conformance.generate.making import Object, written
from tests.conformance.mutation.made import Edit, Made
from tests.conformance.mutation.mutation import Mutation
from tests.conformance.mutation.one_kind import (
    A_MONTH,
    AMOUNT,
    DAILY,
    ENERGY,
    FACTOR,
    PEAK,
    PROFILE,
    READ_AT,
    REGISTER,
    ROW,
    SINGLE,
    TYPE,
    VOLTS,
    rising,
    series,
    single,
    some,
)
from tests.conformance.mutation.texts import Change, field, moved, plus, times, without_offset
from tests.conformance.mutation.tree_edits import both, code, drop, put, repeat, say, say_all


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


LARGE: Final = series(AMOUNT, 15, some(96, 100, 900), meters=6, spans=True)
"""So large that the judge reads it in another way."""

MUTATIONS: Final = (
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
        series(AMOUNT, 15, some(5, 100, 900)),
        put(ROW, "timePeriod", {"end": written(READ_AT - timedelta(hours=3)), "start": written(READ_AT - timedelta(hours=4))}),
        "MR-22",
    ),
    Mutation(
        "drop",
        "the span of an amount",
        single("0.0.0.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0", "430", period=timedelta(days=28)),
        drop(f"{SINGLE}/timePeriod"),
        "MR-42",
    ),
    Mutation("drop", "the moment of a maximum", PEAK, drop(f"{SINGLE}/timeStamp"), "MR-35", "MR-14"),
    Mutation("shift", "the moment of a maximum out of its month", PEAK, say(f"{SINGLE}/timeStamp", moved(days=-40)), "MR-35"),
    # Values.
    Mutation("shift", "a voltage by a million", VOLTS, code(TYPE, field(multiplier=6)), "MR-30"),
    Mutation("shift", "a voltage's sign", VOLTS, say(f"{SINGLE}/value", times("-1")), "MR-30"),
    Mutation("shift", "a power factor by a hundred", single(FACTOR, "0.93"), say(f"{SINGLE}/value", times("100")), "MR-29"),
    Mutation(
        "recode",
        "a value to a rounding error",
        series(AMOUNT, 15, some(5, 100, 900)),
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
        series(DAILY, 1440, some(4, 3000, 9000)),
        say_all(f"{ROW}/timeStamp", lambda _, text: text.replace("T00:00:00Z", "T01:00:00+01:00")),
        "MR-28",
    ),
    Mutation(
        "shift",
        "daily values away from the clock",
        series(DAILY, 1440, some(4, 3000, 9000)),
        say_all(f"{ROW}/timeStamp", moved(minutes=-10)),
        "MR-08",
    ),
    Mutation(
        "recode",
        "a reading that has no value to a valid one",
        single(ENERGY, "12.5"),
        both(drop(f"{SINGLE}/value"), put(SINGLE, "ReadingQualities", {"ReadingQualityType": "3.0.0"})),
        "MR-13|QU-07",
        "MR-13 QU-07",
    ),
    Mutation(
        "recode",
        "a valid reading to a missing one",
        single(ENERGY, "12.5"),
        both(
            put(SINGLE, "ReadingQualities", {"ReadingQualityType": "3.0.0"}),
            put(SINGLE, "ReadingQualities", {"ReadingQualityType": "3.5.259"}, instead=False),
        ),
        "QU-03",
        "QU-04",
    ),
    Mutation("shift", "a register in a block backwards", series(PROFILE, 15, rising(9)), _set_back, "MR-36"),
    Mutation(
        "recode",
        "a register's profile to amounts",
        series(PROFILE, 15, rising(12)),
        code("MeterReading/IntervalBlocks/ReadingType", field(accumulation=4)),
        "MR-37",
        "MR-16",
    ),
    Mutation(
        "recode",
        "hours to intervals of two hours",
        series("0.0.7.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0", 60, some(6, 100, 900)),
        code("MeterReading/IntervalBlocks/ReadingType", field(measuring_period=79)),
        "MR-07",
        "MR-08",
    ),
    Mutation(
        "shift",
        "intervals to their beginnings",
        series(AMOUNT, 15, some(8, 100, 900), spans=True),
        say_all(f"{ROW}/timeStamp", moved(minutes=-15)),
        "MR-47",
    ),
    Mutation("shift", "the offset of the later half", series(AMOUNT, 15, some(8, 100, 900)), _another_offset, "MR-27"),
    Mutation("neutral", "another offset throughout", series(AMOUNT, 15, some(8, 100, 900)), say_all(f"{ROW}/timeStamp", _at_offset(1))),
    Mutation("repeat", "one value for a week", series(DAILY, 1440, some(9, 3000, 9000)), say_all(f"{ROW}/value", "8.125"), "MR-41"),
    Mutation(
        "recode",
        "all values of many meters to zero",
        series(DAILY, 1440, some(6, 3000, 9000), meters=12),
        say_all(f"{ROW}/value", "0"),
        "MR-40",
        "MR-41",
    ),
    # Large messages.
    Mutation("drop", "an interval of a large message", LARGE, drop(ROW, slice(1, -1)), "MR-06"),
    Mutation("repeat", "an interval of a large message", LARGE, repeat(ROW), "MR-05", "MR-04 MR-07"),
    Mutation("retype", "a value of a large message", LARGE, say(f"{ROW}/value", "much"), "XS-01", "MR-12 MR-13"),
    Mutation("retype", "a value of a large message to no number", LARGE, say(f"{ROW}/value", "NaN"), "MR-12"),
    Mutation("shift", "a value's sign in a large message", LARGE, say(f"{ROW}/value", times("-1")), "MR-15"),
    Mutation("drop", "an offset of a large message", LARGE, say(f"{ROW}/timeStamp", without_offset), "MR-03", "MR-06 MR-07 MR-10"),
    Mutation(
        "recode",
        "a reading type of a large message",
        LARGE,
        code("MeterReading/IntervalBlocks/ReadingType", field(unit=38)),
        "RT-03",
        "RT-08",
    ),
    Mutation("neutral", "values of a large message", LARGE, say(f"{ROW}/value", "0.5")),
)
