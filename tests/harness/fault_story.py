"""A story that uses every wire, told over wires that may be faulty."""

from contextlib import suppress
from datetime import date, time

from ami.errors import HarnessError
from ami.names import Wire
from conformance.judge import Judge
from harness.faults import FAULTS
from harness.landscape import Landscape
from harness.readings import Feed
from harness.story import Story
from harness.utility import Utility
from harness.wiretap import Captured

DAY = date(2026, 3, 3)

Stage = tuple[Landscape, Feed]


def told(stage: Stage, name: str) -> Story:
    """A story that uses every wire: two customers, a read, a bill, an outage, a tampering, a disconnection. Ended and judged."""
    landscape, feed = stage
    story = Story(landscape, Judge("2011"), None, name)
    utility = Utility(story, feed)
    utility.begin(DAY)
    # A faulty wire may well keep the story from going on; what the harness says of it is what counts.
    with suppress(AssertionError, HarnessError):
        act(utility)
    story.end()
    return story


def sound_traffic(stage: Stage) -> list[Captured]:
    """All messages of the story on sound wires."""
    story = told(stage, "sound")
    assert story.complaint() is None
    return [captured for captured, _ in story.observe()]


def act(utility: Utility) -> None:
    """The story itself."""
    for number, meter in enumerate(("M-1", "M-2"), 1):
        utility.meters.put_in([meter])
        utility.customers.move_in(f"{number} Mill Lane", meter)
    utility.wait_until(utility.moment(time(10)))
    utility.head_end.read("M-1")
    utility.customers.ask_reading("1 Mill Lane")
    utility.meters.open_cover("M-2")
    utility.meters.cut(["M-2"])
    utility.meters.restore(["M-2"])
    utility.validate()
    for meter in ("M-1", "M-2"):
        utility.data.ask_span(utility.day_span(), utility.feed.interval_minutes, meter=meter)
    utility.customers.bill_day("1 Mill Lane", DAY)
    utility.customers.cut_off("1 Mill Lane")


def can_act(fault: str, wire: Wire, traffic: list[Captured]) -> bool:
    """Whether there is a message on the wire that the fault would change, or repeat."""
    requests = [captured.body for captured in traffic if captured.wire == wire and captured.leg == "request"]
    replies = [captured.body for captured in traffic if captured.wire == wire and captured.leg == "reply"]
    return any(list(FAULTS[fault].on_request(body)) != [body] for body in requests) or any(
        FAULTS[fault].on_reply(body) != body for body in replies
    )


def told_with_fault(stage: Stage, fault: str, wire: Wire) -> Story:
    """The story over a wire with a fault; afterwards all wires are sound again."""
    landscape, _ = stage
    landscape.faults[wire] = FAULTS[fault]
    try:
        return told(stage, f"{fault} on {wire}")
    finally:
        landscape.faults.clear()
