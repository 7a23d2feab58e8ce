"""RE-01: a reply cannot say OK and that it failed."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.reply import ReplyView

SEVERE: Final = frozenset({"FATAL", "CATASTROPHIC"})


def check(reply: ReplyView) -> Iterator[Breach]:
    """A severe error in a reply that says OK."""
    if reply.result.text == "OK":
        for error in reply.errors:
            if error.level in SEVERE:
                yield Breach(error.where, f"{error.level} error {error.code.text} in a reply that says OK")


RULE = Rule(
    id="RE-01",
    requires="a reply that says OK to hold no FATAL and no CATASTROPHIC error",
    source="IEC 61968-100, Reply.Result and Error.level",
    severity=Severity.ERROR,
    works_on=ReplyView,
    check=check,
    passes=(
        "<Reply><Result>OK</Result><Error><code>0.0</code><level>INFORM</level></Error></Reply>",
        "<Reply><Result>OK</Result></Reply>",
    ),
    fails=("<Reply><Result>OK</Result><Error><code>2.4</code><level>FATAL</level></Error></Reply>",),
    why="The sender believes that its readings were taken, and they were not.",
    mend="Say PARTIAL or FAILED where anything failed.",
)
