"""The header of a message, with what its root, its SOAPAction and the moment of its capture say beside it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, NamedTuple

from lxml import etree

from ami.findings import Where
from conformance.capture import Capture
from conformance.moments import Moment, moment
from conformance.rule import Breach
from conformance.views.place import Field, children, line, local_name, path, text
from conformance.wrapping import Recognised

_TRUE: Final = frozenset({"true", "1"})


class HeaderView(NamedTuple):
    """Everything that says what a message is. fields: by name, as written. payload: the name of the element in it, if any.

    moment: Header.Timestamp, where it is one. parts: what stands in a field that holds elements, such as `ReplayDetection/Nonce`.
    carries: whether there is anything in Payload or Request at all.
    """

    fields: Mapping[str, Field]
    where: Where
    root: Field
    wrapping: Recognised
    payload: Field | None
    capture: Capture
    moment: Moment | None
    parts: Mapping[str, tuple[Field, ...]]
    carries: bool

    def part(self, name: str) -> Field | None:
        """The first of some parts; None where there is none."""
        return next(iter(self.parts.get(name, ())), None)

    def text(self, name: str) -> str | None:
        """A field of the header; None where it is missing or empty."""
        found = self.fields.get(name)
        return found.text if found and found.text else None

    @property
    def verb(self) -> str | None:
        """Header.Verb."""
        return self.text("Verb")

    @property
    def noun(self) -> str | None:
        """Header.Noun."""
        return self.text("Noun")

    @property
    def message_id(self) -> str | None:
        """Header.MessageID."""
        return self.text("MessageID")

    @property
    def correlation_id(self) -> str | None:
        """Header.CorrelationID; None also for a message that correlates with itself, as some dialects demand of one that answers nobody."""
        found = self.text("CorrelationID")
        return found if found != self.message_id else None

    @property
    def source(self) -> str | None:
        """Header.Source."""
        return self.text("Source")

    @property
    def asks_for_later_reply(self) -> bool:
        """Whether AsyncReplyFlag is set."""
        return self.text("AsyncReplyFlag") in _TRUE

    @property
    def at(self) -> datetime | None:
        """Header.Timestamp in UTC, where it names its offset."""
        return self.moment.at if self.moment and self.moment.has_offset else None

    def breach(self, name: str, found: str = "") -> Breach:
        """A breach at a field, or at the header itself where the field is missing."""
        field = self.fields.get(name)
        if field is None:
            return Breach(self.where, found or f"a header without {name}")
        return Breach(field.where, found or repr(field.text))


def header_view(
    message: etree._Element, header: etree._Element, carried: Field | None, wrapping: Recognised, capture: Capture, *, carries: bool
) -> HeaderView:
    """The view of a message's header. carried: the name and place of the element that the message carries or asks with, if it is known.

    carries: whether there is any.
    """
    top = path(header)
    fields: dict[str, Field] = {}
    parts: dict[str, list[Field]] = {}
    for element in children(header):
        name = local_name(element)
        if name not in fields:
            fields[name] = Field(text(element), line(element), top, name)
        for part in children(element) if len(element) else ():
            inner = local_name(part)
            parts.setdefault(f"{name}/{inner}", []).append(Field(text(part), line(part), f"{top}/{name}", inner))
    root = Field.at(Where(top.rpartition("/")[0], line(message)), local_name(message))
    stamp = fields.get("Timestamp")
    at = moment(stamp.text) if stamp else None
    frozen = {name: tuple(found) for name, found in parts.items()}
    return HeaderView(fields, Where(top, line(header)), root, wrapping, carried, capture, at, frozen, carries)
