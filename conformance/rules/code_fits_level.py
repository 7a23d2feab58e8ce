"""RE-06: all is well and all is lost at the same time."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.reply import ReplyView

BAD: Final = ("FATAL", "CATASTROPHIC")


def check(reply: ReplyView) -> Iterator[Breach]:
    """An error of level FATAL or CATASTROPHIC whose code says that all is well."""
    for error in reply.errors:
        if error.code.text.startswith("0.") and error.level in BAD:
            yield Breach(error.code.where, f"{error.code.text} with level {error.level}")


RULE = Rule(
    id="RE-06",
    requires="a code of success to have the level INFORM or WARNING",
    source="IEC 61968-9, reply codes; IEC 61968-100, Error.level",
    severity=Severity.ERROR,
    works_on=ReplyView,
    check=check,
    passes=(
        "<Reply><Result>OK</Result><Error><code>0.0</code><level>INFORM</level></Error></Reply>",
        (
            "<Reply><Result>FAILED</Result><Error><code>0.3</code><level>INFORM</level></Error><Error><code>2.4</code><level>"
            "FATAL</level></Error></Reply>"
        ),
    ),
    fails=(
        (
            "<Reply><Result>FAILED</Result><Error><code>0.3</code><level>FATAL</level></Error><Error><code>2.4</code><level>"
            "FATAL</level></Error></Reply>"
        ),
    ),
    why="The operator is called at night for a delivery that was taken.",
    mend="Write INFORM beside 0.0, or the code of what went wrong.",
)
