"""SO-10: a message without a namespace cannot be told from any other of that name."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.envelope import EnvelopeView
from conformance.views.place import local_name, namespace, where


def check(envelope: EnvelopeView) -> Iterator[Breach]:
    """An element in the Body that stands in no namespace."""
    for element in envelope.contents():
        if not namespace(element):
            yield Breach(where(element), f"{local_name(element)} without a namespace")


RULE = Rule(
    id="SO-10",
    requires="the element in the Body to stand in a namespace",
    source="WS-I BP 1.1 (namespace of Body children)",
    severity=Severity.ERROR,
    works_on=EnvelopeView,
    check=check,
    passes=("<s:Body><message/></s:Body>",),
    fails=("<s:Body><message/><Note/></s:Body>",),
    why="The receiver has no service for it, and the delivery is lost.",
    mend="Write the message in the namespace that the dialect gives it.",
)
