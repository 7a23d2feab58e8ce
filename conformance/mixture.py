"""Several dialects in one message, or in a request and its answer: nobody's product wraps so, and nobody's reads it."""

from collections.abc import Iterator
from functools import cache
from typing import Final

from lxml import etree

from ami.dialect import Dialect
from ami.findings import Finding, Severity
from conformance.rule import Demand
from conformance.views.conversation import Conversation
from conformance.views.place import children, local_name, namespace, where
from conformance.wrapping import ONE_DIALECT, namespaces

UNMIXED = Demand(
    "ME-03",
    "one dialect throughout a message",
    "IEC 61968-100, message envelope (namespaces)",
    Severity.ERROR,
    "No product of either dialect can read the message, and each vendor says that it is the other's.",
    "Update all parts of the product together, and set them to the same dialect.",
    ("{envelope}",),
    ("{message of two dialects}",),
)
DEMANDS: Final = (UNMIXED,)


def mixture(message: etree._Element, spoken: Dialect) -> Finding | None:
    """The first part of a message, or field of its header, that stands in a namespace of another dialect."""
    own = {namespace(message), spoken.header_namespace}
    for part in children(message):
        for element in (part, *(children(part) if local_name(part) == "Header" else ())):
            space = namespace(element)
            other = _of_namespace().get(space) if space not in own else None
            if other is not None:
                found = f"{local_name(element)} of dialect {other} in a {local_name(message)} of dialect {spoken.name}"
                return UNMIXED.finding(where(element), found)
    return None


def strange_answers(conversation: Conversation) -> Iterator[tuple[int, Finding]]:
    """Each answer in another dialect than its request, where no dialect was agreed on: who serves in one answers in it."""
    for exchange in conversation.exchanges:
        asked = exchange.request.header if exchange.request else None
        for reply in exchange.replies if asked else ():
            if asked is None or reply.header is None or reply.header.wrapping.dialect == asked.wrapping.dialect:
                continue
            root = reply.header.root
            found = f"{root.text} of dialect {reply.header.wrapping.dialect.name}"
            expected = f"an answer in dialect {asked.wrapping.dialect.name}, as its request"
            yield reply.index, ONE_DIALECT.finding(root.where, found, expected)


@cache
def _of_namespace() -> dict[str, str]:
    """Namespace of an envelope's parts -> the first dialect that has it."""
    found: dict[str, str] = {}
    for space, name in namespaces():
        found.setdefault(space, name)
    return found
