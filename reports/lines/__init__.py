"""The lines of a record, one value per type: what a run wrote down while it happened."""

from reports.lines.any_line import LINE, AnyLine, ChapterLine, schema
from reports.lines.line import Line, ScenarioLine
from reports.lines.measured import DayRead, DifferingInterval, Figure, MeasuredCurve, Truth
from reports.lines.of_run import CollectionFinished, FeatureRead, ReadingsRead, RunFinished, RunStarted, ScenarioCollected, System
from reports.lines.of_scenario import (
    Attended,
    Attribution,
    Message,
    Overridden,
    RecordedFinding,
    ScenarioFinished,
    ScenarioStarted,
    StepFinished,
)

__all__ = [
    "LINE",
    "AnyLine",
    "Attended",
    "Attribution",
    "ChapterLine",
    "CollectionFinished",
    "DayRead",
    "DifferingInterval",
    "FeatureRead",
    "Figure",
    "Line",
    "MeasuredCurve",
    "Message",
    "Overridden",
    "ReadingsRead",
    "RecordedFinding",
    "RunFinished",
    "RunStarted",
    "ScenarioCollected",
    "ScenarioFinished",
    "ScenarioLine",
    "ScenarioStarted",
    "StepFinished",
    "System",
    "Truth",
    "schema",
]
