"""Header: what is asked under HE, in the order of ids."""

from typing import Final

from conformance.family import Family
from conformance.rules import (
    asynchronous_flag_is_for_requests,
    context_is_known,
    header_timestamp_names_offset,
    later_reply_has_address,
    message_is_not_from_the_future,
    message_is_not_stale,
    message_names_itself,
    message_says_when,
    noun_fits_message,
    noun_is_known,
    property_stands_once,
    replay_detection_is_sound,
    reply_address_is_absolute,
    reply_names_its_request,
    soap_action_fits_message,
    told_change_says_what,
    user_is_named,
    verb_fits_noun,
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
        verb_fits_noun.RULE,
        reply_address_is_absolute.RULE,
        asynchronous_flag_is_for_requests.RULE,
        replay_detection_is_sound.RULE,
        told_change_says_what.RULE,
        property_stands_once.RULE,
        user_is_named.RULE,
        noun_is_known.RULE,
        message_says_when.RULE,
    ),
)
