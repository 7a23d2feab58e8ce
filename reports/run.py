"""A run as its record tells it: scenarios with their steps, traffic, findings and truth, and how it ended."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from ami.errors import RecordError
from reports.lines import (
    LINE,
    AnyLine,
    Attended,
    ChapterLine,
    CollectionFinished,
    DayRead,
    FeatureRead,
    Figure,
    MeasuredCurve,
    Message,
    Overridden,
    ReadingsRead,
    RecordedFinding,
    RunFinished,
    RunStarted,
    ScenarioCollected,
    ScenarioFinished,
    ScenarioStarted,
    StepFinished,
    Truth,
)
from reports.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Run:
    """One run. finished is None where the run crashed; torn: its last line was cut off while being written."""

    started: RunStarted
    readings: ReadingsRead | None
    scenarios: tuple[Scenario, ...]
    collection: CollectionFinished | None
    finished: RunFinished | None
    ended_at: datetime
    torn: bool
    features: tuple[FeatureRead, ...] = ()


def read(record: Path) -> Run:
    """The run that `record` tells of. Raises RecordError, naming file and line, on anything that no run writes."""
    story = _Story(record)
    for line in story.lines():
        story.take(line)
    return story.run()


@dataclass(slots=True)
class _Chapter:
    """A scenario while its lines are being read."""

    collected: ScenarioCollected
    started: ScenarioStarted | None = None
    steps: list[StepFinished] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    findings: list[RecordedFinding] = field(default_factory=list)
    truths: list[Truth] = field(default_factory=list)
    curves: list[MeasuredCurve] = field(default_factory=list)
    days_read: list[DayRead] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    overrides: list[Overridden] = field(default_factory=list)
    attended: list[Attended] = field(default_factory=list)
    finished: ScenarioFinished | None = None
    numbers: set[int] = field(default_factory=set)

    def scenario(self) -> Scenario:
        """What has been read of it."""
        parts = (tuple(self.steps), tuple(self.messages), tuple(self.findings), tuple(self.truths), tuple(self.curves))
        return Scenario(
            *(self.collected, self.started, *parts, self.finished),
            *(tuple(self.days_read), tuple(self.figures), tuple(self.overrides), tuple(self.attended)),
        )


class _Story:
    """Reads a record from top to bottom and refuses lines that contradict those before them."""

    def __init__(self, record: Path) -> None:
        self._record = record
        self._number = 0
        self._torn = False
        self._started: RunStarted | None = None
        self._readings: ReadingsRead | None = None
        self._collection: CollectionFinished | None = None
        self._finished: RunFinished | None = None
        self._ended_at: datetime | None = None
        self._chapters: dict[str, _Chapter] = {}
        self._features: list[FeatureRead] = []

    def lines(self) -> Iterator[AnyLine]:
        """The lines in order; a last one without its line feed that is no JSON was torn and is left out."""
        try:
            with self._record.open("rb") as file:
                for self._number, raw in enumerate(file, 1):
                    try:
                        yield LINE.validate_json(raw)
                    except ValidationError as fault:
                        first = fault.errors(include_url=False, include_input=False)[0]
                        if first["type"] == "json_invalid" and not raw.endswith(b"\n"):
                            self._torn = True
                            return
                        place = ".".join(map(str, first["loc"]))
                        raise self._wrong(f"{place}: {first['msg']}" if place else first["msg"]) from fault
        except OSError as fault:
            raise RecordError(f"{self._record}: the record cannot be read: {fault.strerror}") from fault

    def take(self, line: AnyLine) -> None:
        """Put one line where it belongs."""
        if line.number != self._number:
            raise self._wrong(f"calls itself line {line.number}; lines are missing or doubled")
        if (self._started is None) != isinstance(line, RunStarted):
            raise self._wrong("a record begins with run_started, once")
        if self._finished is not None:
            raise self._wrong(f"{line.type} after run_finished")
        self._ended_at = line.at
        match line:
            case RunStarted():
                self._started = line
            case ReadingsRead():
                self._readings = line
            case ScenarioCollected():
                if line.scenario in self._chapters:
                    raise self._wrong(f"scenario {line.scenario!r} is collected twice")
                self._chapters[line.scenario] = _Chapter(line)
            case FeatureRead():
                self._features.append(line)
            case CollectionFinished():
                self._collection = line
            case RunFinished():
                self._finished = line
            case _:
                self._take_into_chapter(line)

    def _take_into_chapter(self, line: ChapterLine) -> None:
        chapter = self._chapters.get(line.scenario)
        if chapter is None:
            raise self._wrong(f"{line.type} of scenario {line.scenario!r}, which was never collected")
        if chapter.finished is not None:
            raise self._wrong(f"{line.type} of scenario {line.scenario!r}, which had finished before")
        match line:
            case ScenarioStarted():
                chapter.started = line  # again where a step sets the scenario's day: the last one counts
            case StepFinished():
                chapter.steps.append(line)
            case Message():
                if line.message in chapter.numbers:
                    raise self._wrong(f"message {line.message} stands there twice")
                chapter.numbers.add(line.message)
                chapter.messages.append(line)
            case RecordedFinding():
                if line.message is not None and line.message not in chapter.numbers:
                    raise self._wrong(f"a finding in message {line.message}, which is not recorded")
                chapter.findings.append(line)
            case Overridden():
                chapter.overrides.append(line)
            case Truth():
                chapter.truths.append(line)
            case MeasuredCurve():
                chapter.curves.append(line)
            case DayRead():
                chapter.days_read.append(line)
            case Figure():
                chapter.figures.append(line)
            case Attended():
                chapter.attended.append(line)
            case ScenarioFinished():
                chapter.finished = line

    def run(self) -> Run:
        """All that has been read."""
        if self._started is None or self._ended_at is None:
            raise RecordError(f"{self._record}: there is no run in this record")
        scenarios = tuple(chapter.scenario() for chapter in self._chapters.values())
        return Run(
            self._started, self._readings, scenarios, self._collection, self._finished, self._ended_at, self._torn, tuple(self._features)
        )

    def _wrong(self, what: str) -> RecordError:
        return RecordError(f"{self._record}, line {self._number}: {what}")
