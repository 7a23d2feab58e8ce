"""Service requests: what is asked under SR, in the order of ids."""

from typing import Final

from conformance.family import Family
from conformance.rules import (
    changed_work_has_status,
    exchange_brings_the_last_reading,
    exchange_names_two_meters,
    failed_work_says_why,
    finished_work_stays_finished,
    work_is_not_done_in_the_future,
    work_moment_names_offset,
    work_names_its_meter,
    work_says_what_to_do,
    work_stands_once,
    work_was_asked_for_before_its_message,
)

FAMILY: Final = Family(
    "SR",
    "Service requests",
    (
        work_names_its_meter.RULE,
        changed_work_has_status.RULE,
        exchange_names_two_meters.RULE,
        work_says_what_to_do.RULE,
        work_moment_names_offset.RULE,
        failed_work_says_why.RULE,
        work_is_not_done_in_the_future.RULE,
        work_stands_once.RULE,
        finished_work_stays_finished.RULE,
        exchange_brings_the_last_reading.RULE,
        work_was_asked_for_before_its_message.RULE,
    ),
)
