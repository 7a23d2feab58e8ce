"""Reading qualities: what is asked under QU, in the order of ids."""

from typing import Final

from conformance.family import Family
from conformance.rules import (
    meter_does_not_edit,
    missing_value_is_not_there,
    qualities_do_not_contradict,
    quality_has_three_fields,
    quality_is_given_before_its_message,
    quality_is_listed,
    quality_stands_once,
    valid_reading_has_a_value,
)

FAMILY: Final = Family(
    "QU",
    "Reading qualities",
    (
        quality_has_three_fields.RULE,
        quality_is_listed.RULE,
        qualities_do_not_contradict.RULE,
        missing_value_is_not_there.RULE,
        quality_stands_once.RULE,
        meter_does_not_edit.RULE,
        valid_reading_has_a_value.RULE,
        quality_is_given_before_its_message.RULE,
    ),
)
