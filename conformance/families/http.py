"""HTTP exchange: what is asked under HT, in the order of ids."""

from typing import Final

from conformance.family import Family
from conformance.rules import (
    action_parameter_fits_message,
    answer_has_success_status,
    charset_fits_document,
    content_type_fits_soap,
    fault_has_error_status,
    length_is_that_of_the_body,
    request_has_soap_action,
    request_is_posted,
    soap_action_is_quoted,
)

FAMILY: Final = Family(
    "HT",
    "HTTP exchange",
    (
        content_type_fits_soap.RULE,
        charset_fits_document.RULE,
        soap_action_is_quoted.RULE,
        request_has_soap_action.RULE,
        fault_has_error_status.RULE,
        answer_has_success_status.RULE,
        request_is_posted.RULE,
        action_parameter_fits_message.RULE,
        length_is_that_of_the_body.RULE,
    ),
)
