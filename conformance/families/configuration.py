"""Configuration: what is asked under CF, in the order of ids."""

from typing import Final

from conformance.family import Family
from conformance.rules import (
    agreement_has_its_account,
    configuration_takes_effect_in_reach,
    configured_moment_names_offset,
    configured_object_is_identified,
    configured_object_stands_once,
    firmware_has_its_target,
    group_has_members,
    group_member_stands_once,
    life_of_a_device_is_in_order,
    links_close_within_the_set,
    meter_constant_is_positive,
    name_says_of_which_kind,
    payment_names_what_it_is_for,
    pointer_leads_somewhere,
    pricing_structure_is_known,
    rating_is_positive,
    receipt_adds_up,
    register_counts_a_known_type,
    tariff_days_are_ordered,
    tariff_steps_ascend,
    validity_is_ordered,
)

FAMILY: Final = Family(
    "CF",
    "Configuration",
    (
        configured_object_is_identified.RULE,
        configured_object_stands_once.RULE,
        pointer_leads_somewhere.RULE,
        agreement_has_its_account.RULE,
        links_close_within_the_set.RULE,
        configured_moment_names_offset.RULE,
        validity_is_ordered.RULE,
        group_has_members.RULE,
        group_member_stands_once.RULE,
        firmware_has_its_target.RULE,
        tariff_days_are_ordered.RULE,
        tariff_steps_ascend.RULE,
        receipt_adds_up.RULE,
        payment_names_what_it_is_for.RULE,
        meter_constant_is_positive.RULE,
        rating_is_positive.RULE,
        life_of_a_device_is_in_order.RULE,
        name_says_of_which_kind.RULE,
        register_counts_a_known_type.RULE,
        pricing_structure_is_known.RULE,
        configuration_takes_effect_in_reach.RULE,
    ),
)
