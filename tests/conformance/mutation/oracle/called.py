"""What objects are called: names with their types and authorities."""

from typing import Final

from ami import names
from tests.conformance.generate.making import Object
from tests.conformance.mutation.made import BARE, message
from tests.conformance.mutation.mutation import Mutation
from tests.conformance.mutation.tree_edits import alone, both, drop, put, repeat, say

DEVICE: Final = "EndDeviceEvent/Assets"
NAME: Final = f"{DEVICE}/Names"
TYPE: Final = f"{NAME}/NameType"
ANY: Final = message(names.END_DEVICE_EVENTS, *BARE)
ONE: Final[Object] = {
    "name": "4711",
    "NameType": {
        "name": "serial number",
        "description": "on the nameplate",
        "NameTypeAuthority": {"name": "Acme", "description": "a maker"},
    },
}
TYPED: Final = both(alone("EndDeviceEvent"), put(DEVICE, "Names", ONE))
OTHER: Final[Object] = {"name": "7", "NameType": {"name": "badge"}}

MUTATIONS: Final = (
    Mutation("repeat", "a name with its type", ANY, both(TYPED, repeat(NAME)), "NA-01", "EV-10"),
    Mutation("repeat", "another name of the same type", ANY, both(TYPED, repeat(NAME, name="4712")), "NA-01"),
    Mutation(
        "recode",
        "the description of a type of names",
        ANY,
        both(TYPED, repeat(NAME), say(f"{TYPE}/description", "somewhere")),
        "NA-01 NA-02",
    ),
    Mutation(
        "recode",
        "the description of an authority",
        ANY,
        both(TYPED, repeat(NAME), say(f"{TYPE}/NameTypeAuthority/description", "somebody")),
        "NA-01 NA-02",
    ),
    Mutation("recode", "an empty name beside its type", ANY, both(TYPED, say(f"{NAME}/name", "")), "NA-03", "EV-05"),
    Mutation("recode", "an empty type of a name", ANY, both(TYPED, say(f"{TYPE}/name", "")), "NA-03"),
    Mutation("recode", "an empty authority of a type", ANY, both(TYPED, say(f"{TYPE}/NameTypeAuthority/name", "")), "NA-03"),
    Mutation("neutral", "a type of names without its authority", ANY, both(TYPED, drop(f"{TYPE}/NameTypeAuthority"))),
    Mutation(
        "neutral",
        "a name of another type",
        ANY,
        both(TYPED, put(DEVICE, "Names", OTHER, instead=False)),
    ),
)
