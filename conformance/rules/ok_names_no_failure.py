"""RE-10: all is well, and the meter is unknown."""

from collections.abc import Iterator

from ami import codes
from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.reply import ReplyView


def check(reply: ReplyView) -> Iterator[Breach]:
    """A reply OK with the code of a failure that no level makes less of."""
    if reply.result.text == "OK":
        for error in reply.errors:
            known = codes.reply_errors().get(error.code.text)
            if not error.level and known is not None and known.category != "OK":
                yield Breach(error.code.where, f"OK with {known.code} ({known.term}), of no level")


_REPLY = "<Reply><Result>{}</Result><Error><code>2.4</code>{}<ID>M-1</ID></Error></Reply>"

RULE = Rule(
    id="RE-10",
    requires="a reply that says OK to name no failure, or to give it the level INFORM or WARNING",
    source="IEC 61968-9, reply codes; IEC 61968-100, Reply.Result and Error.level",
    severity=Severity.WARNING,
    works_on=ReplyView,
    check=check,
    passes=(_REPLY.format("PARTIAL", ""), _REPLY.format("OK", "<level>WARNING</level>")),
    fails=(_REPLY.format("OK", ""),),
    why="Who reads the result alone takes the readings of an unknown meter for delivered.",
    mend="Say PARTIAL or FAILED, or write the level of what is worth no more than a note.",
)
