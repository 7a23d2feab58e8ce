"""Events: what is asked under EV, in the order of ids."""

from typing import Final

from conformance.family import Family
from conformance.rules import (
    detail_has_name_and_value,
    event_fits_its_device,
    event_is_not_ancient,
    event_is_not_from_the_future,
    event_mrid_is_unique,
    event_mrid_means_one_event,
    event_names_a_control_that_was,
    event_names_its_meter,
    event_names_offset,
    event_says_what_happened,
    event_stands_once,
    event_type_has_four_fields,
    event_type_is_listed,
    events_come_in_order,
    outage_ends_before_the_next,
    restoration_follows_its_outage,
    severities_are_of_one_scale,
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
        event_says_what_happened.RULE,
        event_fits_its_device.RULE,
        event_is_not_ancient.RULE,
        events_come_in_order.RULE,
        event_stands_once.RULE,
        event_mrid_is_unique.RULE,
        event_mrid_means_one_event.RULE,
        detail_has_name_and_value.RULE,
        outage_ends_before_the_next.RULE,
        restoration_follows_its_outage.RULE,
        event_names_a_control_that_was.RULE,
        severities_are_of_one_scale.RULE,
    ),
)
