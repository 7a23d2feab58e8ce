"""WS-07: two elements of one id: one is signed, the other is read."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.example_signed import signed
from conformance.rule import Breach, Rule
from conformance.views.place import path, where
from conformance.views.security import SecurityView


def check(security: SecurityView) -> Iterator[Breach]:
    """An id that several elements have, in an envelope with a signature."""
    for name, elements in security.elements_by_id.items() if security.signatures else ():
        for again in elements[1:]:
            yield Breach(where(again), f"id {name!r} again, which {path(elements[0])} has")


_WRAPPED = "<wsu:Timestamp wsu:Id='body'><wsu:Created>2026-03-01T01:00:10Z</wsu:Created></wsu:Timestamp>"

RULE = Rule(
    id="WS-07",
    requires="every id to stand once in an envelope with a signature",
    source="XML Signature 1.1 section 4.4.3.2, WS-I BSP 1.1 (signature wrapping)",
    severity=Severity.ERROR,
    works_on=SecurityView,
    check=check,
    passes=(signed(),),
    fails=(signed(extra=_WRAPPED),),
    why="An attacker puts the signed message aside and another one in its place, and the signature still holds.",
    mend="Give each element an id of its own; refuse messages in which one stands twice.",
)
