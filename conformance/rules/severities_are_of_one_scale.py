"""EV-17: severities that cannot be compared put nothing first."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.events import EventsView


def check(view: EventsView) -> Iterator[Breach]:
    """A severity that differs from another one of the message in its writing alone, is a word beside numbers, or is empty."""
    first: dict[bool, str] = {}
    spelled: dict[str, str] = {}
    for event in view.events:
        said = event.severity
        if said is None:
            continue
        if not said.text:
            yield Breach(said.where, "a severity that is there and says nothing")
            continue
        spelling = spelled.setdefault(" ".join(said.text.casefold().split()), said.text)
        is_number = said.text.isdecimal()
        first.setdefault(is_number, said.text)
        if spelling != said.text:
            yield Breach(said.where, f"{said.text!r} beside {spelling!r}")
        elif len(first) > 1 and next(iter(first)) != is_number:
            yield Breach(said.where, f"{said.text!r} beside {first[not is_number]!r}")


_EVENT = (
    "<EndDeviceEvent><createdDateTime>2026-03-01T01:00:00Z</createdDateTime><severity>{}</severity><Assets><mRID>{}</mRID></Assets>"
    '<EndDeviceEventType ref="3.26.0.85"/></EndDeviceEvent>'
)
_HIGH = _EVENT.format("high", "M-1")

RULE = Rule(
    id="EV-17",
    requires="the severities of a message to be of one scale: all words or all numbers, each in one spelling, none empty",
    source="IEC 61968-9, EndDeviceEvent.severity",
    severity=Severity.WARNING,
    works_on=EventsView,
    check=check,
    passes=(
        _HIGH + _EVENT.format("low", "M-2"),
        _HIGH + _EVENT.format("high", "M-2"),
        _EVENT.format("3", "M-1") + _EVENT.format("1", "M-2"),
    ),
    fails=(
        _HIGH + _EVENT.format("HIGH", "M-2"),
        _HIGH + _EVENT.format("3", "M-2"),
        _HIGH + _EVENT.format("", "M-2"),
    ),
    why="A list that is sorted by severity shows a burning meter below a hundred open covers.",
    mend="Agree on one list of severities, and translate what the makers of meters call them before the message is sent.",
)
