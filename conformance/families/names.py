"""Names: what is asked under NA, in the order of ids."""

from typing import Final

from conformance.family import Family
from conformance.rules import name_of_a_type_stands_once, name_type_is_told_in_one_way, typed_name_is_not_empty

FAMILY: Final = Family(
    "NA",
    "Names",
    (
        name_of_a_type_stands_once.RULE,
        name_type_is_told_in_one_way.RULE,
        typed_name_is_not_empty.RULE,
    ),
)
