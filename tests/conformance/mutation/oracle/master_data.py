"""Conversations about what belongs together: linkages, configurations, orders for fitters, and the readings that come afterwards."""

from random import Random
from typing import Final

from tests.conformance.mutation.mutation import Mutation
from tests.conformance.mutation.oracle.around import identifier
from tests.conformance.mutation.pieces import both, drop, give, pieces, say
from tests.conformance.mutation.texts import one_of, times

OTHER: Final = "b0f6d8a2-3c47-4f0f-9a0e-5d2c3b1a7e90"


def _heard(random: Random, wire: str, inside: str) -> str:
    return f'<capture wire="{wire}"><MessageID>{identifier(random)}</MessageID>{inside}</capture>'


def _conversation(random: Random, *told: tuple[str, str]) -> str:
    return f"<conversation>{''.join(_heard(random, wire, inside) for wire, inside in told)}</conversation>"


def _linkage(at: str, *linked: tuple[str, str]) -> str:
    objects = "".join(f"<{kind}><mRID>{name}</mRID></{kind}>" for kind, name in linked)
    moments = f"<createdDateTime>2026-02-01T00:00:00Z</createdDateTime><effectiveDateTime>{at}</effectiveDateTime>"
    return f"<MasterDataLinkageConfig><ConfigurationEvent>{moments}</ConfigurationEvent>{objects}</MasterDataLinkageConfig>"


def _linked(random: Random) -> str:
    """A meter that is linked with a usage point, and read there twice."""
    meter, point = identifier(random), identifier(random)
    linkage = _linkage("2026-02-01T00:00:00Z", ("Meter", meter), ("UsagePoint", point))
    reading = f"<Meter><mRID>{meter}</mRID></Meter><UsagePoint><mRID>{point}</mRID></UsagePoint>"
    return _conversation(random, ("cis-&gt;mdms", linkage), ("hes-&gt;mdms", reading), ("hes-&gt;mdms", reading))


def _twice(random: Random) -> str:
    """Two linkages: of two meters with two usage points, a day apart."""
    told = [_linkage(f"2026-02-0{day}T00:00:00Z", ("Meter", identifier(random)), ("UsagePoint", identifier(random))) for day in (1, 2)]
    return _conversation(random, *(("cis-&gt;mdms", each) for each in told))


def _tariff(random: Random) -> str:
    """A price, and a usage point that has it, both of electricity."""
    price, point = identifier(random), identifier(random)
    service = "<ServiceCategory><kind>electricity</kind></ServiceCategory>"
    prices = f"<PricingStructureConfig><PricingStructure><mRID>{price}</mRID>{service}</PricingStructure></PricingStructureConfig>"
    points = (
        f"<UsagePointConfig><UsagePoint><mRID>{point}</mRID><PricingStructures><mRID>{price}</mRID></PricingStructures>{service}"
        "</UsagePoint></UsagePointConfig>"
    )
    return _conversation(random, ("cis-&gt;mdms", prices), ("cis-&gt;mdms", points))


def _installed(random: Random) -> str:
    """A meter that was installed, and is read afterwards."""
    meter = identifier(random)
    life = "<lifecycle><installationDate>2026-02-01</installationDate></lifecycle>"
    config = f"<MeterConfig><Meter><mRID>{meter}</mRID>{life}</Meter></MeterConfig>"
    return _conversation(random, ("cis-&gt;mdms", config), ("hes-&gt;mdms", f"<Meter><mRID>{meter}</mRID></Meter>"))


def _rated(random: Random) -> str:
    """A usage point with a fuse of 63 amperes, and a quarter of an hour of its readings."""
    point = identifier(random)
    config = (
        f"<UsagePointConfig><UsagePoint><mRID>{point}</mRID><nominalServiceVoltage>230</nominalServiceVoltage><ratedCurrent>63</ratedCurrent>"
        "</UsagePoint></UsagePointConfig>"
    )
    reading = f"<UsagePoint><mRID>{point}</mRID></UsagePoint><value>{random.randint(100, 9000) / 1000:.3f}</value>"
    return _conversation(random, ("cis-&gt;mdms", config), ("hes-&gt;mdms", reading))


def _phased(random: Random) -> str:
    """A usage point of three phases, and readings of all of them."""
    point = identifier(random)
    config = f"<UsagePointConfig><UsagePoint><mRID>{point}</mRID><phaseCode>ABCN</phaseCode></UsagePoint></UsagePointConfig>"
    reading_type = '<ReadingType ref="0.0.2.4.1.1.12.0.0.0.0.0.0.0.224.3.72.0"/>'
    return _conversation(random, ("cis-&gt;mdms", config), ("hes-&gt;mdms", f"<UsagePoint><mRID>{point}</mRID></UsagePoint>{reading_type}"))


def _work(random: Random) -> str:
    """A disconnection that is reported twice: under way, then done."""
    meter = identifier(random)
    told = (
        "<root>ChangedMeterServiceRequests</root><Verb>changed</Verb><MeterServiceWork><kind>disconnect</kind>"
        f"<Meter><mRID>{meter}</mRID></Meter><status><reason>as told</reason><value>{{}}</value></status></MeterServiceWork>"
    )
    return _conversation(random, *(("mdms-&gt;cis", told.format(status)) for status in ("inProgress", "completed")))


def _exchanged(random: Random) -> str:
    """A meter that took the place of another, whose last reading comes along."""
    reading = (
        f"<Readings><timeStamp>2026-03-01T00:30:00Z</timeStamp><value>{random.randint(1, 9000)}.5</value>"
        '<ReadingType ref="0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/></Readings>'
    )
    return (
        "<capture><root>ChangedMeterServiceRequests</root><Verb>changed</Verb><MeterServiceWork><kind>meter</kind>"
        f"<Meter><mRID>{identifier(random)}</mRID></Meter><OldMeter><mRID>{identifier(random)}</mRID><MeterReadings>{reading}</MeterReadings>"
        "</OldMeter><status><value>completed</value></status></MeterServiceWork></capture>"
    )


def _tracked(random: Random) -> str:
    """An order for a switch that is sent twice."""
    order = (
        f"<EndDeviceControl><issuerTrackingID>T-{random.randint(1, 999)}</issuerTrackingID><PanDemandResponse/><PanDisplay/><PanPricing/>"
        f'<EndDeviceControlType ref="3.31.0.23"/><EndDevices><mRID>{identifier(random)}</mRID></EndDevices></EndDeviceControl>'
    )
    return _conversation(random, ("mdms-&gt;hes", order), ("mdms-&gt;hes", order))


LINKED: Final = pieces(_linked)
TWICE: Final = pieces(_twice)
TARIFF: Final = pieces(_tariff)
POINT: Final = "MasterDataLinkageConfig/UsagePoint/mRID"
METER: Final = "MasterDataLinkageConfig/Meter/mRID"

MUTATIONS: Final = (
    Mutation("recode", "where a meter is read", LINKED, say("capture[3]/UsagePoint/mRID", OTHER), "MR-44 LI-13"),
    Mutation(
        "recode",
        "which meter is linked later",
        TWICE,
        both(say(f"capture/{METER}[1]", OTHER), say(f"capture[1]/{METER}", OTHER), say(f"capture[2]/{METER}", OTHER)),
        "LI-11",
    ),
    Mutation(
        "recode",
        "which usage point is linked later",
        TWICE,
        both(say(f"capture[1]/{POINT}", OTHER), say(f"capture[2]/{POINT}", OTHER)),
        "LI-10",
    ),
    Mutation(
        "shift",
        "a linkage of the same usage point to the same moment",
        TWICE,
        both(
            say(f"capture[1]/{POINT}", OTHER),
            say(f"capture[2]/{POINT}", OTHER),
            say("capture[2]/MasterDataLinkageConfig/ConfigurationEvent/effectiveDateTime", "2026-02-01T00:00:00Z"),
        ),
        "LI-12",
        "LI-10",
    ),
    Mutation("recode", "which price a usage point has", TARIFF, say("capture[2]//PricingStructures/mRID", OTHER), "CF-20"),
    Mutation("recode", "of which service a price is", TARIFF, say("capture[1]//ServiceCategory/kind", "gas"), "CF-25"),
    Mutation("shift", "an installation after the readings", pieces(_installed), say("capture[1]//installationDate", "2026-04-01"), "CF-22"),
    Mutation(
        "recode",
        "the phases of a usage point",
        pieces(_phased),
        say("capture[1]//phaseCode", one_of("A", "AN", "BN", "AB", "ABN")),
        "CF-27",
    ),
    Mutation("shift", "more than a fuse carries", pieces(_rated), say("capture[2]/value", times("1000")), "CF-23", "MR-16"),
    Mutation(
        "recode",
        "work that was done to work under way",
        pieces(_work),
        both(say("capture[1]//status/value", "completed"), say("capture[2]//status/value", "inProgress")),
        "SR-09",
    ),
    Mutation("drop", "the last reading of the old meter", pieces(_exchanged), drop("//OldMeter/MeterReadings"), "SR-10"),
    Mutation(
        "recode",
        "an old meter to the new one",
        pieces(_exchanged),
        both(say("//OldMeter/mRID", OTHER), say("//Meter/mRID", OTHER)),
        "SR-03",
    ),
    Mutation(
        "recode",
        "an order under the same tracking id",
        pieces(_tracked),
        give("capture[2]//EndDeviceControlType", ref="3.31.0.18"),
        "CO-07",
    ),
    Mutation("recode", "a meter under the same tracking id", pieces(_tracked), say("capture[2]//EndDevices/mRID", OTHER), "CO-07"),
)
