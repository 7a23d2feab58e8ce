"""Reply: what is asked under RE, in the order of ids."""

from typing import Final

from conformance.family import Family
from conformance.rules import (
    code_fits_level,
    error_code_is_known,
    error_stands_once,
    failed_delivers_nothing,
    failed_says_why,
    ok_has_no_fatal_error,
    ok_names_no_failure,
    partial_names_what_failed,
    partial_says_why,
    unknown_code_is_explained,
)

FAMILY: Final = Family(
    "RE",
    "Reply",
    (
        ok_has_no_fatal_error.RULE,
        failed_says_why.RULE,
        partial_names_what_failed.RULE,
        error_code_is_known.RULE,
        failed_delivers_nothing.RULE,
        code_fits_level.RULE,
        error_stands_once.RULE,
        partial_says_why.RULE,
        unknown_code_is_explained.RULE,
        ok_names_no_failure.RULE,
    ),
)
