"""What of a message's payload is shown to no rule: what nobody can unpack, and all but one of several payloads."""

from collections.abc import Sequence
from typing import Final

from lxml import etree

from conformance.compressed import IN_XML, compressed_in
from conformance.views.place import child, children, local_name, namespace, text

_SEVERAL: Final = "the first of several payloads alone is shown to the rules"
_OPERATIONS: Final = "the payloads of an OperationSet are shown to the schema alone"

SEEN_BY_SCHEMA: Final = frozenset({_SEVERAL, _OPERATIONS})
"""Reasons why rules do not see what the schema does; for all others neither does."""


def unseen(message: etree._Element, payloads: Sequence[etree._Element], *, is_unpacked: bool) -> str:
    """Why rules do not see all that a message carries; empty where they do. is_unpacked: whether they see what was compressed."""
    if not is_unpacked and compressed_in(message) is not None:
        told = text(child(message, "Payload", "Format")).upper()
        return "what is compressed cannot be read" if told in IN_XML else "what is compressed is not said to be XML"
    operations = child(message, "Payload", "OperationSet")
    if operations is not None and any(_carries(operation) for operation in children(operations)):
        return _OPERATIONS
    return _SEVERAL if len(payloads) > 1 else ""


def _carries(operation: etree._Element) -> bool:
    own = namespace(operation)
    return local_name(operation) == "Operation" and any(namespace(inner) != own for inner in children(operation))
