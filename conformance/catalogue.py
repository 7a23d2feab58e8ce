"""The catalogue: every rule, in the order of their ids, and the page that shows them."""

from collections.abc import Iterator
from typing import Final

from conformance import parser, schema, soap, wrapping
from conformance.rule import Demand, Rule
from conformance.rules import (
    acknowledged_request_gets_its_reply,
    changed_work_has_status,
    context_is_known,
    control_names_its_target,
    control_type_has_four_fields,
    control_type_is_listed,
    error_code_is_known,
    event_is_not_from_the_future,
    event_names_its_meter,
    event_names_offset,
    event_refers_to_earlier_message,
    event_type_has_four_fields,
    event_type_is_listed,
    failed_says_why,
    forward_energy_is_not_negative,
    header_timestamp_names_offset,
    interval_block_has_no_gap,
    interval_ends_on_the_clock,
    interval_order_ascends,
    interval_stands_once,
    intervals_add_up_to_register,
    intervals_cover_span,
    later_reply_answers_a_request,
    later_reply_has_address,
    linkage_names_offset,
    linked_object_is_identified,
    message_id_is_unique,
    message_is_not_from_the_future,
    message_is_not_stale,
    message_names_itself,
    meter_is_identified,
    meter_stands_once,
    noun_fits_message,
    ok_has_no_fatal_error,
    partial_names_what_failed,
    quality_has_three_fields,
    quality_is_listed,
    query_is_ordered,
    reading_has_timestamp,
    reading_has_value_or_reason,
    reading_lies_within_span,
    reading_type_field_is_listed,
    reading_type_has_eighteen_fields,
    reading_type_is_coherent,
    register_does_not_run_back,
    register_goes_on_between_messages,
    reply_answers_its_request,
    reply_covers_what_was_asked,
    reply_keeps_the_noun,
    reply_names_its_request,
    request_is_answered_once,
    schedule_is_ordered,
    schedule_names_whom_to_read,
    soap_action_fits_message,
    spacing_is_measuring_period,
    span_is_ordered,
    timestamp_names_offset,
    value_is_deliverable,
    value_is_finite,
    verb_fits_root,
    work_names_its_meter,
)

RULES: Final[tuple[Rule, ...]] = (
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
    ok_has_no_fatal_error.RULE,
    failed_says_why.RULE,
    partial_names_what_failed.RULE,
    error_code_is_known.RULE,
    meter_is_identified.RULE,
    meter_stands_once.RULE,
    timestamp_names_offset.RULE,
    interval_order_ascends.RULE,
    interval_stands_once.RULE,
    interval_block_has_no_gap.RULE,
    spacing_is_measuring_period.RULE,
    interval_ends_on_the_clock.RULE,
    reading_lies_within_span.RULE,
    intervals_cover_span.RULE,
    span_is_ordered.RULE,
    value_is_finite.RULE,
    reading_has_value_or_reason.RULE,
    reading_has_timestamp.RULE,
    forward_energy_is_not_negative.RULE,
    value_is_deliverable.RULE,
    register_does_not_run_back.RULE,
    intervals_add_up_to_register.RULE,
    reading_type_has_eighteen_fields.RULE,
    reading_type_field_is_listed.RULE,
    reading_type_is_coherent.RULE,
    quality_has_three_fields.RULE,
    quality_is_listed.RULE,
    query_is_ordered.RULE,
    event_type_has_four_fields.RULE,
    event_type_is_listed.RULE,
    event_names_offset.RULE,
    event_is_not_from_the_future.RULE,
    event_names_its_meter.RULE,
    control_type_has_four_fields.RULE,
    control_type_is_listed.RULE,
    control_names_its_target.RULE,
    schedule_is_ordered.RULE,
    schedule_names_whom_to_read.RULE,
    work_names_its_meter.RULE,
    changed_work_has_status.RULE,
    linkage_names_offset.RULE,
    linked_object_is_identified.RULE,
    message_id_is_unique.RULE,
    reply_answers_its_request.RULE,
    later_reply_answers_a_request.RULE,
    event_refers_to_earlier_message.RULE,
    request_is_answered_once.RULE,
    acknowledged_request_gets_its_reply.RULE,
    reply_covers_what_was_asked.RULE,
    reply_keeps_the_noun.RULE,
    register_goes_on_between_messages.RULE,
)

DEMANDS: Final[tuple[Demand, ...]] = (*parser.DEMANDS, *soap.DEMANDS, *wrapping.DEMANDS, *schema.DEMANDS)
"""What is asked of bytes, XML, SOAP, wrapping and schema, before any rule."""

RULES_BY_VIEW: Final[dict[type, tuple[Rule, ...]]] = {
    view: tuple(rule for rule in RULES if rule.works_on is view) for view in dict.fromkeys(rule.works_on for rule in RULES)
}

ABOUT_DATA: Final = frozenset({"MR-15", "MR-16", "MR-17", "MR-18", "CV-09"})
"""Rules that a well-written message breaks when a meter measures nonsense: a scenario that breaks a meter expects them."""

_ALL: Final[tuple[Demand | Rule, ...]] = (*DEMANDS, *RULES)

_GROUPS: Final = {
    "XML": "Bytes and XML",
    "SO": "SOAP envelope",
    "ME": "Message",
    "XS": "Schema",
    "HE": "Header",
    "RE": "Reply",
    "MR": "Meter readings",
    "RT": "Reading types",
    "QU": "Reading qualities",
    "GM": "Queries",
    "EV": "Events",
    "CO": "Controls",
    "SC": "Reading schedules",
    "SR": "Service requests",
    "LI": "Master data linkage",
    "CV": "Conversation",
}


def as_markdown() -> str:
    """The page `docs/rules.md`."""
    return "\n".join(_page()) + "\n"


def _page() -> Iterator[str]:
    yield "# What the judge asks"
    yield ""
    yield "Made from the rules by `conformance.catalogue.as_markdown`; a test keeps it current. An *error* fails a scenario; a *warning*"
    yield "and a *remark* do not."
    for prefix, title in _GROUPS.items():
        yield ""
        yield f"## {title}"
        yield ""
        for asked in _ALL:
            if asked.id.partition("-")[0] == prefix:
                yield from _entry(asked)


def _entry(asked: Demand | Rule) -> Iterator[str]:
    yield f"- **{asked.id}** ({asked.severity}) asks for {asked.requires}. {asked.why}"
    if isinstance(asked, Rule) and asked.mend:
        yield f"  To mend it: {asked.mend[0].lower()}{asked.mend[1:]}"
    yield f"  *{asked.source}*"
