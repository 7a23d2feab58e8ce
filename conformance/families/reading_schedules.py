"""Reading schedules: what is asked under SC, in the order of ids."""

from typing import Final

from conformance.family import Family
from conformance.rules import (
    schedule_is_ordered,
    schedule_names_whom_to_read,
)

FAMILY: Final = Family(
    "SC",
    "Reading schedules",
    (
        schedule_is_ordered.RULE,
        schedule_names_whom_to_read.RULE,
    ),
)
