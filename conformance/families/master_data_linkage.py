"""Master data linkage: what is asked under LI, in the order of ids."""

from typing import Final

from conformance.family import Family
from conformance.rules import (
    linkage_names_offset,
    linked_object_is_identified,
)

FAMILY: Final = Family(
    "LI",
    "Master data linkage",
    (
        linkage_names_offset.RULE,
        linked_object_is_identified.RULE,
    ),
)
