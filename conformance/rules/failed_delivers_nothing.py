"""RE-05: what failed has nothing to deliver."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.reply import ReplyView


def check(reply: ReplyView) -> Iterator[Breach]:
    """A FAILED with a payload."""
    if reply.result.text == "FAILED" and reply.carries:
        yield Breach(reply.result.where, "FAILED with a payload")


RULE = Rule(
    id="RE-05",
    requires="a reply that says FAILED to deliver nothing",
    source="IEC 61968-100, Reply.Result",
    severity=Severity.WARNING,
    works_on=ReplyView,
    check=check,
    passes=(
        "<Reply><Result>FAILED</Result><Error><code>2.4</code><level>FATAL</level></Error></Reply>",
        "<Reply><Result>FAILED</Result><Error><code>4.1</code><level>FATAL</level></Error></Reply>",
    ),
    fails=(
        (
            "<Reply><Result>FAILED</Result><Error><code>2.4</code><level>FATAL</level></Error></Reply><timeStamp>"
            "2026-03-01T00:30:00Z</timeStamp>"
        ),
    ),
    why="One system bills the readings, another throws them away.",
    mend="Say PARTIAL where something was delivered.",
)
