"""Queries: what is asked under GM, in the order of ids."""

from typing import Final

from conformance.family import Family
from conformance.rules import (
    query_is_ordered,
)

FAMILY: Final = Family(
    "GM",
    "Queries",
    (query_is_ordered.RULE,),
)
