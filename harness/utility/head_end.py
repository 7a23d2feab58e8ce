"""The office of the head-end: reads, commands and orders, sent on the wire as any neighbour would."""

from ami import names
from ami.errors import InconclusiveError
from ami.messages import (
    EndDeviceControl,
    EndDeviceControls,
    GetMeterReadings,
    Linkage,
    MasterDataLinkageConfig,
    Message,
    MeterReadSchedule,
    Span,
)
from ami.ports import Json
from ami.reading_type import FORWARD, register_kwh
from harness.landscape import Landscape
from harness.ledger import delivered, delivered_registers, head_end_books, meters_per_delivery
from harness.story import Story
from harness.tester import Answer, Tester
from harness.truth import Interval

HABITS: dict[str, dict[str, Json]] = {
    "as usual": {},
    "twice": {"repeat": 2},
    "in reverse order": {"order": "reversed"},
}


class HeadEndOffice:
    """Asks the head-end on the wire, and looks at what it holds where it can be looked into."""

    def __init__(self, landscape: Landscape, tester: Tester, story: Story) -> None:
        self._landscape = landscape
        self._tester = tester
        self._story = story

    def read(self, meter: str) -> Answer:
        """Read a meter now."""
        query = GetMeterReadings(meters=(meter,), reading_types=(str(register_kwh()),))
        return self._tester.ask(names.HES, "get", names.METER_READINGS, query)

    def command(self, meter: str, control_type: str) -> Answer:
        """Send a command to a meter."""
        return self._sent(self.prepared_command(meter, control_type))

    def prepared_command(self, meter: str, control_type: str) -> Message:
        """A command, not sent yet."""
        controls = EndDeviceControls((EndDeviceControl(control_type, (meter,)),))
        return self._tester.message("create", names.END_DEVICE_CONTROLS, controls)

    def _sent(self, message: Message) -> Answer:
        answer = self._tester.send(names.HES, message)
        self._landscape.settle()
        return answer

    def order(self, meter: str, span: Span) -> Answer:
        """Order the readings of a span."""
        return self._tester.ask(names.HES, "create", names.METER_READ_SCHEDULE, MeterReadSchedule((meter,), (), span))

    def deliver(self, manner: str) -> None:
        """Let the head-end deliver in a manner of `HABITS`."""
        self._landscape.control(names.HES, "delivery", **HABITS[manner])

    def hold_back_until(self, until: str) -> None:
        """Let the head-end keep back what it has until a moment (ISO 8601)."""
        self._landscape.control(names.HES, "delivery", hold_until=until)

    def held(self, meter: str, span: Span, flow: int = FORWARD) -> dict[Interval, int]:
        """The intervals of a meter that the head-end holds within a span."""
        books = head_end_books(self._landscape)
        return {
            interval: held.wh
            for interval, held in books.get(meter, {}).items()
            if interval.flow == flow and span.start < interval.end <= span.end
        }

    def register(self, meter: str) -> Answer:
        """Tell the head-end, and nobody else, of a meter."""
        linkage = Linkage(usage_point=f"UP-{meter}", effective_at=self._landscape.clock.now(), meter=meter)
        return self._tester.ask(names.HES, "create", names.MASTER_DATA_LINKAGE_CONFIG, MasterDataLinkageConfig((linkage,)))

    def moved_and_summed_wh(self, meter: str, span: Span) -> tuple[int, int]:
        """By how much the register moved over a span as delivered, and what the delivered intervals come to."""
        registers = delivered_registers(self._story.observe(), meter)
        if span.start not in registers or span.end not in registers:
            raise InconclusiveError(f"no registers of {meter} were delivered for both ends of the day")
        return registers[span.end] - registers[span.start], sum(self.delivered(meter, span).values())

    def meters_per_delivery(self) -> list[int]:
        """How many meters each delivery carries."""
        return meters_per_delivery(self._story.observe())

    def delivered(self, meter: str, span: Span) -> dict[Interval, int]:
        """The intervals of a meter that the head-end has delivered on the wire within a span."""
        return {interval: wh for interval, wh in delivered(self._story.observe(), meter).items() if span.start < interval.end <= span.end}
