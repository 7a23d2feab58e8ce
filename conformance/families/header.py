"""Header: what is asked under HE, in the order of ids."""

from typing import Final

from conformance.family import Family
from conformance.rules import (
    context_is_known,
    header_timestamp_names_offset,
    later_reply_has_address,
    message_is_not_from_the_future,
    message_is_not_stale,
    message_names_itself,
    noun_fits_message,
    reply_names_its_request,
    soap_action_fits_message,
    verb_fits_root,
)

FAMILY: Final = Family(
    "HE",
    "Header",
    (
        message_names_itself.RULE,
        reply_names_its_request.RULE,
        verb_fits_root.RULE,
        noun_fits_message.RULE,
        soap_action_fits_message.RULE,
        header_timestamp_names_offset.RULE,
        message_is_not_from_the_future.RULE,
        message_is_not_stale.RULE,
        later_reply_has_address.RULE,
        context_is_known.RULE,
    ),
)
