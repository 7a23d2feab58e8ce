"""What stood on every register where a bill began or ended: a register does not jump between two bills, or at its removal."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select

from ami.messages import Reading
from ami.quality import ESTIMATED_CATEGORY, category
from ami.reading_type import FORWARD
from simulators.cis import installations, store
from simulators.cis.determinants import TOLERANCE_KWH, DisagreementError, Measured
from simulators.cis.tables import billed_registers
from simulators.cis.turn import Turn


class Face(NamedTuple):
    """What stood on one register at one moment. is_measured: nobody estimated it."""

    meter: str
    flow: int
    at: datetime
    kwh: Decimal
    is_measured: bool


def faces(parts: Sequence[Measured]) -> Iterator[Face]:
    """The register readings that determinants came with."""
    for part in parts:
        for flow, readings in part.registers.items():
            for reading in readings:
                yield Face(part.part.meter, flow, reading.at, reading.value, _is_measured(reading))


def check(turn: Turn, usage_point: str, parts: Sequence[Measured]) -> None:
    """Raises DisagreementError where a register stands elsewhere than a bill before, or the crew that hung the meter, has read.

    An estimated reading proves nothing: it may be put right later.
    """
    for face in faces(parts):
        for source, kwh in (*_billed(turn, face, measured=True), *_read_by_crew(turn, usage_point, face)):
            if face.is_measured and abs(kwh - face.kwh) > TOLERANCE_KWH:
                raise DisagreementError(
                    f"{face.meter}: the register at {face.at:%Y-%m-%dT%H:%MZ} is {face.kwh:f} kWh; {source} has {kwh:f} kWh"
                )


def put_right(turn: Turn, parts: Sequence[Measured]) -> Iterator[str]:
    """Which bills ended or began at an estimate that a measurement has replaced since; a person may cancel and bill again."""
    for face in faces(parts):
        for source, kwh in _billed(turn, face, measured=False):
            if face.is_measured and abs(kwh - face.kwh) > TOLERANCE_KWH:
                yield (
                    f"{source} was made with an estimated register of {kwh:f} kWh at {face.at:%Y-%m-%dT%H:%MZ}; "
                    f"{face.meter} has shown {face.kwh:f} kWh"
                )


def remember(turn: Turn, bill: str, parts: Sequence[Measured]) -> None:
    """Keep what the registers of an issued bill said."""
    for face in faces(parts):
        row = {"bill": bill, "meter": face.meter, "flow": face.flow, "at": face.at, "kwh": face.kwh}
        store.add(turn.connection, billed_registers, **row, measured=face.is_measured)


def forget(turn: Turn, bill: str) -> None:
    """Let go what a bill said that is taken back."""
    turn.connection.execute(billed_registers.delete().where(billed_registers.c.bill == bill))


def _is_measured(reading: Reading) -> bool:
    return ESTIMATED_CATEGORY not in map(category, reading.qualities)


def _billed(turn: Turn, face: Face, *, measured: bool) -> Iterator[tuple[str, Decimal]]:
    table = billed_registers.c
    same = (table.meter == face.meter) & (table.flow == face.flow) & (table.at == face.at) & (table.measured == measured)
    for row in store.rows(turn.connection, select(billed_registers).where(same).order_by(table.bill)):
        yield row["bill"], row["kwh"]


def _read_by_crew(turn: Turn, usage_point: str, face: Face) -> Iterator[tuple[str, Decimal]]:
    if face.flow != FORWARD:
        return
    for row in installations.history(turn, usage_point):
        if row["meter"] == face.meter:
            if row["starts_at"] == face.at and row["initial_kwh"] is not None:
                yield "the crew at installation", row["initial_kwh"]
            if row["ends_at"] == face.at and row["final_kwh"] is not None:
                yield "the crew at removal", row["final_kwh"]
