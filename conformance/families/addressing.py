"""WS-Addressing: what is asked under WA, in the order of ids."""

from typing import Final

from conformance.family import Family
from conformance.rules import (
    action_fits_soap_action,
    action_names_verb_and_noun,
    addressed_message_has_action,
    addressed_message_id_is_an_iri,
    addressed_reply_relates_to_request,
    addressing_header_stands_once,
    addressing_speaks_one_version,
    endpoint_has_address,
    reply_addresses_agree,
    wanted_reply_can_be_related,
)

FAMILY: Final = Family(
    "WA",
    "WS-Addressing",
    (
        addressed_message_has_action.RULE,
        action_fits_soap_action.RULE,
        action_names_verb_and_noun.RULE,
        addressing_header_stands_once.RULE,
        addressing_speaks_one_version.RULE,
        addressed_message_id_is_an_iri.RULE,
        endpoint_has_address.RULE,
        wanted_reply_can_be_related.RULE,
        addressed_reply_relates_to_request.RULE,
        reply_addresses_agree.RULE,
    ),
)
