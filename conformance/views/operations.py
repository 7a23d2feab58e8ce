"""The operations that one message asks for, or reports, as a set."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ami.findings import Where
from conformance.views.place import Field, child, children, field, line, local_name, namespace, path, text


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of a set. number: its operationId, None where that is no number; payload: what it carries, if anything."""

    number: int | None
    identifier: Field
    verb: Field | None
    noun: Field | None
    payload: Field | None
    where: Where


@dataclass(frozen=True, slots=True)
class OperationsView:
    """An OperationSet. in_order: whether their sequence is to be kept; verb, noun: those of the message's header.

    all_or_none: whether none may be carried out where one cannot.
    """

    operations: tuple[Operation, ...]
    in_order: bool
    verb: Field | None
    noun: Field | None
    where: Where
    all_or_none: bool = False


def operations_view(operation_set: etree._Element, verb: Field | None, noun: Field | None) -> OperationsView:
    """The view of an OperationSet. verb, noun: of the message's header, with their places."""
    top = path(operation_set)
    in_order, all_or_none = (
        text(child(operation_set, name)) in ("true", "1") for name in ("enforceMsgSequence", "enforceTransactionalIntegrity")
    )
    return OperationsView(tuple(_operations(operation_set, top)), in_order, verb, noun, Where(top, line(operation_set)), all_or_none)


def _operations(operation_set: etree._Element, top: str) -> Iterator[Operation]:
    own = namespace(operation_set)
    found = (element for element in children(operation_set) if local_name(element) == "Operation")
    for number, element in enumerate(found, 1):
        place = f"{top}/Operation[{number}]"
        where = Where(place, line(element))
        identifier = field(child(element, "operationId"), f"{place}/operationId") or Field.at(where)
        carried = next((inner for inner in children(element) if namespace(inner) != own), None)
        payload = Field(local_name(carried), line(carried), place, local_name(carried)) if carried is not None else None
        verb, noun = (field(child(element, name), f"{place}/{name}") for name in ("verb", "noun"))
        yield Operation(_number(identifier.text), identifier, verb, noun, payload, where)


def _number(text: str) -> int | None:
    try:
        return int(text)
    except ValueError:
        return None
