"""Any line of a record: what makes a value of it, and the schema that describes it."""

from typing import Annotated

from pydantic import Field, TypeAdapter

from reports.lines.measured import DayRead, Figure, MeasuredCurve, Truth
from reports.lines.of_run import CollectionFinished, FeatureRead, ReadingsRead, RunFinished, RunStarted, ScenarioCollected
from reports.lines.of_scenario import (
    Attended,
    Message,
    Overridden,
    RecordedFinding,
    ScenarioFinished,
    ScenarioStarted,
    StepFinished,
)

ChapterLine = (
    ScenarioStarted
    | StepFinished
    | Message
    | RecordedFinding
    | Overridden
    | Truth
    | MeasuredCurve
    | DayRead
    | Figure
    | Attended
    | ScenarioFinished
)
"""Any line of a scenario that was collected."""

AnyLine = RunStarted | ReadingsRead | ScenarioCollected | FeatureRead | CollectionFinished | ChapterLine | RunFinished

LINE: TypeAdapter[AnyLine] = TypeAdapter(Annotated[AnyLine, Field(discriminator="type")])
"""Makes a value of one line's JSON. Raises pydantic.ValidationError."""


def schema() -> dict[str, object]:
    """The JSON schema of a line, as docs/record.schema.json publishes it."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A line of a record of MeterGate", **LINE.json_schema()}
