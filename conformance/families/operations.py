"""Operation sets: what is asked under OP, in the order of ids."""

from typing import Final

from conformance.family import Family
from conformance.rules import (
    operation_id_is_unique,
    operation_payload_fits_noun,
    operation_says_what_it_does,
    operation_set_is_executed,
    operation_set_is_not_empty,
    operation_verb_fits_set,
    operations_stand_in_order,
)

FAMILY: Final = Family(
    "OP",
    "Operation sets",
    (
        operation_id_is_unique.RULE,
        operation_says_what_it_does.RULE,
        operation_payload_fits_noun.RULE,
        operation_verb_fits_set.RULE,
        operations_stand_in_order.RULE,
        operation_set_is_not_empty.RULE,
        operation_set_is_executed.RULE,
    ),
)
