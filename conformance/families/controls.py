"""Controls: what is asked under CO, in the order of ids."""

from typing import Final

from conformance.family import Family
from conformance.rules import (
    cancellation_has_one_moment,
    control_duration_is_sane,
    control_has_one_action,
    control_is_answered_by_its_event,
    control_is_not_for_the_past,
    control_moment_is_clear,
    control_names_its_target,
    control_says_what_to_do,
    control_type_has_four_fields,
    control_type_is_listed,
    demand_response_is_load_control,
    demand_response_level_is_a_count,
    display_shows_a_text,
    duration_is_that_of_its_span,
    event_fits_its_control,
    price_tier_is_one_of_them,
    setpoints_leave_room,
    share_is_a_percentage,
    target_stands_once,
    tracking_id_is_unique,
    tracking_id_means_one_control,
)

FAMILY: Final = Family(
    "CO",
    "Controls",
    (
        control_type_has_four_fields.RULE,
        control_type_is_listed.RULE,
        control_names_its_target.RULE,
        control_says_what_to_do.RULE,
        target_stands_once.RULE,
        tracking_id_is_unique.RULE,
        tracking_id_means_one_control.RULE,
        control_moment_is_clear.RULE,
        control_is_not_for_the_past.RULE,
        control_duration_is_sane.RULE,
        duration_is_that_of_its_span.RULE,
        demand_response_is_load_control.RULE,
        demand_response_level_is_a_count.RULE,
        share_is_a_percentage.RULE,
        setpoints_leave_room.RULE,
        cancellation_has_one_moment.RULE,
        display_shows_a_text.RULE,
        price_tier_is_one_of_them.RULE,
        control_is_answered_by_its_event.RULE,
        event_fits_its_control.RULE,
        control_has_one_action.RULE,
    ),
)
