"""CF-19: a register counts what its eighteen numbers say, in as many digits as it has."""

import re
from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.quantities import whole
from conformance.rule import Breach, Rule
from conformance.views.configuration import ConfigurationView

EIGHTEEN_NUMBERS: Final = re.compile(r"-?[0-9]+(\.-?[0-9]+){17}", re.ASCII)
MOST_DIGITS: Final = 16


def check(view: ConfigurationView) -> Iterator[Breach]:
    """A channel whose reading type is not eighteen whole numbers, or a register without digits or with more than any has."""
    for each in view.objects:
        for part in each.below():
            if part.kind in ("ReadingType", "ReadingTypes") and part.reference and not EIGHTEEN_NUMBERS.fullmatch(part.reference):
                yield Breach(part.where, repr(part.reference))
            for name in ("leftDigitCount", "rightDigitCount") if part.kind == "Registers" else ():
                field = part.fields.get(name)
                digits = whole(field.text) if field is not None else 0
                if field is not None and (digits is None or digits > MOST_DIGITS):
                    yield Breach(field.where, f"{name} {field.text}")


_METER = (
    "<MeterConfig><SimpleEndDeviceFunction><mRID>F-1</mRID><Registers><leftDigitCount>{}</leftDigitCount>"
    '<Channels><ReadingType ref="{}"/></Channels></Registers></SimpleEndDeviceFunction></MeterConfig>'
)

RULE = Rule(
    id="CF-19",
    requires="registers of a ReadingType of eighteen whole numbers, with up to sixteen digits",
    source="IEC 61968-9, MeterConfig; Register.leftDigitCount, Channel.ReadingType",
    severity=Severity.WARNING,
    works_on=ConfigurationView,
    check=check,
    passes=(_METER.format(6, "0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0"),),
    fails=(_METER.format(6, "kWh"), _METER.format(-6, "0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0")),
    why="When the register starts again from zero, nobody knows how much it has counted.",
    mend="Write all eighteen fields as the reference, and the digits that the face has.",
)
