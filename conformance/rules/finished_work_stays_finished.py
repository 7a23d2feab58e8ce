"""SR-09: work that was finished is not under way again."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation
from conformance.views.work import ServiceRequestsView

FINISHED: Final = frozenset({"completed", "closed", "done", "failed", "canceled", "cancelled", "rejected"})
"""Words for work that has come to its end. The standard has no list of states."""


def check(conversation: Conversation) -> Iterator[Breach]:
    """A change of work that was finished, to another state, without a new order of that kind for that meter between."""
    ended: dict[tuple[object, str, str], tuple[str, int]] = {}
    for said in conversation.messages:
        view = said.view(ServiceRequestsView)
        for work in view.works if view is not None else ():
            if view is not None and view.verb != "changed":
                for key in [key for key in ended if key[1:] == (work.kind, work.meter)]:
                    del ended[key]
                continue
            key = said.capture.wire, work.kind, work.meter
            status = work.status.lower()
            before, message = ended.get(key, (status, said.index))
            if before != status and message != said.index:
                found = f"{work.kind!r} at meter {work.meter!r} is {work.status}, and was {before} in message {message + 1}"
                yield Breach(work.where, found, said.index)
            if status in FINISHED:
                ended[key] = status, said.index


def _changes(*states: str, between: str = "") -> str:
    work = (
        "<capture><MessageID>{0}</MessageID><root>ChangedMeterServiceRequests</root><Verb>changed</Verb><MeterServiceWork>"
        "<kind>disconnect</kind><Meter><mRID>M-1</mRID></Meter><status><reason>as told</reason><value>{1}</value></status>"
        "</MeterServiceWork></capture>"
    )
    first, *rest = [work.format(number, state) for number, state in enumerate(states)]
    return f"<conversation>{first}{between}{''.join(rest)}</conversation>"


_AGAIN = (
    "<capture><MessageID>n</MessageID><MeterServiceWork><kind>disconnect</kind><Meter><mRID>M-1</mRID></Meter></MeterServiceWork></capture>"
)

RULE = Rule(
    id="SR-09",
    requires="finished work to stay as it ended",
    source="IEC 61968-9, MeterServiceWork.status; changed MeterServiceRequests",
    severity=Severity.WARNING,
    works_on=Conversation,
    check=check,
    passes=(_changes("inProgress", "completed"), _changes("completed", "inProgress", between=_AGAIN)),
    fails=(_changes("completed", "inProgress"), _changes("failed", "completed")),
    why="The order that was closed and charged is open again, and nobody looks at it.",
    mend="Report each state once, in the order in which it came; ask for more work with a new order.",
)
