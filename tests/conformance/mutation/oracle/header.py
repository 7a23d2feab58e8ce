"""The header of IEC 61968-100 and what agrees with it: root, payload, SOAPAction; and the structure that the schema asks for."""

from datetime import timedelta
from random import Random
from typing import Final

from ami import names
from tests.conformance.generate import edits
from tests.conformance.generate.making import AT, written
from tests.conformance.generate.messages import PAYLOADS
from tests.conformance.mutation.made import Edit, Made, message
from tests.conformance.mutation.mutation import Mutation
from tests.conformance.mutation.texts import moved, one_of, without_offset
from tests.conformance.mutation.tree_edits import both, drop, heard, put, repeat, say

READINGS: Final = message(names.METER_READINGS, "message", "envelope")
SCHEDULES: Final = message(names.METER_READ_SCHEDULE, "message", "envelope")
GENERIC_SCHEDULES: Final = message(names.METER_READ_SCHEDULE, "message", "envelope", dialect="generic")
ON_A_WIRE: Final = message(names.METER_READINGS, "wire")
HEADER: Final = "/Header"
STRICT: Final = "XS-01"
"""Variants of a dialect demand the field by schema, too."""


def any_message(random: Random) -> Made:
    """A sound message of any noun or query."""
    return message(random.choice(PAYLOADS))(random)


def _noun_first(_random: Random, made: Made) -> bool:
    header = made.places("/Header")[0][1]
    header.children[:2] = reversed(header.children[:2])
    return True


def _breaking_the_schema(name: str) -> Edit:
    """One of the edits after which the schema refuses a message, somewhere in its payload."""
    return lambda random, made: edits.EDITS[name](random, made.payload)


MEANT: Final = (
    "MR-01 MR-03 MR-07 MR-10 MR-11 MR-12 MR-13 MR-14 MR-18 MR-42 RT-01 QU-01 EV-01 EV-03 EV-05 EV-13 CO-01 CO-03 CO-08 CO-10 CO-13 CO-14 "
    "CO-17 CO-18 GM-01 GM-02 GM-03 SC-01 SC-02 SC-03 SC-06 SC-07 SR-01 SR-04 SR-05 SR-08 LI-01 LI-02 LI-03 LI-05 LI-06 LI-08 CF-01 "
    "CF-02 CF-03 CF-04 CF-05 CF-06 CF-08 CF-10 CF-11 CF-12 CF-13 CF-14 CF-15 CF-16 CF-17 CF-18 CF-19 CF-24 CF-26 "
)
"""What a structure that is broken anywhere can leave without a meaning, too: what is away, cannot be read, or stands in another place."""

KIND_OF_EDIT: Final = {
    "drop_mandatory": "drop",
    "drop_attribute": "drop",
    "repeat_single": "repeat",
    "add_unknown": "recode",
    "misspell": "recode",
    "wrong_type": "retype",
    "stray_text": "retype",
    "wrong_order": "reorder",
}

MUTATIONS: Final = (
    Mutation("drop", "the MessageID", READINGS, drop(f"{HEADER}/MessageID"), "HE-01", STRICT),
    Mutation("drop", "the Timestamp", READINGS, drop(f"{HEADER}/Timestamp"), "HE-19", STRICT),
    Mutation("drop", "the Verb", READINGS, drop(f"{HEADER}/Verb"), "XS-01", "HE-03"),
    Mutation("drop", "the Noun", READINGS, drop(f"{HEADER}/Noun"), "XS-01", "HE-04"),
    Mutation("drop", "the payload", READINGS, drop("/Payload"), "HE-15|XS-01", "HE-15 XS-01"),
    Mutation("drop", "the offset of the Timestamp", READINGS, say(f"{HEADER}/Timestamp", without_offset), "HE-06"),
    Mutation("shift", "the Timestamp into the future", READINGS, say(f"{HEADER}/Timestamp", moved(hours=1)), "HE-07"),
    Mutation("shift", "the Timestamp an hour back", READINGS, say(f"{HEADER}/Timestamp", moved(hours=-1)), "HE-08"),
    Mutation("retype", "the Timestamp", READINGS, say(f"{HEADER}/Timestamp", "just now"), "XS-01", "HE-06 HE-19"),
    Mutation(
        "recode",
        "the verb",
        message(names.METER_READ_SCHEDULE, "message", "envelope", dialect="2011"),
        say(f"{HEADER}/Verb", one_of("change", "cancel", "close", "delete")),
        "HE-03|HE-11",
        "HE-03 HE-11",
    ),
    Mutation(
        "recode", "the noun", SCHEDULES, say(f"{HEADER}/Noun", one_of(names.METER_READINGS, names.END_DEVICE_CONTROLS)), "HE-04", "HE-11"
    ),
    Mutation("recode", "the verb to one that the noun does not have", GENERIC_SCHEDULES, say(f"{HEADER}/Verb", "execute"), "HE-11"),
    Mutation("recode", "the noun to an unknown one", READINGS, say(f"{HEADER}/Noun", "Weather"), "HE-04", "HE-18 XS-01 XS-02"),
    Mutation(
        "recode", "the SOAPAction", ON_A_WIRE, heard(soap_action="http://iec.ch/TC57/2011/MeterReadings/ChangedMeterReadings"), "HE-05"
    ),
    Mutation("recode", "the context", READINGS, put("/Header", "Context", "PLAYGROUND"), "HE-10", STRICT),
    Mutation("drop", "the address of a later reply", SCHEDULES, put("/Header", "AsyncReplyFlag", "true"), "HE-09"),
    Mutation(
        "recode",
        "the address of a later reply",
        SCHEDULES,
        both(put("/Header", "AsyncReplyFlag", "true"), put("/Header", "ReplyAddress", "somewhere")),
        "HE-12",
    ),
    Mutation(
        "recode",
        "a later reply to an event",
        READINGS,
        both(put("/Header", "AsyncReplyFlag", "true"), put("/Header", "ReplyAddress", "http://cis.example/reply")),
        "HE-13",
    ),
    Mutation(
        "drop",
        "the offset of ReplayDetection",
        READINGS,
        put("/Header", "ReplayDetection", {"Nonce": "n-1", "Created": "2026-03-09T00:30:00"}),
        "HE-14",
    ),
    Mutation(
        "shift",
        "ReplayDetection",
        READINGS,
        put("/Header", "ReplayDetection", {"Nonce": "n-1", "Created": written(AT - timedelta(hours=3))}),
        "HE-14",
    ),
    Mutation(
        "repeat",
        "a Property",
        READINGS,
        both(put("/Header", "Property", {"Name": "a", "Value": "1"}), repeat("/Header/Property", Value="2")),
        "HE-16",
    ),
    Mutation("drop", "the id of a User", READINGS, put("/Header", "User", {"UserID": ""}), "HE-17"),
    Mutation("reorder", "fields of the header", READINGS, _noun_first, "XS-01"),
    *(
        Mutation(kind, f"any payload by {name}", any_message, _breaking_the_schema(name), "XS-01", MEANT)
        for name, kind in KIND_OF_EDIT.items()
    ),
    Mutation("neutral", "a known context", READINGS, put("/Header", "Context", "TESTING")),
    Mutation(
        "neutral",
        "a comment, a revision and a user",
        READINGS,
        both(put("/Header", "Comment", "by hand"), put("/Header", "Revision", "2.0"), put("/Header", "User", {"UserID": "joan"})),
    ),
    Mutation(
        "neutral",
        "a later reply that can be sent",
        SCHEDULES,
        both(put("/Header", "AsyncReplyFlag", "true"), put("/Header", "ReplyAddress", "http://cis.example/reply")),
    ),
)
