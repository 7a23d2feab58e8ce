"""Reply: what is asked under RE, in the order of ids."""

from typing import Final

from conformance.family import Family
from conformance.rules import (
    error_code_is_known,
    failed_says_why,
    ok_has_no_fatal_error,
    partial_names_what_failed,
)

FAMILY: Final = Family(
    "RE",
    "Reply",
    (
        ok_has_no_fatal_error.RULE,
        failed_says_why.RULE,
        partial_names_what_failed.RULE,
        error_code_is_known.RULE,
    ),
)
