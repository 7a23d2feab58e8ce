"""Choreographies: what is asked under CH, in the order of ids."""

from typing import Final

from conformance.family import Family
from conformance.rules import (
    conversation_comes_to_its_end,
    question_is_answered_in_order,
    refused_control_is_not_carried_out,
    schedule_is_followed,
    switching_follows_its_order,
)

FAMILY: Final = Family(
    "CH",
    "Choreographies",
    (
        question_is_answered_in_order.RULE,
        schedule_is_followed.RULE,
        refused_control_is_not_carried_out.RULE,
        switching_follows_its_order.RULE,
        conversation_comes_to_its_end.RULE,
    ),
)
