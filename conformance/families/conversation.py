"""Conversation: what is asked under CV, in the order of ids."""

from typing import Final

from conformance.family import Family
from conformance.rules import (
    acknowledged_request_gets_its_reply,
    event_refers_to_earlier_message,
    later_reply_answers_a_request,
    message_id_is_unique,
    register_goes_on_between_messages,
    reply_answers_its_request,
    reply_covers_what_was_asked,
    reply_keeps_the_noun,
    request_is_answered_once,
)

FAMILY: Final = Family(
    "CV",
    "Conversation",
    (
        message_id_is_unique.RULE,
        reply_answers_its_request.RULE,
        later_reply_answers_a_request.RULE,
        event_refers_to_earlier_message.RULE,
        request_is_answered_once.RULE,
        acknowledged_request_gets_its_reply.RULE,
        reply_covers_what_was_asked.RULE,
        reply_keeps_the_noun.RULE,
        register_goes_on_between_messages.RULE,
    ),
)
