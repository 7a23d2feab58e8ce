"""CF-24: a reading type that is spelled out must spell what its name says."""

import re
from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from ami.reading_type import ReadingType
from conformance.rule import Breach, Rule
from conformance.views.configuration import ConfigurationView, Part
from conformance.views.readings import parsed_type

FIELDS: Final = {
    "macroPeriod": "macro_period",
    "aggregate": "aggregate",
    "measuringPeriod": "measuring_period",
    "accumulation": "accumulation",
    "flowDirection": "flow_direction",
    "commodity": "commodity",
    "measurementKind": "measurement_kind",
    "tou": "tou",
    "cpp": "cpp",
    "consumptionTier": "consumption_tier",
    "phases": "phases",
    "multiplier": "multiplier",
    "unit": "unit",
    "currency": "currency",
}
"""Element -> the field of the eighteen."""

_NUMBER: Final = re.compile(r"-?[0-9]{1,6}", re.ASCII)


def check(view: ConfigurationView) -> Iterator[Breach]:
    """A spelled-out field that is a number, and another one than in the name. Words are left to whoever knows them."""
    for each in view.objects:
        code = _code(each) if each.kind == "ReadingType" else ""
        named = parsed_type(code)
        if named is None:
            continue
        for element, field in FIELDS.items():
            spelled = each.fields.get(element)
            if spelled is not None and _NUMBER.fullmatch(spelled.text) and int(spelled.text) != _number(named, field):
                yield Breach(spelled.where, f"{element} {spelled.text} of {code!r}")


def _code(reading_type: Part) -> str:
    """Its first name of eighteen numbers; beside that it may have an mRID, which says nothing about what is measured."""
    found = [part.fields["name"].text for part in reading_type.of_kind("Names") if "name" in part.fields]
    return next((text for text in (*found, reading_type.name) if parsed_type(text) is not None), "")


def _number(reading_type: ReadingType, field: str) -> int:
    return int(getattr(reading_type, field))


_METER = (
    "<MeterConfig><ReadingType><mRID>RT-1</mRID><multiplier>{}</multiplier><unit>72</unit>"
    "<Names><name>0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0</name></Names></ReadingType></MeterConfig>"
)

RULE = Rule(
    id="CF-24",
    requires="the spelled-out fields of a ReadingType to be those of its name",
    source="IEC 61968-9, MeterConfig.ReadingType; Annex C",
    severity=Severity.ERROR,
    works_on=ConfigurationView,
    check=check,
    passes=(_METER.format("3"), _METER.format("k")),
    fails=(_METER.format("0"),),
    why="One system counts the register in kilowatt-hours, the other in watt-hours.",
    mend="Make the spelled-out fields from the eighteen numbers, or leave them out.",
)
