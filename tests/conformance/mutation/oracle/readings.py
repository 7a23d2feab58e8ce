"""Readings: intervals, registers, spans and meters of a MeterReadings."""

from datetime import timedelta
from typing import Final

from ami import names
from tests.conformance.generate.making import AT, Object, written
from tests.conformance.mutation.made import BARE, message
from tests.conformance.mutation.mutation import Mutation
from tests.conformance.mutation.texts import field, moved, one_of, plus, times, without_offset
from tests.conformance.mutation.tree_edits import alone, both, code, drop, drop_all, exchange, put, repeat, say, without

MEMBER: Final = "MeterReading"
BLOCK: Final = "MeterReading/IntervalBlocks"
ROW: Final = f"{BLOCK}/IntervalReadings"
REGISTER: Final = "MeterReading/Readings"
SPAN: Final = "MeterReading/valuesInterval"
ANY: Final = message(names.METER_READINGS, *BARE)
HEADED: Final = message(names.METER_READINGS)
SUM: Final = "MR-18"
"""Where one interval is wrong or away, the registers around it may no longer agree."""

WHOLE_SERIES: Final = "MR-06 MR-07 MR-10 MR-18 MR-47"
"""What an interval that moves leaves behind: a gap, another spacing, an end that is not covered, a sum that does not come out."""


def _quality(code: str) -> Object:
    return {"ReadingQualityType": code}


def _ratio(denominator: str, **more: str) -> Object:
    """A calculation that is left to the receiver."""
    return {"scalarDenominator": denominator, "scalarNumerator": "1", "ReadingType": "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0", **more}


MUTATIONS: Final = (
    # What is left out.
    Mutation(
        "drop",
        "a meter's mRID and names",
        ANY,
        both(without("MeterReading/UsagePoint"), drop("MeterReading/Meter/mRID|Names", least=1)),
        "MR-01",
    ),
    Mutation("drop", "the whole Meter", ANY, both(without("MeterReading/UsagePoint"), drop("MeterReading/Meter")), "MR-01"),
    Mutation(
        "drop",
        "the Meter beside a usage point",
        ANY,
        both(alone("MeterReading"), put("MeterReading", "UsagePoint", {"mRID": "UP-1"}), drop("MeterReading/Meter")),
        "MR-49",
    ),
    Mutation("drop", "an interval between others", ANY, drop(ROW, slice(1, -1), 5), "MR-06", SUM),
    Mutation("drop", "the first interval", ANY, drop(ROW, slice(0, 1), 2), "MR-10", SUM),
    Mutation("drop", "the last interval", ANY, drop(ROW, slice(-1, None), 2), "MR-10", SUM),
    Mutation("drop", "all intervals of a block", ANY, drop_all(ROW), "MR-10", SUM),
    Mutation("drop", "an interval's timeStamp", ANY, drop(f"{ROW}/timeStamp"), "MR-14", WHOLE_SERIES),
    Mutation("drop", "a register's timeStamp", ANY, drop(f"{REGISTER}/timeStamp"), "MR-14"),
    Mutation("drop", "an interval's value", ANY, both(without(f"{ROW}/ReadingQualities"), drop(f"{ROW}/value")), "MR-13", SUM + " QU-07"),
    Mutation("drop", "a register's value", ANY, drop(f"{REGISTER}/value"), "MR-13"),
    Mutation("drop", "a block's ReadingType", ANY, drop(f"{BLOCK}/ReadingType"), "XS-01", "RT-01"),
    Mutation("drop", "an interval's offset", ANY, say(f"{ROW}/timeStamp", without_offset), "MR-03", WHOLE_SERIES),
    Mutation("drop", "a register's offset", ANY, say(f"{REGISTER}/timeStamp", without_offset), "MR-03"),
    Mutation("drop", "an offset of the span", ANY, say(f"{SPAN}/start|end", without_offset), "MR-11"),
    Mutation(
        "drop",
        "the reading of a quality",
        ANY,
        both(put(ROW, "ReadingQualities", _quality("3.8.0")), drop(f"{ROW}/ReadingQualities/ReadingQualityType")),
        "XS-01",
        "QU-01",
    ),
    # What is said again.
    Mutation("repeat", "an interval", ANY, repeat(ROW), "MR-05", "MR-04 MR-07 " + SUM),
    Mutation("repeat", "a block", ANY, repeat(BLOCK), "MR-05", SUM),
    Mutation("repeat", "a register", ANY, repeat(REGISTER), "MR-24"),
    Mutation("repeat", "a register with another value", ANY, repeat(REGISTER, value=plus("1")), "MR-23", "MR-17 MR-24 " + SUM),
    Mutation("repeat", "a MeterReading", ANY, repeat(MEMBER), "MR-02", "MR-05 MR-24 " + SUM),
    Mutation("repeat", "a quality", ANY, both(put(ROW, "ReadingQualities", _quality("3.8.0")), repeat(f"{ROW}/ReadingQualities")), "QU-05"),
    Mutation(
        "repeat",
        "a MeterReading for another meter at the same usage point",
        ANY,
        both(
            alone(MEMBER),
            put(MEMBER, "UsagePoint", {"mRID": "0b3ddb1d-52c6-4c4c-9a6b-6b1b5a5e7f10"}),
            repeat(MEMBER),
            put(MEMBER, "Meter", {"mRID": "6c1b2a3d-7f7e-4d0a-8d53-1c0f5e0b9a21"}),
        ),
        "MR-39",
    ),
    # What changes places.
    Mutation("reorder", "two intervals", ANY, exchange(ROW), "MR-04", "MR-06 MR-07"),
    # What is of another type.
    Mutation("retype", "a timeStamp", ANY, say(f"{ROW}/timeStamp", "yesterday"), "XS-01", "MR-03 MR-14 " + WHOLE_SERIES),
    Mutation("retype", "a value", ANY, say(f"{ROW}/value", "much"), "XS-01", "MR-12 MR-13 " + SUM),
    Mutation("retype", "a value that is no number", ANY, say(f"{ROW}/value", one_of("NaN", "INF", "-INF")), "MR-12", SUM),
    Mutation("retype", "a register that is no number", ANY, say(f"{REGISTER}/value", one_of("NaN", "INF", "-INF")), "MR-12"),
    Mutation("retype", "a span's start", ANY, say(f"{SPAN}/start", "monday"), "XS-01", "MR-11"),
    # What moves.
    Mutation(
        "shift",
        "an interval's moment by some minutes",
        ANY,
        say(f"{ROW}/timeStamp", moved(minutes=2)),
        "MR-08|MR-07",
        WHOLE_SERIES + " MR-05 MR-08 MR-09",
    ),
    Mutation("shift", "an interval by a month", ANY, say(f"{ROW}/timeStamp", moved(days=-30)), "MR-09", WHOLE_SERIES + " MR-04"),
    Mutation(
        "shift", "an interval into the future", HEADED, say(f"{ROW}/timeStamp", moved(days=30)), "MR-19", WHOLE_SERIES + " MR-04 MR-09"
    ),
    Mutation(
        "shift", "an interval by a hundred years", ANY, say(f"{ROW}/timeStamp", moved(days=-36525)), "MR-25", WHOLE_SERIES + " MR-04 MR-09"
    ),
    Mutation("shift", "a register into the future", HEADED, say(f"{REGISTER}/timeStamp", moved(days=30)), "MR-19", "MR-09 MR-17 " + SUM),
    Mutation("shift", "the end of the span", ANY, say(f"{SPAN}/end", moved(hours=5)), "MR-10"),
    Mutation("shift", "the start of the span", ANY, say(f"{SPAN}/start", moved(hours=-5)), "MR-10"),
    Mutation("shift", "the span before its readings", ANY, say(f"{SPAN}/end", moved(days=-2)), "MR-11", "MR-09 MR-10 MR-47"),
    Mutation("shift", "the start of the span by years", ANY, say(f"{SPAN}/start", moved(days=-800)), "MR-38 MR-10"),
    Mutation("shift", "an interval's value by a thousand", ANY, both(without(REGISTER), say(f"{ROW}/value", times("1000000"))), "MR-16"),
    Mutation("shift", "an interval's sign", ANY, both(without(REGISTER), say(f"{ROW}/value", times("-1"))), "MR-15"),
    Mutation("shift", "a register's sign", ANY, say(f"{REGISTER}/value", times("-1")), "MR-31", "MR-17 MR-50 " + SUM),
    Mutation(
        "shift",
        "a register by some hundreds",
        ANY,
        both(without("MeterReading/**/ReadingQualities"), say(f"{REGISTER}/value", plus("-500"))),
        "MR-17|MR-18|MR-31",
        f"MR-31 MR-17 MR-50 {SUM}",
    ),
    Mutation(
        "shift",
        "an offset by one that no place has",
        ANY,
        say(f"{ROW}/timeStamp", lambda _, text: text.replace("Z", "+13:37")),
        "MR-26",
        WHOLE_SERIES + " MR-04 MR-08 MR-09 MR-27",
    ),
    Mutation(
        "shift",
        "a quality to after its message",
        HEADED,
        put(ROW, "ReadingQualities", {"timeStamp": written(AT + timedelta(hours=2)), "ReadingQualityType": "2.0.0"}),
        "QU-08",
    ),
    Mutation(
        "neutral",
        "a quality with the moment at which it was given",
        HEADED,
        put(ROW, "ReadingQualities", {"timeStamp": written(AT - timedelta(hours=2)), "ReadingQualityType": "2.0.0"}),
    ),
    Mutation("recode", "a division by nothing", ANY, put(BLOCK, "PendingCalculation", _ratio("0")), "MR-48"),
    Mutation(
        "recode", "a calculation with two factors", ANY, put(BLOCK, "PendingCalculation", _ratio("1000", scalarFloat="0.001")), "MR-48"
    ),
    Mutation("neutral", "a calculation that the receiver can do", ANY, put(BLOCK, "PendingCalculation", _ratio("1000"))),
    # What becomes another code.
    Mutation("recode", "a quality to one with two numbers", ANY, put(ROW, "ReadingQualities", _quality("3.8")), "QU-01"),
    Mutation("recode", "a quality to one of no table", ANY, put(ROW, "ReadingQualities", _quality("3.99.0")), "QU-02"),
    Mutation("recode", "a quality of a value to missing", ANY, put(ROW, "ReadingQualities", _quality("1.5.259")), "QU-04", SUM),
    Mutation("recode", "the quality of an edit to the meter's own", ANY, put(ROW, "ReadingQualities", _quality("1.7.0")), "QU-06"),
    Mutation(
        "recode",
        "a block to another length of interval",
        ANY,
        code(f"{BLOCK}/ReadingType", field(measuring_period=4)),
        "MR-07",
        "MR-05 MR-08 MR-09 MR-10 MR-28 MR-47 " + SUM,
    ),
    Mutation(
        "recode",
        "a message to a change without a word why",
        message(names.METER_READINGS),
        both(without("MeterReading/**/ReadingQualities"), say("/Header/Verb", "changed")),
        "MR-43",
        "HE-03 HE-05",
    ),
    Mutation("recode", "the meter's mRID to braces", ANY, say("MeterReading/Meter/mRID", lambda _, text: "{" + text + "}"), "MR-46"),
)
