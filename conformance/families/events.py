"""Events: what is asked under EV, in the order of ids."""

from typing import Final

from conformance.family import Family
from conformance.rules import (
    event_is_not_from_the_future,
    event_names_its_meter,
    event_names_offset,
    event_type_has_four_fields,
    event_type_is_listed,
)

FAMILY: Final = Family(
    "EV",
    "Events",
    (
        event_type_has_four_fields.RULE,
        event_type_is_listed.RULE,
        event_names_offset.RULE,
        event_is_not_from_the_future.RULE,
        event_names_its_meter.RULE,
    ),
)
