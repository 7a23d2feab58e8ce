"""Reading qualities: what is asked under QU, in the order of ids."""

from typing import Final

from conformance.family import Family
from conformance.rules import (
    quality_has_three_fields,
    quality_is_listed,
)

FAMILY: Final = Family(
    "QU",
    "Reading qualities",
    (
        quality_has_three_fields.RULE,
        quality_is_listed.RULE,
    ),
)
