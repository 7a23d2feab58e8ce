"""Reading schedules: what is asked under SC, in the order of ids."""

from typing import Final

from conformance.family import Family
from conformance.rules import (
    recurrence_is_sane,
    schedule_is_not_over,
    schedule_is_ordered,
    schedule_names_known_types,
    schedule_names_whom_to_read,
    schedule_says_when,
    schedule_target_stands_once,
    time_points_lie_in_the_span,
)

FAMILY: Final = Family(
    "SC",
    "Reading schedules",
    (
        schedule_is_ordered.RULE,
        schedule_names_whom_to_read.RULE,
        schedule_names_known_types.RULE,
        recurrence_is_sane.RULE,
        schedule_target_stands_once.RULE,
        schedule_says_when.RULE,
        time_points_lie_in_the_span.RULE,
        schedule_is_not_over.RULE,
    ),
)
