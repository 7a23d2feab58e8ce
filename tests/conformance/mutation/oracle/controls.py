"""Controls: what a device is told to do, for how long, and with which figures."""

from datetime import timedelta
from random import Random
from typing import Final

from ami import names
from tests.conformance.generate.making import AT, Object, written
from tests.conformance.mutation.made import BARE, Edit, Made, message
from tests.conformance.mutation.mutation import Mutation
from tests.conformance.mutation.texts import Change, moved, one_of, plus, times, with_a_word, without_a_field, without_offset
from tests.conformance.mutation.tree_edits import alone, both, code, drop, drop_all, put, repeat, say

CONTROL: Final = "EndDeviceControl"
TYPE: Final = f"{CONTROL}/EndDeviceControlType"
TARGETS: Final = f"{CONTROL}/EndDevices|UsagePoints|EndDeviceGroups|UsagePointGroups"
TIMING: Final = f"{CONTROL}/primaryDeviceTiming"
LOAD: Final = f"{CONTROL}/PanDemandResponse"
ANY: Final = message(names.END_DEVICE_CONTROLS, *BARE)
HEADED: Final = message(names.END_DEVICE_CONTROLS)
SWITCHES: Final = ("3.31.0.23", "3.31.0.18")


def _of_load(name: str, text: str | Change) -> Edit:
    """Another figure in a control of load."""
    return say(f"{LOAD}/{name}", text)


def _on_a_switch(edit: Edit) -> Edit:
    """An edit of a message whose controls are all of switches."""

    def edited(random: Random, made: Made) -> bool:
        are_switches = all(element.attributes["ref"] in SWITCHES for _, element in made.places(TYPE))
        return are_switches and edit(random, made)

    return edited


def _price(tier: str) -> Object:
    return {"price": "0.30", "priceTier": tier, "priceTierCount": "2"}


MUTATIONS: Final = (
    Mutation("drop", "a number of a control's type", ANY, code(TYPE, without_a_field), "CO-01", "CO-12"),
    Mutation("retype", "a number of a control's type", ANY, code(TYPE, with_a_word), "CO-01", "CO-12"),
    Mutation("recode", "a control to one of no table", ANY, code(TYPE, one_of("3.31.0.9999", "3.99.0.23")), "CO-02", "CO-04 CO-12"),
    Mutation("drop", "all targets", ANY, drop_all(TARGETS), "CO-03"),
    Mutation("recode", "a control to a report", ANY, code(TYPE, one_of("3.31.0.68", "3.31.0.42")), "CO-04", "CO-12"),
    Mutation("repeat", "a target", ANY, repeat(TARGETS), "CO-05"),
    Mutation("repeat", "a control of a switch", ANY, _on_a_switch(repeat(CONTROL, mRID="e3f0a3f4-4f5b-4f0e-8f6c-0d6b3a8b7c11")), "CO-06"),
    Mutation("drop", "the offset of a control's moment", ANY, say(f"{TIMING}/interval/start|end", without_offset), "CO-08"),
    Mutation("shift", "a control's end before its start", ANY, say(f"{TIMING}/interval/end", moved(days=-3)), "CO-08", "CO-09 CO-11"),
    Mutation("shift", "a control into the past", HEADED, say(f"{TIMING}/interval/start", moved(days=-5)), "CO-09 CO-11"),
    Mutation("shift", "a duration to seconds", ANY, say(f"{TIMING}/duration", times("60")), "CO-11", "CO-10"),
    Mutation("shift", "a duration below nothing", ANY, put(LOAD, "duration", "-5"), "CO-10", "CO-21"),
    Mutation(
        "recode",
        "a duration that never ends",
        ANY,
        both(alone(CONTROL), put(LOAD, "durationIndefinite", "true"), put(LOAD, "duration", "10")),
        "CO-10",
        "CO-21",
    ),
    Mutation("recode", "the programme level of a switch", ANY, _on_a_switch(put(CONTROL, "drProgramLevel", "3")), "CO-12"),
    Mutation("shift", "a programme level", ANY, say(f"{CONTROL}/drProgramLevel", plus("100")), "CO-13"),
    Mutation("shift", "a duty cycle", ANY, _of_load("dutyCycle", plus("101")), "CO-14"),
    Mutation("shift", "a load adjustment", ANY, _of_load("avgLoadAdjustment", plus("-500")), "CO-14"),
    Mutation("shift", "heating above cooling", ANY, _of_load("heatingSetpoint", plus("15")), "CO-15"),
    Mutation(
        "recode",
        "a cancellation at two moments",
        ANY,
        both(alone(CONTROL), put(LOAD, "cancelNow", "true"), put(LOAD, "cancelDateTime", written(AT + timedelta(hours=2)))),
        "CO-16",
        "CO-21",
    ),
    Mutation(
        "drop",
        "the text of a display",
        ANY,
        both(alone(CONTROL), put(f"{CONTROL}/PanDisplay", "confirmationRequired", "true"), drop(f"{CONTROL}/PanDisplay/textMessage")),
        "CO-17",
        "CO-21",
    ),
    Mutation("shift", "a price tier", ANY, say(f"{CONTROL}/PanPricing/PanPricingDetails/priceTier", plus("20")), "CO-18"),
    Mutation(
        "repeat",
        "a price tier at another price",
        ANY,
        both(
            alone(CONTROL),
            put(f"{CONTROL}/PanPricing", "PanPricingDetails", _price("1")),
            repeat(f"{CONTROL}/PanPricing/PanPricingDetails", price="0.20"),
        ),
        "CO-18",
        "CO-21",
    ),
    Mutation(
        "repeat",
        "an action of another kind",
        ANY,
        both(alone(CONTROL), put(CONTROL, "PanDemandResponse", {"command": "shed"}), put(CONTROL, "PanDisplay", {"textMessage": "Save"})),
        "CO-21",
    ),
    Mutation(
        "shift",
        "a control by a century",
        HEADED,
        both(alone(CONTROL), say(f"{TIMING}/interval/start", moved(days=36525)), say(f"{TIMING}/interval/end", moved(days=36525))),
        "CO-23",
    ),
)
