"""Whatever happens to an agreement, no moment is billed twice and none is left out."""

from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from ami.errors import WrongStateError
from ami.messages import Span
from simulators.cis.periods import days_charged, unclaimed
from tests.simulators.cis.neighbours import LONDON, MARCH, UNAVAILABLE, supplied

DAYS = st.integers(0, 100)
HALF_HOURS = st.integers(0, 47)


class Office(RuleBasedStateMachine):
    """People who bill at any time, in any order, for any span, and a MDMS in two moods."""

    def __init__(self) -> None:
        super().__init__()
        self.neighbours = supplied()
        self.moved_out_at: datetime | None = None

    def spans(self, *status: str) -> list[Span]:
        """The spans of bills."""
        found = [bill for bill in self.neighbours.bills() if bill["status"] in status]
        return sorted(Span(datetime.fromisoformat(bill["start"]), datetime.fromisoformat(bill["end"])) for bill in found)

    @rule(days=st.sampled_from((1, 5, 31, 45)))
    def wait(self, days: int) -> None:
        """Time flows, and bills come due."""
        self.neighbours.wake(self.neighbours.now + timedelta(days=days))

    @rule(start=DAYS, length=st.integers(1, 60), half_hours=HALF_HOURS)
    def bill(self, start: int, length: int, half_hours: int) -> None:
        """Somebody asks for a bill of any span."""
        span = Span(MARCH.start + timedelta(days=start, minutes=30 * half_hours), MARCH.start + timedelta(days=start + length))
        if span.start < span.end and (self.moved_out_at is None or span.start < self.moved_out_at):
            try:
                self.neighbours.control("bill", usage_point="UP-1", start=span.start.isoformat(), end=span.end.isoformat())
            except WrongStateError:
                assert not unclaimed(
                    Span(span.start, min(span.end, self.moved_out_at or span.end)), self.spans("requested", "held", "issued")
                )

    @rule(is_final=st.booleans())
    def answer(self, is_final: bool) -> None:
        """The MDMS answers all that it was asked."""
        while self.neighbours.out:
            if is_final:
                self.neighbours.answer_bill()
            else:
                self.neighbours.answer_bill(reply=UNAVAILABLE)

    @precondition(lambda self: self.neighbours.bills())
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        """Somebody takes a bill back."""
        open_bills = [bill["bill"] for bill in self.neighbours.bills() if bill["status"] != "cancelled"]
        if open_bills:
            self.neighbours.control("cancel_bill", bill=data.draw(st.sampled_from(open_bills)), reason="a mistake")

    @precondition(lambda self: self.moved_out_at is None)
    @rule(day=st.integers(1, 70), half_hours=HALF_HOURS)
    def move_out(self, day: int, half_hours: int) -> None:
        """The customer leaves, unless a bill beyond that day is issued."""
        at = MARCH.start + timedelta(days=day, minutes=30 * half_hours)
        try:
            self.neighbours.control("move_out", usage_point="UP-1", at=at.isoformat())
        except WrongStateError:
            assert self.spans("issued")[-1].end > at
        else:
            self.moved_out_at = at
            self.neighbours.accept_linkages()

    @invariant()
    def nothing_is_billed_twice(self) -> None:
        """Bills that count do not overlap, and stay within the agreement."""
        spans = self.spans("requested", "held", "issued")
        assert all(one.end <= other.start for one, other in pairwise(spans))
        assert all(span.start >= MARCH.start and (self.moved_out_at is None or span.end <= self.moved_out_at) for span in spans)

    def teardown(self) -> None:
        """In the end, with an MDMS that answers, everything up to the last bill is billed, and every kWh and day of it once."""
        ends = [span.end for span in self.spans("requested", "held")]
        wake_until = max([self.neighbours.now, *ends, *([self.moved_out_at] if self.moved_out_at else [])]) + timedelta(days=40)
        self.answer(is_final=True)
        while self.neighbours.now < wake_until:
            self.neighbours.wake(min(self.neighbours.now + timedelta(days=10), wake_until))
            self.answer(is_final=True)
        issued = self.spans("issued")
        whole = Span(MARCH.start, self.moved_out_at or issued[-1].end)
        assert self.spans("requested", "held") == []
        assert unclaimed(whole, issued) == []
        standing = [line["text"] for bill in self.neighbours.bills() if bill["status"] == "issued" for line in bill["lines"][1:2]]
        assert sum(int(text.split()[2]) for text in standing) == days_charged(whole, LONDON)


TestBilledTime = Office.TestCase
# Eight steps are short enough to read as they fell; to shrink them would take minutes.
TestBilledTime.settings = settings(
    max_examples=12, stateful_step_count=8, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate)
)
