"""Reading types: what is asked under RT, in the order of ids."""

from typing import Final

from conformance.family import Family
from conformance.rules import (
    accumulation_fits_kind,
    aggregate_names_its_span,
    currency_is_a_number_of_iso_4217,
    energy_names_its_flow,
    flow_fits_kind,
    harmonic_is_a_fraction,
    kind_fits_commodity,
    macro_period_holds_measuring_period,
    measurement_is_named,
    money_names_its_currency,
    multiplier_fits_unit,
    phases_fit_commodity,
    reading_type_field_is_listed,
    reading_type_has_eighteen_fields,
    reading_type_is_coherent,
    rolling_block_is_not_added_up,
    tariff_fields_go_with_what_is_billed,
    total_by_phase_names_its_phase,
    unit_fits_commodity,
)

FAMILY: Final = Family(
    "RT",
    "Reading types",
    (
        reading_type_has_eighteen_fields.RULE,
        reading_type_field_is_listed.RULE,
        reading_type_is_coherent.RULE,
        unit_fits_commodity.RULE,
        kind_fits_commodity.RULE,
        energy_names_its_flow.RULE,
        flow_fits_kind.RULE,
        accumulation_fits_kind.RULE,
        phases_fit_commodity.RULE,
        multiplier_fits_unit.RULE,
        money_names_its_currency.RULE,
        currency_is_a_number_of_iso_4217.RULE,
        tariff_fields_go_with_what_is_billed.RULE,
        aggregate_names_its_span.RULE,
        rolling_block_is_not_added_up.RULE,
        harmonic_is_a_fraction.RULE,
        total_by_phase_names_its_phase.RULE,
        measurement_is_named.RULE,
        macro_period_holds_measuring_period.RULE,
    ),
)
