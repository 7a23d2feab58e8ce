"""Configurations: objects that can be told apart, links that close, figures that agree."""

from typing import Final

from tests.conformance.mutation.made import BARE, message
from tests.conformance.mutation.mutation import Mutation
from tests.conformance.mutation.texts import moved, plus, times, without_offset
from tests.conformance.mutation.tree_edits import alone, both, code, drop, drop_all, exchange, put, repeat, say, without

ID: Final = "b0f6d8a2-3c47-4f0f-9a0e-5d2c3b1a7e90"
USAGE_POINTS: Final = message("UsagePointConfig", *BARE)
AGREEMENTS: Final = message("CustomerAgreementConfig", *BARE)
NEW_AGREEMENTS: Final = message("CustomerAgreementConfig")
NEW_ACCOUNTS: Final = message("CustomerAccountConfig")
NEW_GROUPS: Final = message("EndDeviceGroups")
NEW_POINTS: Final = message("UsagePointConfig")
GROUPS: Final = message("EndDeviceGroups", *BARE)
METERS: Final = message("MeterConfig", *BARE)
FIRMWARE: Final = message("EndDeviceFirmware", *BARE)
PRICES: Final = message("PricingStructureConfig", *BARE)
RECEIPTS: Final = message("ReceiptRecord", *BARE)
TRANSACTIONS: Final = message("TransactionRecord", *BARE)
SETS: Final = message("CustomerMeterDataSet", *BARE)

POINT: Final = "UsagePoint"
AGREEMENT: Final = "CustomerAgreement"
TARIFF: Final = "PricingStructure/Tariffs"
STEP: Final = f"{TARIFF}/TariffProfiles/ConsumptionTariffIntervals"
STEPS: Final = both(
    alone("PricingStructure"),
    alone(TARIFF),
    put(TARIFF, "TariffProfiles", {"mRID": ID}),
    put(f"{TARIFF}/TariffProfiles", "ConsumptionTariffIntervals", {"sequenceNumber": "1", "startValue": "0"}, instead=False),
    put(f"{TARIFF}/TariffProfiles", "ConsumptionTariffIntervals", {"sequenceNumber": "2", "startValue": "100"}, instead=False),
)
"""Two steps of one price, as a tariff has them."""

MUTATIONS: Final = (
    Mutation(
        "drop",
        "what identifies a usage point",
        USAGE_POINTS,
        both(alone(POINT), without(f"{POINT}/mRID"), without(f"{POINT}/Names")),
        "CF-01",
    ),
    Mutation("repeat", "a configured object", USAGE_POINTS, repeat(POINT), "CF-02"),
    Mutation(
        "drop",
        "what identifies a linked account",
        AGREEMENTS,
        both(alone(AGREEMENT), without(f"{AGREEMENT}/CustomerAccount/mRID"), without(f"{AGREEMENT}/CustomerAccount/Names")),
        "CF-03",
        "CF-04",
    ),
    Mutation("drop", "the customer of an agreement", NEW_AGREEMENTS, drop(f"{AGREEMENT}/Customer|CustomerAccount"), "CF-04"),
    Mutation("drop", "the customer of an account", NEW_ACCOUNTS, drop("CustomerAccount/Customer"), "CF-04"),
    Mutation("recode", "a link to an object that is not there", SETS, say("CustomerAgreement/Customer|CustomerAccount/mRID", ID), "CF-05"),
    Mutation("recode", "a meter's link to a usage point that is not there", SETS, say("Meter/UsagePoint/mRID", ID), "CF-05"),
    Mutation(
        "drop",
        "the offset of a change",
        USAGE_POINTS,
        say(f"{POINT}/ConfigurationEvents/createdDateTime|effectiveDateTime", without_offset),
        "CF-06",
    ),
    Mutation(
        "shift",
        "an agreement's end before its start",
        AGREEMENTS,
        put(AGREEMENT, "validityInterval", {"end": "2025-01-01T00:00:00Z", "start": "2026-01-01T00:00:00Z"}),
        "CF-07",
    ),
    Mutation("drop", "the members of a group", NEW_GROUPS, both(alone("EndDeviceGroup"), drop_all("EndDeviceGroup/EndDevices")), "CF-08"),
    Mutation("repeat", "a member of a group", GROUPS, repeat("EndDeviceGroup/EndDevices"), "CF-09"),
    Mutation("drop", "the function that firmware is for", FIRMWARE, drop_all("EndDevice/EndDeviceFunctions"), "CF-10"),
    Mutation("drop", "the version of firmware", FIRMWARE, drop("EndDevice/EndDeviceFunctions/firmwareID"), "CF-10", "XS-01"),
    Mutation("shift", "a tariff's end before its start", PRICES, say(f"{TARIFF}/endDate", "2001-01-01"), "CF-11"),
    Mutation("repeat", "a tariff for the same days", PRICES, repeat(TARIFF), "CF-11", "CF-02 CF-12"),
    Mutation(
        "shift",
        "a step of a price below the one before",
        PRICES,
        both(
            STEPS, put(f"{TARIFF}/TariffProfiles", "ConsumptionTariffIntervals", {"sequenceNumber": "3", "startValue": "50"}, instead=False)
        ),
        "CF-12",
    ),
    Mutation("neutral", "steps of a price", PRICES, STEPS),
    Mutation("shift", "what was tendered", RECEIPTS, say("Receipt/Tenders/amount", plus("10.00")), "CF-13"),
    Mutation("repeat", "a tender", RECEIPTS, both(without("Receipt/Tenders/mRID"), repeat("Receipt/Tenders")), "CF-13"),
    Mutation(
        "drop",
        "what a transaction is for",
        TRANSACTIONS,
        both(
            alone("Transaction"),
            without("Transaction/AuxiliaryAccount|CustomerAccount|Meter|diverseReference|donorReference|receiverReference|reversedId"),
        ),
        "CF-14",
    ),
    Mutation("shift", "a multiplier's sign", METERS, say("Meter/MeterMultipliers/value", times("-1")), "CF-15"),
    Mutation(
        "repeat",
        "a multiplier",
        METERS,
        both(without("Meter/MeterMultipliers/mRID"), repeat("Meter/MeterMultipliers", value=plus("1"))),
        "CF-15",
    ),
    Mutation("shift", "a rated voltage's sign", USAGE_POINTS, say(f"{POINT}/nominalServiceVoltage", times("-1")), "CF-16"),
    Mutation("shift", "a current's sign", USAGE_POINTS, say(f"{POINT}/ratedCurrent", times("-1")), "CF-16"),
    Mutation(
        "shift",
        "the installation before the making",
        METERS,
        both(alone("Meter"), put("Meter", "lifecycle", {"installationDate": "2024-03-01", "manufacturedDate": "2024-05-02"})),
        "CF-17",
    ),
    Mutation(
        "repeat",
        "a name without its kind",
        USAGE_POINTS,
        both(alone(POINT), put(POINT, "Names", {"name": "12 Mill Lane"}), put(POINT, "Names", {"name": "13 Mill Lane"}, instead=False)),
        "CF-18",
    ),
    Mutation(
        "recode", "a register of something else", METERS, code("SimpleEndDeviceFunction/Registers/Channels/ReadingType", "kWh"), "CF-19"
    ),
    Mutation(
        "shift",
        "when a change takes effect by decades",
        NEW_POINTS,
        say(f"{POINT}/ConfigurationEvents/effectiveDateTime", moved(days=-18000)),
        "CF-21",
    ),
    Mutation("recode", "a spelled-out unit to another", METERS, both(alone("ReadingType"), put("ReadingType", "unit", "38")), "CF-24"),
    Mutation("shift", "an offset to seconds", METERS, both(alone("Meter"), put("Meter", "timeZoneOffset", "3600")), "CF-26"),
    Mutation("neutral", "usage points in another order", USAGE_POINTS, exchange(POINT)),
)
