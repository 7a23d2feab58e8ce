"""Events: what happened, when, at which meter, and that it is told once."""

from typing import Final

from ami import names
from tests.conformance.mutation.made import BARE, Edit, message
from tests.conformance.mutation.mutation import Mutation
from tests.conformance.mutation.texts import moved, one_of, with_a_word, without_a_field, without_offset
from tests.conformance.mutation.tree_edits import alone, both, code, drop, exchange, put, repeat, say, without

EVENT: Final = "EndDeviceEvent"
ANY: Final = message(names.END_DEVICE_EVENTS, *BARE)
HEADED: Final = message(names.END_DEVICE_EVENTS)
DETAIL: Final = {"name": "phase", "value": "A"}
TWICE: Final = "EV-14 EV-15"
"""An event that is told with another time is another outage, or another end of it."""


def _severities(first: str, second: str) -> Edit:
    """Two events of one meter, a second apart, told with a severity each."""
    again = repeat(EVENT, mRID="another", severity=second, createdDateTime=moved(seconds=1))
    tamper = put(EVENT, "EndDeviceEventType", "3.12.0.257")
    return both(alone(EVENT), tamper, put(EVENT, "mRID", "one"), put(EVENT, "severity", first), again)


MUTATIONS: Final = (
    Mutation("drop", "a number of an event's type", ANY, code(f"{EVENT}/EndDeviceEventType", without_a_field), "EV-01"),
    Mutation("retype", "a number of an event's type", ANY, code(f"{EVENT}/EndDeviceEventType", with_a_word), "EV-01"),
    Mutation(
        "recode",
        "an event to one of no table",
        ANY,
        code(f"{EVENT}/EndDeviceEventType", one_of("3.99.0.85", "3.26.0.9999")),
        "EV-02",
        "EV-06",
    ),
    Mutation("drop", "an event's offset", ANY, say(f"{EVENT}/createdDateTime", without_offset), "EV-03"),
    Mutation("drop", "an event's createdDateTime", ANY, drop(f"{EVENT}/createdDateTime"), "XS-01", "EV-03"),
    Mutation("retype", "an event's createdDateTime", ANY, say(f"{EVENT}/createdDateTime", "last night"), "XS-01", "EV-03"),
    Mutation("shift", "an event into the future", HEADED, say(f"{EVENT}/createdDateTime", moved(days=90)), "EV-04"),
    Mutation("shift", "an event by two years", HEADED, say(f"{EVENT}/createdDateTime", moved(days=-731)), "EV-08"),
    Mutation("drop", "what an event happened at", ANY, both(without(f"{EVENT}/UsagePoint"), drop(f"{EVENT}/Assets")), "EV-05"),
    Mutation("recode", "an event to an order", ANY, code(f"{EVENT}/EndDeviceEventType", one_of("3.31.0.23", "3.31.0.18")), "EV-06"),
    Mutation("recode", "a meter's event to a vehicle's", ANY, code(f"{EVENT}/EndDeviceEventType", one_of("3.4.0.85", "3.5.0.85")), "EV-07"),
    Mutation(
        "repeat", "an event earlier", ANY, both(without(f"{EVENT}/mRID"), repeat(EVENT, createdDateTime=moved(hours=-1))), "EV-09", TWICE
    ),
    Mutation("repeat", "an event", ANY, both(without(f"{EVENT}/mRID"), repeat(EVENT)), "EV-10"),
    Mutation("repeat", "an event with its mRID", ANY, repeat(EVENT), "EV-11|EV-10", "EV-10 EV-11"),
    Mutation("repeat", "an event's mRID at another time", ANY, repeat(EVENT, createdDateTime=moved(seconds=1)), "EV-11", f"EV-04 {TWICE}"),
    Mutation(
        "drop",
        "the value of a detail",
        ANY,
        both(put(EVENT, "EndDeviceEventDetails", DETAIL), drop(f"{EVENT}/EndDeviceEventDetails/value")),
        "EV-13",
    ),
    Mutation(
        "repeat",
        "a detail with another value",
        ANY,
        both(put(EVENT, "EndDeviceEventDetails", DETAIL), repeat(f"{EVENT}/EndDeviceEventDetails", value="B")),
        "EV-13",
    ),
    Mutation("recode", "an empty name of a detail", ANY, say(f"{EVENT}/EndDeviceEventDetails/name", ""), "EV-13"),
    Mutation("recode", "a severity to another writing of it", ANY, _severities("high", "HIGH"), "EV-17"),
    Mutation("recode", "a severity to a number beside words", ANY, _severities("high", "3"), "EV-17"),
    Mutation("recode", "an empty severity", ANY, put(EVENT, "severity", ""), "EV-17"),
    Mutation("neutral", "two severities of one scale", ANY, _severities("high", "low")),
    Mutation("neutral", "events of other meters in another order", ANY, exchange(EVENT)),
)
