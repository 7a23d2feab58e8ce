"""Which system takes which message: the ground of every WSDL and of every refusal."""

from typing import Final

from ami import names

SERVICES: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    names.HES: {
        names.METER_READINGS: ("get",),
        names.METER_READ_SCHEDULE: ("create",),
        names.END_DEVICE_CONTROLS: ("create",),
        names.MASTER_DATA_LINKAGE_CONFIG: ("create", "change"),
    },
    names.MDMS: {
        names.METER_READINGS: ("get", "created", "changed", "reply"),
        names.END_DEVICE_EVENTS: ("created",),
        names.END_DEVICE_CONTROLS: ("reply",),
        names.METER_SERVICE_REQUESTS: ("create",),
        names.MASTER_DATA_LINKAGE_CONFIG: ("create", "change"),
    },
    names.CIS: {
        names.METER_READINGS: ("reply",),
        names.END_DEVICE_EVENTS: ("created",),
        names.METER_SERVICE_REQUESTS: ("changed",),
    },
    names.OMS: {
        names.END_DEVICE_EVENTS: ("created",),
    },
}
"""system -> noun -> verbs it takes; `reply` is a reply that comes later, on a connection of its own."""


def takes(system: str, verb: str, noun: str) -> bool:
    """Whether `system` takes a message with this verb and noun."""
    return verb in SERVICES.get(system, {}).get(noun, ())
