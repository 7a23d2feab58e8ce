"""RE-04: an error code that the standard does not list means something to its sender alone."""

from collections.abc import Iterator

from ami import codes
from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.reply import ReplyView


def check(reply: ReplyView) -> Iterator[Breach]:
    """A code that is not in the table of Part 9."""
    for error in reply.errors:
        if error.code.text not in codes.reply_errors():
            yield Breach(error.code.where, repr(error.code.text))


RULE = Rule(
    id="RE-04",
    requires="an error code of IEC 61968-9",
    source="IEC 61968-9, reply error codes",
    severity=Severity.REMARK,
    works_on=ReplyView,
    check=check,
    passes=("<Reply><Result>FAILED</Result><Error><code>2.4</code></Error></Reply>",),
    fails=("<Reply><Result>FAILED</Result><Error><code>E2004</code></Error></Reply>",),
    why="The operator sees a number that no manual explains.",
    mend="Use the code that the standard has for it, and put your own into details.",
)
