"""Queries, reading schedules and orders for fitters: whom, what, when."""

from typing import Final

from ami import names
from tests.conformance.generate.making import AT, written
from tests.conformance.mutation.made import BARE, message
from tests.conformance.mutation.mutation import Mutation
from tests.conformance.mutation.texts import moved, one_of, with_a_word, without_a_field, without_offset
from tests.conformance.mutation.tree_edits import alone, both, drop, drop_all, exchange, put, repeat, say, without

WHOM: Final = "EndDevice|UsagePoint|EndDeviceGroup|UsagePointGroup|CustomerAccount|CustomerAgreement"
SPAN: Final = "TimeSchedule/scheduleInterval"
QUERY: Final = message(names.GET_METER_READINGS, *BARE)
HEADED_QUERY: Final = message(names.GET_METER_READINGS)
SCHEDULE: Final = message(names.METER_READ_SCHEDULE, *BARE)
POINT: Final = "TimeSchedule/TimePoints"
WORK: Final = "MeterServiceWork"
ORDERS: Final = message(names.METER_SERVICE_REQUESTS, *BARE)
HEADED_ORDERS: Final = message(names.METER_SERVICE_REQUESTS)
NAMED: Final = f"{WORK}/Meter"

CHANGED: Final = both(say("/Header/Verb", "changed"), say("/Payload/MeterServiceRequests/Header/Verb", "changed"))
"""The same orders, as a report of what became of them; their wrapping still says otherwise."""
REPORT: Final = "HE-03 HE-04 HE-05 HE-11"

MUTATIONS: Final = (
    Mutation("shift", "a query's end before its start", QUERY, say(f"{SPAN}/end", moved(days=-30)), "GM-01"),
    Mutation("drop", "an offset of a query's span", QUERY, say(f"{SPAN}/start|end", without_offset), "GM-01"),
    Mutation("drop", "whom a query asks about", QUERY, drop_all(WHOM), "GM-02"),
    Mutation("drop", "a number of a type that is asked for", QUERY, say("ReadingType/Names/name", without_a_field), "GM-03"),
    Mutation("retype", "a type that is asked for", QUERY, say("ReadingType/Names/name", with_a_word), "GM-03"),
    Mutation(
        "shift",
        "a query into the future",
        HEADED_QUERY,
        both(say(f"{SPAN}/end", moved(days=900)), say(f"{SPAN}/start", moved(days=800))),
        "GM-04",
    ),
    Mutation("repeat", "whom a query asks about", QUERY, repeat(WHOM), "GM-05"),
    Mutation("repeat", "a type that is asked for", QUERY, repeat("ReadingType"), "GM-05"),
    Mutation("neutral", "devices in another order", QUERY, exchange("EndDevice")),
    Mutation("shift", "a schedule's end before its start", SCHEDULE, say(f"{SPAN}/end", moved(days=-90)), "SC-01", "SC-04 SC-07 SC-08"),
    Mutation("drop", "an offset of a schedule", SCHEDULE, say(f"{SPAN}/start|end", without_offset), "SC-01"),
    Mutation("drop", "whom to read", SCHEDULE, drop_all(WHOM), "SC-02"),
    Mutation("drop", "a number of a type to be read", SCHEDULE, say("ReadingType/Names/name", without_a_field), "SC-03"),
    Mutation(
        "recode", "how often to read", SCHEDULE, say("TimeSchedule/recurrencePeriod", one_of("0", "-86400", "24", "864000000")), "SC-04"
    ),
    Mutation("repeat", "whom to read", SCHEDULE, repeat(WHOM), "SC-05"),
    Mutation("drop", "when to read", SCHEDULE, drop("TimeSchedule"), "SC-06"),
    Mutation("drop", "from when on to read", SCHEDULE, both(without(POINT), drop(f"{SPAN}/start")), "SC-06|SC-01", "SC-01 SC-06"),
    Mutation("shift", "a moment out of its schedule", SCHEDULE, say(f"{POINT}/dateTime", moved(days=400)), "SC-07"),
    Mutation("neutral", "moments in another order", SCHEDULE, exchange(POINT)),
    Mutation(
        "repeat", "a moment earlier with a later number", SCHEDULE, repeat(POINT, sequenceNumber="99", dateTime=moved(minutes=-59)), "SC-07"
    ),
    Mutation(
        "drop",
        "the meter of an order",
        ORDERS,
        both(without(f"{NAMED}/serialNumber"), without(f"{NAMED}/Names"), without(f"{NAMED}/mRID")),
        "SR-01",
        "SR-08",
    ),
    Mutation("drop", "the kind of an order", ORDERS, drop(f"{WORK}/kind"), "SR-04"),
    Mutation("drop", "the offset of an order", ORDERS, say(f"{WORK}/requestDateTime", without_offset), "SR-05"),
    Mutation("recode", "an order to a report without a status", HEADED_ORDERS, CHANGED, "SR-02", REPORT),
    Mutation(
        "recode",
        "an order to a failure without a reason",
        HEADED_ORDERS,
        both(CHANGED, put(WORK, "status", {"value": "failed"})),
        "SR-06",
        f"SR-02 {REPORT}",
    ),
    Mutation(
        "shift",
        "a status into the future",
        HEADED_ORDERS,
        both(CHANGED, put(WORK, "status", {"dateTime": written(AT.replace(year=2027)), "value": "completed"})),
        "SR-07",
        f"SR-02 SR-10 {REPORT}",
    ),
    Mutation("repeat", "an order", ORDERS, repeat(WORK), "SR-08"),
    Mutation("shift", "an order's date into the future", HEADED_ORDERS, say(f"{WORK}/requestDateTime", moved(days=60)), "SR-11"),
    Mutation(
        "shift",
        "a recurring schedule into the past",
        message(names.METER_READ_SCHEDULE),
        both(
            alone("TimeSchedule"),
            without(POINT),
            put("TimeSchedule", "recurrencePeriod", "86400"),
            say(f"{SPAN}/start", moved(days=-3000)),
            say(f"{SPAN}/end", moved(days=-2900)),
        ),
        "SC-08",
    ),
)
