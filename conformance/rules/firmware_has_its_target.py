"""CF-10: firmware is for some device, and has a version."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.configuration import ConfigurationView


def check(view: ConfigurationView) -> Iterator[Breach]:
    """New firmware for no device, a device without a function, or a function with an empty firmwareID."""
    if view.noun != "EndDeviceFirmware":
        return
    if view.is_new and not view.objects:
        yield Breach(view.where, "firmware for no device")
    for each in view.objects:
        functions = tuple(each.of_kind("EndDeviceFunctions"))
        if each.kind == "EndDevice" and not functions:
            yield Breach(each.where, f"device {each.name!r} without a function and its firmware")
        for function in functions:
            if "firmwareID" not in function.fields or not function.fields["firmwareID"].text:
                yield Breach(function.where, f"a function of device {each.name!r} with firmware of no version")


_FIRMWARE = "<EndDeviceFirmware><EndDevice><mRID>M-1</mRID>{}</EndDevice></EndDeviceFirmware>"
_FUNCTION = "<EndDeviceFunctions><firmwareID>{}</firmwareID></EndDeviceFunctions>"

RULE = Rule(
    id="CF-10",
    requires="firmware to name the device, its function and the version",
    source="IEC 61968-9, EndDeviceFirmware; EndDeviceFunction.firmwareID",
    severity=Severity.WARNING,
    works_on=ConfigurationView,
    check=check,
    passes=(_FIRMWARE.format(_FUNCTION.format("4.2.1")),),
    fails=(_FIRMWARE.format(""), _FIRMWARE.format(_FUNCTION.format(""))),
    why="After the update nobody knows which meters still count with the old fault.",
    mend="Name each device with its functions, and for each the firmwareID.",
)
