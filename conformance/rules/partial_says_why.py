"""RE-08: who says that a part failed has to say why."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.reply import ReplyView

MORE_TO_COME: Final = "0.1"


def check(reply: ReplyView) -> Iterator[Breach]:
    """A PARTIAL none of whose codes says that anything went wrong, or that more is to come."""
    if reply.result.text == "PARTIAL" and not any(code and (code == MORE_TO_COME or not code.startswith("0.")) for code in reply.codes()):
        codes = ", ".join(sorted(reply.codes())) or "no error"
        yield Breach(reply.result.where, f"PARTIAL with {codes}")


RULE = Rule(
    id="RE-08",
    requires="a reply that says PARTIAL to have an error that says why",
    source="IEC 61968-100, Reply.Result and Reply.Error",
    severity=Severity.ERROR,
    works_on=ReplyView,
    check=check,
    passes=(
        "<Reply><Result>PARTIAL</Result><Error><code>2.4</code><level>FATAL</level><ID>M-1</ID></Error></Reply>",
        "<Reply><Result>PARTIAL</Result><Error><code>0.1</code><level>INFORM</level></Error></Reply>",
    ),
    fails=("<Reply><Result>PARTIAL</Result><Error><code>0.0</code><level>INFORM</level><ID>M-1</ID></Error></Reply>",),
    why="Nobody knows whether to read the meter again or to replace it.",
    mend="Add an Error with the code that fits to each object that failed.",
)
