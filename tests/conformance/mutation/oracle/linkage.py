"""Linkages: which objects belong together, and from when on."""

from typing import Final

from ami import names
from tests.conformance.mutation.made import BARE, message
from tests.conformance.mutation.mutation import Mutation
from tests.conformance.mutation.texts import moved, without_offset
from tests.conformance.mutation.tree_edits import both, drop, put, repeat, say, without

LINKED: Final = "Meter|UsagePoint|CustomerAccount|CustomerAgreement|Customer|PricingStructure|ServiceLocation"
EVENT: Final = "ConfigurationEvent"
ANY: Final = message(names.MASTER_DATA_LINKAGE_CONFIG, *BARE)
ANOTHER: Final = {"mRID": "0b3ddb1d-52c6-4c4c-9a6b-6b1b5a5e7f10"}

MUTATIONS: Final = (
    Mutation("drop", "the offset from when on", ANY, say(f"{EVENT}/effectiveDateTime", without_offset), "LI-01"),
    Mutation("drop", "what identifies a linked meter", ANY, both(without("Meter/mRID"), without("Meter/Names")), "LI-02"),
    Mutation(
        "drop",
        "all but one object",
        ANY,
        both(without("CustomerAccount|CustomerAgreement|Customer|PricingStructure|ServiceLocation"), drop("Meter")),
        "LI-03",
    ),
    Mutation(
        "repeat",
        "two kinds of object",
        ANY,
        both(put("", "Meter", ANOTHER, instead=False), put("", "UsagePoint", ANOTHER, instead=False)),
        "LI-04",
    ),
    Mutation("drop", "the account of an agreement", ANY, drop("CustomerAccount"), "LI-05"),
    Mutation("drop", "the customer of a linked account", ANY, drop("Customer"), "LI-05"),
    Mutation("drop", "the price of an agreement", ANY, drop("PricingStructure"), "LI-06"),
    Mutation("repeat", "a linked object", ANY, repeat(LINKED), "LI-07"),
    Mutation("drop", "from when on", ANY, drop(f"{EVENT}/effectiveDateTime"), "LI-08", ""),
    Mutation("shift", "from when on by decades", ANY, say(f"{EVENT}/effectiveDateTime", moved(days=-12000)), "LI-09"),
)
