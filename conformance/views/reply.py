"""The Reply of a response: what a request came to, and every reason why not."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from ami.findings import Where
from conformance.views.place import Field, child, children, field, line, local_name, name_of, path, text


class ErrorView(NamedTuple):
    """One Reply.Error. named: the objects that it is about (ID, relatedID, object), by id or name."""

    code: Field
    level: str
    named: tuple[str, ...]
    where: Where
    reason: str = ""
    operation_id: Field | None = None


@dataclass(frozen=True, slots=True)
class ReplyView:
    """A Reply. named: the objects in Reply.ID. carries: whether the message delivers anything besides."""

    result: Field
    errors: tuple[ErrorView, ...]
    named: tuple[str, ...]
    where: Where
    carries: bool = False

    @property
    def failed(self) -> frozenset[str]:
        """Every object that some error names."""
        return frozenset(name for error in self.errors for name in error.named)

    def codes(self) -> frozenset[str]:
        """The code of every error."""
        return frozenset(error.code.text for error in self.errors)


def reply_view(reply: etree._Element, *, carries: bool = False) -> ReplyView:
    """The view of a Reply element. carries: whether its message has a payload."""
    top = path(reply)
    place = Where(top, line(reply))
    errors: list[ErrorView] = []
    named: list[str] = []
    for element in children(reply):
        name = local_name(element)
        if name == "Error":
            errors.append(_error(element, f"{top}/Error[{len(errors) + 1}]"))
        elif name == "ID":
            named.append(text(element))
    result = field(child(reply, "Result"), f"{top}/Result") or Field.at(place)
    return ReplyView(result, tuple(errors), tuple(filter(None, named)), place, carries)


def _error(error: etree._Element, place: str) -> ErrorView:
    where = Where(place, line(error))
    code = field(child(error, "code"), f"{place}/code") or Field.at(where)
    operation = field(child(error, "operationId"), f"{place}/operationId")
    return ErrorView(code, text(child(error, "level")), tuple(filter(None, _named(error))), where, text(child(error, "reason")), operation)


def _named(error: etree._Element) -> Iterator[str]:
    for part in children(error):
        name = local_name(part)
        if name in ("ID", "relatedID"):
            yield text(part)
        elif name == "object":
            yield name_of(part)
            yield from (text(child(inner, "name")) for inner in children(part) if local_name(inner) == "Name")
