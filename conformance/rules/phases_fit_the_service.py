"""CF-27: what comes over one wire has not three phases."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from ami.reading_type import ReadingType
from conformance.rule import Breach, Rule
from conformance.views.cells import places
from conformance.views.configuration import ConfigurationView
from conformance.views.conversation import Conversation

PHASES_OF: Final = {
    **dict.fromkeys((32, 33, 64, 65, 128, 129), 1),
    **dict.fromkeys((40, 41, 66, 72, 97, 132, 193), 2),
    **dict.fromkeys((224, 225), 3),
}
"""Phases of a ReadingType -> how many of A, B and C they are; meters often call A what the grid calls B, so that is not compared."""

_LETTERS: Final = frozenset("ABC")


def check(conversation: Conversation) -> Iterator[Breach]:
    """Readings of more phases than their usage point has, as it was configured before."""
    most: dict[str, int] = {}
    for said in conversation.messages:
        view = said.view(ConfigurationView)
        for each in view.objects if view is not None else ():
            phases = each.fields["phaseCode"].text if "phaseCode" in each.fields else ""
            if each.kind == "UsagePoint" and each.name and _LETTERS & set(phases):
                most[each.name] = len(_LETTERS & set(phases))
        readings = said.readings
        if not most or readings is None:
            continue
        for number, member in enumerate(readings.members):
            allowed = most.get(member.usage_point)
            for index, reading_type in enumerate(readings.parsed_types) if allowed is not None else ():
                if allowed is None or _number(reading_type) <= allowed:
                    continue
                rows = places((readings.cells.member == number) & (readings.cells.type_index == index))
                if rows:
                    found = f"{_number(reading_type)} phases of a usage point with {allowed}, in {readings.types[index]}"
                    yield Breach(readings.where(rows[0], "value"), found, said.index)


def _number(reading_type: ReadingType | None) -> int:
    return PHASES_OF.get(reading_type.phases, 0) if reading_type is not None else 0


def _conversation(phases: str) -> str:
    return (
        "<conversation><capture><MessageID>a</MessageID><UsagePointConfig><UsagePoint><mRID>UP-1</mRID>"
        f"<phaseCode>{phases}</phaseCode></UsagePoint></UsagePointConfig></capture>"
        "<capture><MessageID>b</MessageID><UsagePoint><mRID>UP-1</mRID></UsagePoint>"
        '<ReadingType ref="0.0.2.4.1.1.12.0.0.0.0.0.0.0.224.3.72.0"/></capture></conversation>'
    )


RULE = Rule(
    id="CF-27",
    requires="readings of no more phases than their usage point has",
    source="IEC 61968-9, UsagePoint.phaseCode",
    severity=Severity.WARNING,
    works_on=Conversation,
    check=check,
    passes=(_conversation("ABCN"),),
    fails=(_conversation("AN"),),
    why="The energy of the workshop next door is on the bill of a flat.",
    mend="Correct the phases of the usage point, or find out which meter hangs there.",
)
