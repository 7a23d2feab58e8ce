"""Master data linkage: what is asked under LI, in the order of ids."""

from typing import Final

from conformance.family import Family
from conformance.rules import (
    agreement_leads_to_a_customer,
    agreement_names_its_tariff,
    linkage_is_unambiguous,
    linkage_links_two_things,
    linkage_names_offset,
    linkage_says_from_when,
    linkage_takes_effect_in_reach,
    linkages_of_a_moment_agree,
    linked_object_is_identified,
    linked_object_stands_once,
    meter_hangs_in_one_place,
    order_for_a_stranger_is_refused,
    reading_is_of_a_linked_place,
    usage_point_has_one_meter,
)

FAMILY: Final = Family(
    "LI",
    "Master data linkage",
    (
        linkage_names_offset.RULE,
        linked_object_is_identified.RULE,
        linkage_links_two_things.RULE,
        linkage_is_unambiguous.RULE,
        agreement_leads_to_a_customer.RULE,
        agreement_names_its_tariff.RULE,
        linked_object_stands_once.RULE,
        linkage_says_from_when.RULE,
        linkage_takes_effect_in_reach.RULE,
        usage_point_has_one_meter.RULE,
        meter_hangs_in_one_place.RULE,
        linkages_of_a_moment_agree.RULE,
        reading_is_of_a_linked_place.RULE,
        order_for_a_stranger_is_refused.RULE,
    ),
)
