"""Reading types: what is asked under RT, in the order of ids."""

from typing import Final

from conformance.family import Family
from conformance.rules import (
    reading_type_field_is_listed,
    reading_type_has_eighteen_fields,
    reading_type_is_coherent,
)

FAMILY: Final = Family(
    "RT",
    "Reading types",
    (
        reading_type_has_eighteen_fields.RULE,
        reading_type_field_is_listed.RULE,
        reading_type_is_coherent.RULE,
    ),
)
