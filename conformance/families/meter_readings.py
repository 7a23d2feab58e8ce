"""Meter readings: what is asked under MR, in the order of ids."""

from typing import Final

from conformance.family import Family
from conformance.rules import (
    forward_energy_is_not_negative,
    interval_block_has_no_gap,
    interval_ends_on_the_clock,
    interval_order_ascends,
    interval_stands_once,
    intervals_add_up_to_register,
    intervals_cover_span,
    meter_is_identified,
    meter_stands_once,
    reading_has_timestamp,
    reading_has_value_or_reason,
    reading_lies_within_span,
    register_does_not_run_back,
    spacing_is_measuring_period,
    span_is_ordered,
    timestamp_names_offset,
    value_is_deliverable,
    value_is_finite,
)

FAMILY: Final = Family(
    "MR",
    "Meter readings",
    (
        meter_is_identified.RULE,
        meter_stands_once.RULE,
        timestamp_names_offset.RULE,
        interval_order_ascends.RULE,
        interval_stands_once.RULE,
        interval_block_has_no_gap.RULE,
        spacing_is_measuring_period.RULE,
        interval_ends_on_the_clock.RULE,
        reading_lies_within_span.RULE,
        intervals_cover_span.RULE,
        span_is_ordered.RULE,
        value_is_finite.RULE,
        reading_has_value_or_reason.RULE,
        reading_has_timestamp.RULE,
        forward_energy_is_not_negative.RULE,
        value_is_deliverable.RULE,
        register_does_not_run_back.RULE,
        intervals_add_up_to_register.RULE,
    ),
)
