"""Controls: what is asked under CO, in the order of ids."""

from typing import Final

from conformance.family import Family
from conformance.rules import (
    control_names_its_target,
    control_type_has_four_fields,
    control_type_is_listed,
)

FAMILY: Final = Family(
    "CO",
    "Controls",
    (
        control_type_has_four_fields.RULE,
        control_type_is_listed.RULE,
        control_names_its_target.RULE,
    ),
)
