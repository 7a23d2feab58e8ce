"""Queries: what is asked under GM, in the order of ids."""

from typing import Final

from conformance.family import Family
from conformance.rules import (
    query_is_about_the_past,
    query_is_ordered,
    query_names_known_types,
    query_names_whom,
    query_target_stands_once,
)

FAMILY: Final = Family(
    "GM",
    "Queries",
    (
        query_is_ordered.RULE,
        query_names_whom.RULE,
        query_names_known_types.RULE,
        query_is_about_the_past.RULE,
        query_target_stands_once.RULE,
    ),
)
