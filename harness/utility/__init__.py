"""The utility as its people see it: what steps ask, in the words of the trade, whoever plays the systems."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property

from ami import days, names
from ami.errors import NotTestedError
from ami.messages import Span
from ami.reading_type import FORWARD
from harness.readings import Feed
from harness.replay import Conversation
from harness.story import Story
from harness.tester import Answer, Tester
from harness.truth import Interval
from harness.utility.crowds import Crowds
from harness.utility.customers import Bill, Customers
from harness.utility.data_management import DataManagement
from harness.utility.head_end import HeadEndOffice
from harness.utility.intruder import Intruder
from harness.utility.meters import Meters
from harness.utility.outages import Outages
from simulators import wire

COLLECTED_AT = time(5)
"""By then the head-end has collected the day before, its retries included."""

VALIDATED_AT = time(7)
"""By then the MDMS has validated the day before and estimated what is missing."""

BILLED_AT = time(12)
"""By then the bills of the month before are made, on the second of a month."""

DEFAULT_DAY = date(2026, 3, 2)


class Utility:
    """One scenario's view of the landscape. It begins at local midnight of `day`."""

    def __init__(self, story: Story, feed: Feed) -> None:
        self.story = story
        self.landscape = story.landscape
        self.feed = feed
        self.zone = self.landscape.environment.zone
        self.day = self._told_day = self._first_day = DEFAULT_DAY
        self.answers: list[Answer] = []
        self._bills_of_the_day: dict[str, Bill] = {}

    def begin(self, day: date) -> None:
        """Begin the story on `day`, or on one that is alike where the world's clock rules."""
        self._told_day = day
        self.day = self._first_day = self.landscape.day_like(day, self.story.months)
        self.story.begin(self.moment(time()))

    @property
    def now(self) -> datetime:
        """The moment that it is."""
        return self.landscape.clock.now()

    def moment(self, at: time, day: date | None = None) -> datetime:
        """A local time on `day`, or on the scenario's day."""
        return days.moment(day or self.day, at, self.zone)

    def a_day(self, text: str) -> date:
        """A day of the story, which is as far from its first day as it is told. text: ISO 8601."""
        return self.day + (date.fromisoformat(text) - self._told_day)

    def many(self, count: int) -> list[str]:
        """The names of so many meters, from M-1 on."""
        return [self.landscape.called(f"M-{number}") for number in range(1, count + 1)]

    def wait_until(self, at: datetime) -> None:
        """Let time pass."""
        self.landscape.advance(at)

    def collect(self, count: int = 1) -> None:
        """Let `count` days pass from the scenario's day on, until the last of them is collected."""
        self.wait_until(self.moment(COLLECTED_AT, self.day + timedelta(days=count)))

    def validate(self, count: int = 1) -> None:
        """Let `count` days pass from the scenario's day on, until the last of them is validated.

        A real MDMS that nobody can have it done by is left alone where validation has nothing to decide.
        """
        self.wait_until(self.moment(VALIDATED_AT, self.day + timedelta(days=count)))
        span = days.days_span(self.day if count else self._first_day, self.day + timedelta(days=count), self.zone)
        if self.landscape.is_led(names.MDMS, "validate") or not self._is_settled(span):
            self.data.validate()

    def _is_settled(self, span: Span) -> bool:
        """Whether validation has nothing to decide: of each meter that was disturbed, the MDMS holds what it measured all the same."""
        measured = self.meters.measured()
        return all(self._is_whole(name, span) for name, meter in measured.items() if meter.disturbed)

    def _is_whole(self, meter: str, span: Span) -> bool:
        held = {Interval(FORWARD, interval.end): interval.wh for interval in self.data.held(meter, span) if not interval.is_estimated}
        return held == self.meters.intervals(meter, span)

    def collect_days_before(self, count: int) -> None:
        """Let `count` days pass before the scenario's day, which then begins: the story is told from there on."""
        self.day += timedelta(days=count)
        self.validate(0)

    def pass_months(self, count: int) -> None:
        """Let calendar months pass from the scenario's day on, until their bills are made."""
        month = self.day.year * 12 + self.day.month - 1 + count
        self.wait_until(self.moment(BILLED_AT, date(month // 12, month % 12 + 1, 2)))

    def day_span(self) -> Span:
        """The scenario's day from midnight to midnight."""
        return days.day_span(self.day, self.zone)

    def span(self, start: time, end: time) -> Span:
        """A part of the scenario's day."""
        return Span(self.moment(start), self.moment(end))

    def install(self, meters: Sequence[str], *, minutes: int | None = None, watts: int | None = None, is_solar: bool = False) -> None:
        """Put meters in and tell the systems of them."""
        self.meters.put_in(meters, minutes=minutes, watts=watts, is_solar=is_solar)
        self.customers.link(meters)

    def install_untold(self, meter: str) -> None:
        """Put a meter in that only the head-end is told of."""
        self.meters.put_in([meter])
        self.head_end.register(meter)

    def exchange(self, old_meter: str, new_meter: str, watts: int, moment: str, day: date) -> None:
        """Let time pass until a fitter puts one meter in the place of another."""
        at = time.fromisoformat("12:00" if moment == "noon" else moment)
        self.wait_until(self.moment(at, day))
        self.meters.take_out(old_meter)
        self.meters.put_in([new_meter], watts=watts)
        self.customers.exchange(old_meter, new_meter)

    def set_up(self, conversation: Conversation) -> None:
        """Bring about the situation of a recorded conversation.

        Raises NotTestedError where somebody remembers other stories, or where it is another time.
        """
        if self.landscape.environment.is_in_world_time or self.landscape.called("M-1") != "M-1":
            raise NotTestedError("a recorded conversation can only be replayed where all systems can forget, and time can be moved")
        self.begin(date.fromisoformat(conversation.day))
        for meter, draw in conversation.meters.items():
            self.install([meter], minutes=conversation.minutes, watts=draw)
        self.wait_until(self.moment(time.fromisoformat(conversation.at)))

    def bill_of_the_day(self, address: str) -> Bill:
        """The bill of the scenario's day, made off the cycle the first time that it is asked for."""
        if address not in self._bills_of_the_day:
            self._bills_of_the_day[address] = self.customers.bill_day(address, self.day)
        return self._bills_of_the_day[address]

    @cached_property
    def meters(self) -> Meters:
        """The meters in the field."""
        return Meters(self.story, self.feed)

    @cached_property
    def head_end(self) -> HeadEndOffice:
        """The people at the head-end."""
        return HeadEndOffice(self.landscape, self.tester, self.story)

    @cached_property
    def data(self) -> DataManagement:
        """The people at the MDMS."""
        return DataManagement(self.landscape, self.tester)

    @cached_property
    def customers(self) -> Customers:
        """Customer service and billing."""
        return Customers(self.landscape, self.tester)

    @cached_property
    def outages(self) -> Outages:
        """The control room."""
        return Outages(self.landscape)

    def spoof_reading(self, kwh: Decimal, *, is_known: bool) -> Answer:
        """Answer the question that the customer service has put to the MDMS, as the tester or as nobody."""
        asked = self.story.first("get", names.METER_READINGS)
        request = wire.read(asked.body, self.landscape.environment.dialect_on(asked.wire)).header
        return self.intruder.answer_in_anothers_place(request, kwh, self.landscape.called("M-1"), "" if is_known else None)

    @cached_property
    def crowd(self) -> Crowds:
        """Meters by the thousand."""
        return Crowds(self.story, self.landscape, self.tester)

    @cached_property
    def intruder(self) -> Intruder:
        """Somebody who does what no neighbour should."""
        return Intruder(self.landscape, self.tester)

    @cached_property
    def tester(self) -> Tester:
        """A neighbour that asks what nobody else asks."""
        return Tester(self.landscape)
