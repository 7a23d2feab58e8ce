"""The record as tables for analysts, in CSV and Parquet: scenarios, messages, findings, truth, its intervals, days read, figures."""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

import pyarrow
from pyarrow import parquet
from pydantic import AwareDatetime

from reports.lines import DayRead, DifferingInterval, Figure, Message, RecordedFinding, Truth
from reports.run import Run

Row = dict[str, Any]


class Table(NamedTuple):
    """One table. columns: their names and types, in order."""

    name: str
    columns: pyarrow.Schema
    rows: Callable[[Run], Iterable[Row]]


TEXT, COUNT, MOMENT, YES = pyarrow.string(), pyarrow.int64(), pyarrow.timestamp("us", tz="UTC"), pyarrow.bool_()
NUMBER, DAY = pyarrow.float64(), pyarrow.date32()


def _scenarios(run: Run) -> Iterator[Row]:
    for scenario in run.scenarios:
        collected, finished = scenario.collected, scenario.finished
        blame = finished.attribution if finished is not None else None
        yield {
            "scenario": collected.scenario,
            "phase": collected.phase,
            "feature": collected.feature,
            "feature_file": collected.feature_file,
            "line": collected.line,
            "rule": collected.rule,
            "name": collected.name,
            "tags": " ".join(collected.tags),
            "outcome": scenario.outcome.value,
            "reason": scenario.reason,
            "party": blame.party if blame else None,
            "system": blame.system if blame else None,
            "wire": blame.wire if blame else None,
            "evidence": blame.evidence if blame else None,
            "began_at": scenario.began_at,
            "seconds": scenario.seconds,
            "steps": len(scenario.steps),
            "messages": len(scenario.messages),
            "findings": len(scenario.findings),
        }


def _lines(take: Callable[[Any], Iterable[Any]], without: tuple[str, ...] = ()) -> Callable[[Run], Iterator[Row]]:
    """Rows that are lines of the record."""

    def rows(run: Run) -> Iterator[Row]:
        for scenario in run.scenarios:
            for line in take(scenario):
                yield {column.name: getattr(line, column.name) for column in fields(line) if column.name not in without}

    return rows


def _messages(run: Run) -> Iterator[Row]:
    for scenario in run.scenarios:
        for message in scenario.messages:
            row = {column.name: getattr(message, column.name) for column in fields(message) if column.name in MESSAGES.names}
            yield {**row, "bytes": len(message.content)}


def _intervals(run: Run) -> Iterator[Row]:
    for scenario in run.scenarios:
        for truth in scenario.truths:
            for interval in truth.intervals:
                yield {
                    "scenario": scenario.collected.scenario,
                    "meter": truth.meter,
                    "stage": truth.stage,
                    "wire": truth.wire,
                    **{column.name: getattr(interval, column.name) for column in fields(interval)},
                }


def _columns(line: type, *more: tuple[str, pyarrow.DataType], without: tuple[str, ...] = ()) -> pyarrow.Schema:
    told = [(column.name, _type(column.type)) for column in fields(line) if column.name not in without]
    return pyarrow.schema([*told, *more])


def _type(annotation: Any) -> pyarrow.DataType:
    """The type of a column; what is no number, moment, day or yes-or-no is text."""
    if get_origin(annotation) is Annotated:
        return _type(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return _type(next(kind for kind in get_args(annotation) if kind is not type(None)))
    return {int: COUNT, float: NUMBER, bool: YES, date: DAY, AwareDatetime: MOMENT}.get(annotation, TEXT)


OF_EVERY_LINE = ("seal", "type")
MESSAGES = _columns(Message, ("bytes", COUNT), without=(*OF_EVERY_LINE, "body", "body_base64"))
SCENARIOS = pyarrow.schema(
    [
        *((name, TEXT) for name in ("scenario", "phase", "feature", "feature_file")),
        ("line", COUNT),
        *((name, TEXT) for name in ("rule", "name", "tags", "outcome", "reason", "party", "system", "wire", "evidence")),
        ("began_at", MOMENT),
        ("seconds", NUMBER),
        *((name, COUNT) for name in ("steps", "messages", "findings")),
    ]
)
INTERVALS = pyarrow.schema([*((name, TEXT) for name in ("scenario", "meter", "stage", "wire")), *_columns(DifferingInterval)])

TABLES = (
    Table("scenarios", SCENARIOS, _scenarios),
    Table("messages", MESSAGES, _messages),
    Table("findings", _columns(RecordedFinding, without=OF_EVERY_LINE), _lines(lambda scenario: scenario.findings, OF_EVERY_LINE)),
    Table(
        "truth",
        _columns(Truth, without=(*OF_EVERY_LINE, "intervals")),
        _lines(lambda scenario: scenario.truths, (*OF_EVERY_LINE, "intervals")),
    ),
    Table("truth_intervals", INTERVALS, _intervals),
    Table("days_read", _columns(DayRead, without=OF_EVERY_LINE), _lines(lambda scenario: scenario.days_read, OF_EVERY_LINE)),
    Table("figures", _columns(Figure, without=OF_EVERY_LINE), _lines(lambda scenario: scenario.figures, OF_EVERY_LINE)),
)


def write_csv(run: Run, folder: Path) -> None:
    """A file per table, in UTF-8 with commas; what is not known is empty, and a text that a spreadsheet would calculate is quoted by '."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, table.columns.names)
            writer.writeheader()
            writer.writerows({name: _cell(value) for name, value in row.items()} for row in table.rows(run))


def _cell(value: Any) -> Any:
    """A value as a spreadsheet may open it: a text from a wire must not become a formula."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
    return value.isoformat() if hasattr(value, "isoformat") else value


def write_parquet(run: Run, folder: Path) -> None:
    """A file per table, with types."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        rows = [{name: _scalar(value) for name, value in row.items()} for row in table.rows(run)]
        parquet.write_table(pyarrow.Table.from_pylist(rows, schema=table.columns), folder / f"{table.name}.parquet")


def _scalar(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value
