"""RE-09: who uses codes of his own has to say what they mean."""

from collections.abc import Iterator

from ami import codes
from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.reply import ReplyView


def check(reply: ReplyView) -> Iterator[Breach]:
    """An error with a code that Part 9 does not have, without a reason."""
    for error in reply.errors:
        if error.code.text and error.code.text not in codes.reply_errors() and not error.reason:
            yield Breach(error.code.where, f"{error.code.text} without a reason")


RULE = Rule(
    id="RE-09",
    requires="a reason beside every code of one's own",
    source="IEC 61968-100, Error.reason",
    severity=Severity.WARNING,
    works_on=ReplyView,
    check=check,
    passes=("<Reply><Result>FAILED</Result><Error><code>2.4</code><level>FATAL</level></Error></Reply>",),
    fails=("<Reply><Result>FAILED</Result><Error><code>99.1</code><level>FATAL</level></Error></Reply>",),
    why="Somebody has to ring up the vendor to learn why a meter was not read.",
    mend="Write the reason in words beside the code.",
)
