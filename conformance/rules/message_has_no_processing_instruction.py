"""SO-09: an instruction to software has no place in a message."""

from collections.abc import Iterator

from ami.findings import Severity, Where
from conformance.rule import Breach, Rule
from conformance.views.envelope import EnvelopeView


def check(envelope: EnvelopeView) -> Iterator[Breach]:
    """A processing instruction anywhere in the document; the XML declaration is none."""
    for instruction in envelope.instructions():
        yield Breach(Where("/", instruction.sourceline or 0), f"<?{getattr(instruction, 'target', '')}?>")


RULE = Rule(
    id="SO-09",
    requires="no processing instruction in a message",
    source="WS-I BP 1.1 (processing instructions)",
    severity=Severity.ERROR,
    works_on=EnvelopeView,
    check=check,
    passes=("<s:Body><message/></s:Body>",),
    fails=("<s:Body><?print now?><message/></s:Body>",),
    why="One receiver obeys it, another refuses the message because of it.",
    mend="Leave processing instructions out.",
)
