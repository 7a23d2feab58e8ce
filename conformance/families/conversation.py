"""Conversation: what is asked under CV, in the order of ids."""

from typing import Final

from conformance.family import Family
from conformance.rules import (
    acknowledged_request_gets_its_reply,
    error_names_an_operation_of_the_request,
    event_refers_to_earlier_message,
    later_reply_answers_a_request,
    later_reply_goes_to_who_asked,
    later_reply_keeps_the_noun,
    message_id_is_unique,
    nonce_is_not_used_again,
    partial_leaves_something,
    party_keeps_its_dialect,
    register_goes_on_between_messages,
    related_message_is_the_request,
    repetition_is_the_same_message,
    reply_answers_its_request,
    reply_comes_in_time,
    reply_covers_what_was_asked,
    reply_is_from_who_was_asked,
    reply_is_of_the_span_asked,
    reply_keeps_the_noun,
    reply_speaks_the_soap_of_its_request,
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
        reply_comes_in_time.RULE,
        later_reply_goes_to_who_asked.RULE,
        party_keeps_its_dialect.RULE,
        reply_speaks_the_soap_of_its_request.RULE,
        nonce_is_not_used_again.RULE,
        repetition_is_the_same_message.RULE,
        reply_is_from_who_was_asked.RULE,
        related_message_is_the_request.RULE,
        error_names_an_operation_of_the_request.RULE,
        partial_leaves_something.RULE,
        later_reply_keeps_the_noun.RULE,
        reply_is_of_the_span_asked.RULE,
    ),
)
