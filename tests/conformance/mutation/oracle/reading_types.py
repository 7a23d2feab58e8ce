"""Reading types: what is measured, in which unit, how often, and what goes together."""

from typing import Final

from tests.conformance.mutation.mutation import Mutation
from tests.conformance.mutation.one_kind import (
    AMOUNT,
    GAS,
    MONEY,
    PEAK,
    REGISTER,
    TYPE,
    VOLTS,
    series,
    single,
    some,
)
from tests.conformance.mutation.texts import field, with_a_word, without_a_field
from tests.conformance.mutation.tree_edits import code

MUTATIONS: Final = (
    Mutation("drop", "a number of a ReadingType", REGISTER, code(TYPE, without_a_field), "RT-01"),
    Mutation("retype", "a number of a ReadingType", REGISTER, code(TYPE, with_a_word), "RT-01"),
    Mutation("recode", "a flow that no table has", REGISTER, code(TYPE, field(flow_direction=99)), "RT-02", "RT-06"),
    Mutation("recode", "a multiplier that no table has", REGISTER, code(TYPE, field(multiplier=4)), "RT-02"),
    Mutation("recode", "energy to watts", REGISTER, code(TYPE, field(unit=38)), "RT-03", "RT-08"),
    Mutation("recode", "energy to a currency", REGISTER, code(TYPE, field(currency=978)), "RT-03"),
    Mutation("recode", "an argument divided by zero", REGISTER, code(TYPE, field(argument_numerator=1)), "RT-03|RT-16", "RT-03 RT-16"),
    Mutation("recode", "voltage to watt-hours", VOLTS, code(TYPE, field(unit=72)), "RT-03", "RT-08"),
    Mutation("recode", "gas to volts", single(GAS, "3.5"), code(TYPE, field(unit=29)), "RT-04", "RT-08"),
    Mutation("recode", "volume of gas to that of electricity", single(GAS, "3.5"), code(TYPE, field(commodity=1)), "RT-05", "RT-04"),
    Mutation("recode", "voltage to that of water", VOLTS, code(TYPE, field(commodity=9, phases=0)), "RT-05"),
    Mutation("drop", "the direction of energy", REGISTER, code(TYPE, field(flow_direction=0)), "RT-06"),
    Mutation("recode", "voltage that flows", VOLTS, code(TYPE, field(flow_direction=1)), "RT-07"),
    Mutation("recode", "energy of an instant", REGISTER, code(TYPE, field(accumulation=12)), "RT-08"),
    Mutation("recode", "the gas of a phase", single(GAS, "3.5"), code(TYPE, field(phases=128)), "RT-09"),
    Mutation("recode", "a count of text", single("0.0.2.6.0.1.136.0.0.0.0.0.0.0.0.0.109.0", "1"), code(TYPE, field(multiplier=3)), "RT-10"),
    Mutation("drop", "the currency of money", single(MONEY, "55.10"), code(TYPE, field(currency=0)), "RT-11"),
    Mutation("recode", "money to no currency", single(MONEY, "55.10"), code(TYPE, field(currency=1)), "RT-12"),
    Mutation("recode", "voltage of a tariff period", VOLTS, code(TYPE, field(tou=2)), "RT-13"),
    Mutation("drop", "the span of an average", VOLTS, code(TYPE, field(measuring_period=0)), "RT-14"),
    Mutation(
        "recode",
        "energy of intervals that overlap",
        series(AMOUNT, 15, some(5, 100, 900)),
        code("MeterReading/IntervalBlocks/ReadingType", field(measuring_period=59)),
        "RT-15",
        "MR-07",
    ),
    Mutation("recode", "a harmonic of nothing", VOLTS, code(TYPE, field(interharmonic_denominator=1)), "RT-16"),
    Mutation(
        "drop",
        "the phase of a total by phase",
        single("0.0.0.1.21.1.12.0.0.0.0.0.0.0.128.3.72.0", "99.5"),
        code(TYPE, field(phases=0)),
        "RT-17",
    ),
    Mutation("drop", "the commodity", REGISTER, code(TYPE, field(commodity=0)), "RT-18"),
    Mutation("recode", "the greatest of one measuring period", PEAK, code(TYPE, field(macro_period=11, measuring_period=4)), "RT-19"),
)
