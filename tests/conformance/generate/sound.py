"""What a noun says in a message with which nothing is wrong: orders, events, queries, linkages, and the readings of `readings`.

A noun that is not among SOUND is made by its schema and by what `configured` knows of objects.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from ami import names
from tests.conformance.generate import readings
from tests.conformance.generate.configured import identity
from tests.conformance.generate.making import AT, READING_TYPES, Maker, Object, Spec, written

LOAD_CONTROLS: Final = ("3.15.0.54", "3.15.0.214")
SWITCH_CONTROLS: Final = ("3.31.0.23", "3.31.0.18")
OCCURRENCES: Final = ("3.26.0.85", "3.26.0.216", "3.12.0.257", "3.31.0.68", "3.31.0.42")
KINDS_OF_WORK: Final = ("construction", "disconnect", "inspection", "maintenance", "other", "reconnect", "repair", "service", "test")
LONGEST_MINUTES: Final = 1440

_TARGETS: Final = {"EndDevices": "M", "UsagePoints": "UP", "EndDeviceGroups": "G", "UsagePointGroups": "UG"}


def _several(make: Maker, kind: str, most: int = 3, least: int = 1) -> list[Spec]:
    return [identity(make, kind) for _ in range(make.random.randint(least, most))]


def controls(make: Maker) -> Object:
    """Orders to meters, usage points or groups: a switch, or a load with its programme and its timing."""
    return {"EndDeviceControl": [_control(make) for _ in range(make.random.randint(1, 3))]}


def _control(make: Maker) -> Object:
    is_load = make.chance()
    control: Object = {
        "mRID": make.uuid(),
        "issuerID": make.some,
        "issuerTrackingID": make.fresh("track"),
        "reason": make.some,
        **_action(make, is_load=is_load),
        "EndDeviceControlType": make.random.choice(LOAD_CONTROLS if is_load else SWITCH_CONTROLS),
    }
    part = make.random.choice(list(_TARGETS))
    control[part] = _several(make, _TARGETS[part])
    if is_load and make.chance():
        control |= {"drProgramLevel": str(make.random.randint(0, 15)), "drProgramMandatory": make.some}
    if make.chance():
        control["primaryDeviceTiming"] = _timing(make)
    return control


def _action(make: Maker, *, is_load: bool) -> Object:
    """One action with the others left out or empty, as published schemas differ in; a switch needs none."""
    does = "PanDemandResponse" if is_load else make.random.choice(["PanDisplay", "PanPricing", ""])
    actions: Object = {
        "PanDemandResponse": _demand_response(make) if is_load else {},
        "PanDisplay": _display(make) if does == "PanDisplay" else {},
        "PanPricing": {"PanPricingDetails": _price(make)} if does == "PanPricing" else {},
    }
    return actions if make.chance() else {name: parts for name, parts in actions.items() if name == does}


def _demand_response(make: Maker) -> Object:
    return {
        "avgLoadAdjustment": str(make.random.randint(-100, 100)),
        "coolingSetpoint": str(make.random.randint(22, 28)),
        "dutyCycle": str(make.random.randint(0, 100)),
        "heatingSetpoint": str(make.random.randint(15, 22)),
        "enrollmentGroup": make.some,
        "appliance": make.some,
    }


def _display(make: Maker) -> Object:
    return {"confirmationRequired": make.some, "textMessage": make.fresh("Text"), "transmissionMode": make.some}


def _price(make: Maker) -> Object:
    count = make.random.randint(1, 6)
    return {"price": make.some, "priceTier": str(make.random.randint(1, count)), "priceTierCount": str(count), "rateLabel": make.some}


def _timing(make: Maker) -> Object:
    minutes = make.random.randint(1, LONGEST_MINUTES)
    begins = AT.replace(microsecond=0) + timedelta(minutes=make.random.randint(1, LONGEST_MINUTES))
    span = make.span(begins + timedelta(minutes=minutes), timedelta(minutes=minutes))
    return {"duration": str(minutes), "randomisation": make.some, "interval": span}


def events(make: Maker) -> Object:
    """What happened at meters, in the order of time, each with its own id."""
    moments = sorted({make.before(60) for _ in range(make.random.randint(1, 5))})
    return {"EndDeviceEvent": [event(make, written(at)) for at in moments]}


def event(make: Maker, created: str) -> Object:
    """One event of one meter."""
    details: list[Spec] = [{"name": make.fresh("detail"), "value": make.fresh("value")} for _ in range(make.random.randint(0, 2))]
    return {
        "mRID": make.uuid(),
        "createdDateTime": created,
        "issuerID": make.some,
        "reason": make.some,
        "severity": make.some,
        "Assets": identity(make, "M"),
        "EndDeviceEventDetails": details,
        "EndDeviceEventType": make.random.choice(OCCURRENCES),
        **({"UsagePoint": identity(make, "UP")} if make.chance(0.3) else {}),
    }


def query(make: Maker) -> Object:
    """A question for readings of the past."""
    asked: Object = {make.random.choice(("EndDevice", "UsagePoint")): _several(make, "M")}
    types = make.random.sample(READING_TYPES, make.random.randint(0, len(READING_TYPES)))
    asked["ReadingType"] = [{"Names": {"name": code}} for code in types]
    if make.chance(0.7):
        asked["TimeSchedule"] = {"scheduleInterval": make.span(make.before(40))}
    return asked


def schedule(make: Maker) -> Object:
    """An order to read, once or again and again, at moments in a span."""
    hours = make.random.randint(24, 24 * 60)
    starts = AT.replace(minute=0, second=0, microsecond=0) + timedelta(days=make.random.randint(1, 30))
    moments = [starts + timedelta(hours=number) for number in range(1, make.random.randint(1, 4))]
    points: list[Spec] = [{"dateTime": written(at), "sequenceNumber": str(number)} for number, at in enumerate(moments, 1)]
    when: Object = {"scheduleInterval": make.span(starts + timedelta(hours=hours), timedelta(hours=hours)), "TimePoints": points}
    if make.chance() or not points:
        when["recurrencePeriod"] = str(make.random.choice((900, 3600, 86400)))
    whom = make.random.choice(("CustomerAccount", "CustomerAgreement", "EndDeviceGroup", "UsagePoint", "UsagePointGroup", "EndDevice"))
    targets: list[Spec] = [{"mRID": make.uuid()} for _ in range(2)] if whom == "EndDevice" else _several(make, whom)
    types = make.random.sample(READING_TYPES, make.random.randint(0, 2))
    return {whom: targets, "ReadingType": [{"Names": {"name": code}} for code in types], "TimeSchedule": when}


def work(make: Maker) -> Object:
    """Orders for fitters, each at a meter of its own; the header is that of the message."""
    return {"MeterServiceWork": [_work(make) for _ in range(make.random.randint(1, 3))]}


def _work(make: Maker) -> Object:
    found: Object = {
        "kind": make.random.choice(KINDS_OF_WORK),
        "priority": make.some,
        "requestDateTime": written(make.before(40)),
        "type": make.some,
        "Customers": make.some,
        "Meter": identity(make, "M") | dict.fromkeys(("amrSystem", "formNumber", "serialNumber", "MeterMultipliers"), make.some),
        "UsagePoint": make.some,
    }
    if make.chance(0.2):
        found |= {"kind": "meter", "OldMeter": identity(make, "M")}
    return found


def linkage(make: Maker) -> Object:
    """Who is supplied where through which meter, from a moment on."""
    created = make.before(100)
    effective = created + timedelta(days=make.random.randint(-20, 20))
    linked: Object = {
        "ConfigurationEvent": {"createdDateTime": written(created), "effectiveDateTime": written(effective), "reason": make.some},
        "Meter": identity(make, "M"),
        "UsagePoint": identity(make, "UP"),
    }
    if make.chance():
        linked |= {kind: identity(make, kind) for kind in ("CustomerAccount", "CustomerAgreement", "Customer", "PricingStructure")}
    if make.chance():
        linked["ServiceLocation"] = identity(make, "SL")
    return linked


SOUND: Final[dict[str, Callable[[Maker], Object]]] = {
    names.END_DEVICE_CONTROLS: controls,
    names.END_DEVICE_EVENTS: events,
    names.GET_METER_READINGS: query,
    names.MASTER_DATA_LINKAGE_CONFIG: linkage,
    names.METER_READINGS: readings.readings,
    names.METER_READ_SCHEDULE: schedule,
    names.METER_SERVICE_REQUESTS: work,
    "MeterServiceRequest": work,
}
"""Payload -> what is said in it."""
