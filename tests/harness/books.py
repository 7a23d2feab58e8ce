"""A landscape that only has books: what was measured, what each system holds, and what the wires carried."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import cast
from zoneinfo import ZoneInfo

from ami import names, quality
from ami.dialect import dialect
from ami.messages import Header, Kind, Message, MeterReading, MeterReadings, Reading, Reply, Series, Span
from ami.names import Wire
from ami.ports import Json
from ami.reading_type import FORWARD, interval_kwh, register_kwh
from conformance.capture import Capture
from conformance.judge import Judge
from conformance.judgement import Judgement
from harness.calendar import calendar
from harness.landscape import Landscape
from harness.wiretap import Captured
from simulators import wire

START = datetime(2026, 3, 3, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)
DELIVERY = Wire("hes", "mdms")
INTERVAL, REGISTER = str(interval_kwh(30)), str(register_kwh())

Traffic = list[tuple[Captured, Judgement]]


def at(place: int) -> datetime:
    """So many half-hours after midnight."""
    return START + place * HALF_HOUR


def told(moment: datetime) -> str:
    """A moment as a control port writes it."""
    return moment.isoformat()


class Books:
    """Meters that measured so many Wh each half-hour from midnight on; until a test says otherwise, everybody holds just that."""

    def __init__(self, **measured: Sequence[int]) -> None:
        self.calendar = calendar(ZoneInfo("Europe/London"))
        self.controlled = set(names.SYSTEMS)
        self.truth = {meter: _truth(wh) for meter, wh in measured.items()}
        self.head_end = {meter: dict(enumerate(wh, 1)) for meter, wh in measured.items()}
        self.mdms = {meter: dict(enumerate(wh, 1)) for meter, wh in measured.items()}
        self.estimated: set[int] = set()
        self.aside: list[str] = []
        self.bills: list[Json] = []
        self.waiting: dict[str, Json] = {"waiting": [], "dead_letters": [], "kept_back": []}

    def is_controlled(self, name: str, command: str) -> bool:  # noqa: ARG002 - the landscape's shape: all commands or none, here
        """Whether a system has a control port that takes a command."""
        return name in self.controlled

    def control(self, name: str, command: str) -> Json:
        """What a control port answers."""
        return {
            "hes truth": {"meters": self.truth},
            "hes holdings": {
                "meters": {
                    meter: {"intervals": [[told(at(place)), wh, FORWARD] for place, wh in book.items()]}
                    for meter, book in self.head_end.items()
                },
                **self.waiting,
            },
            "mdms holdings": {"meters": {meter: {"intervals": self._mdms_intervals(book)} for meter, book in self.mdms.items()}},
            "mdms unknown": {"meters": self.aside},
            "cis bills": self.bills,
        }[f"{name} {command}"]

    @property
    def landscape(self) -> Landscape:
        """These books in the place of a landscape."""
        return cast("Landscape", self)

    def _mdms_intervals(self, book: dict[int, int]) -> list[Json]:
        return [
            {"end": told(at(place)), "wh": wh, "flow": FORWARD, "quality": quality.ESTIMATED if place in self.estimated else quality.VALID}
            for place, wh in book.items()
        ]


def _truth(wh: Sequence[int]) -> dict[str, Json]:
    return {
        "interval_minutes": 30,
        "first_end": told(at(1)),
        "wh": list(wh),
        "reverse_wh": None,
        "register_wh_at_start": 1000,
        "register_digits": 6,
        "disturbed": [],
        "collected_from": told(START),
        "collected_until": told(at(len(wh))),
    }


def kwh(wh: int) -> Decimal:
    """Watt-hours in kWh."""
    return Decimal(wh) / 1000


def of_meter(meter: str, intervals: dict[int, int], registers: dict[int, int] | None = None, *qualities: str) -> MeterReading:
    """What a message says of a meter: place -> Wh."""
    series = (Series(INTERVAL, tuple(Reading(at(place), kwh(wh), qualities) for place, wh in intervals.items())),) if intervals else ()
    single = (Series(REGISTER, tuple(Reading(at(place), kwh(wh), qualities) for place, wh in registers.items())),) if registers else ()
    return MeterReading(meter, intervals=series, readings=single, span=Span(START, at(48)))


def delivered(*meters: MeterReading) -> Message:
    """An event of the head-end's."""
    return Message(Kind.EVENT, Header("created", names.METER_READINGS, "m", START, names.HES), payload=MeterReadings(meters))


def answered(*meters: MeterReading) -> Message:
    """A reply to a question for readings."""
    header = Header("reply", names.METER_READINGS, "m", START, names.MDMS, "asked")
    return Message(Kind.RESPONSE, header, reply=Reply("OK"), payload=MeterReadings(meters))


def crossed(*messages: Message | bytes, on: Wire = DELIVERY, is_deliberate: bool = False) -> Traffic:
    """Messages that crossed a wire, numbered from 1 on; replies crossed it backwards."""
    return [_captured(number, message, on, is_deliberate) for number, message in enumerate(messages, 1)]


def _captured(number: int, message: Message | bytes, on: Wire, is_deliberate: bool) -> tuple[Captured, Judgement]:
    body = message if isinstance(message, bytes) else wire.write(message, dialect("2011"))
    leg = "reply" if b"<Verb>reply<" in body and on != Wire("mdms", "cis") else "request"
    captured = Captured(number, number, on, leg, on.source if leg == "request" else on.target, START, 0, None, body, is_deliberate)
    return captured, Judge("2011").message(Capture(body, START, on, leg, number))
