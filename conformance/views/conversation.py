"""All messages of one scenario, in the order in which they were heard, with who answered whom."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from ami import names, reply_codes
from ami.findings import Where
from conformance.capture import REPLY, REQUEST, Capture
from conformance.form import Form
from conformance.rule import Breach
from conformance.views.header import HeaderView
from conformance.views.orders import QueryView
from conformance.views.readings import ReadingColumns
from conformance.views.reply import ReplyView

View = TypeVar("View")


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a conversation. index: its place in it; the views are None where the message has no such part.

    views: all of them, by their class. is_readable: whether a strict reader, too, understands what it says.
    """

    index: int
    capture: Capture
    form: Form
    header: HeaderView | None
    reply: ReplyView | None
    query: QueryView | None
    readings: ReadingColumns | None
    views: Mapping[type, object] = field(default_factory=dict)
    is_readable: bool = True

    def view(self, kind: type[View]) -> View | None:
        """The message's view of a class, where it has one."""
        found = self.views.get(kind)
        return found if isinstance(found, kind) else None

    @property
    def message_id(self) -> str | None:
        """Header.MessageID."""
        return self.header.message_id if self.header else None

    @property
    def correlation_id(self) -> str | None:
        """Header.CorrelationID."""
        return self.header.correlation_id if self.header else None

    @property
    def from_whom_it_went_to(self) -> str:
        """The words that name who has to answer it; empty where nobody knows."""
        return f" from {self.capture.wire.target}" if self.capture.wire else ""

    def breach(self, field: str, found: str) -> Breach:
        """A breach at a field of the header, or at the message as a whole."""
        where = self.header.breach(field).where if self.header else Where("/", 0)
        return Breach(where, found, self.index)

    def breach_of_reply(self, found: str) -> Breach:
        """A breach of what its Reply should say."""
        return Breach(self.reply.where if self.reply else Where("/", 0), found, self.index)


def acknowledges(reply: Said, request: Said) -> bool:
    """Whether a reply says no more than that the request was taken: by its code, or by bringing nothing where it was asked for later."""
    if reply.reply is None or reply.readings is not None:
        return False
    codes = reply.reply.codes()
    if reply_codes.ACKNOWLEDGED in codes:
        return True
    is_later = request.header is not None and request.header.asks_for_later_reply and request.header.verb == names.GET
    return is_later and reply.reply.result.text == "OK" and not reply.reply.carries and codes <= {reply_codes.OK}


@dataclass(frozen=True, slots=True)
class Exchange:
    """One use of a connection: what was sent, and all that came back."""

    request: Said | None
    replies: tuple[Said, ...]


class Conversation:
    """The messages of one scenario."""

    def __init__(self, messages: Sequence[Said]) -> None:
        self.messages = tuple(messages)

    @cached_property
    def exchanges(self) -> tuple[Exchange, ...]:
        """Every exchange that has a number, in the order of first messages."""
        numbered: dict[int, list[Said]] = {}
        for said in self.messages:
            if said.capture.exchange is not None:
                numbered.setdefault(said.capture.exchange, []).append(said)
        return tuple(map(_exchange, numbered.values()))

    @cached_property
    def answers(self) -> dict[int, tuple[Said, ...]]:
        """Index of a request -> the replies that came back on its connection."""
        return {each.request.index: each.replies for each in self.exchanges if each.request is not None}

    def requests_with(self, message_id: str) -> Sequence[Said]:
        """All that was sent with that MessageID."""
        return self._by_id.get(message_id, ())

    def requests_before(self, index: int, message_id: str) -> Iterator[Said]:
        """What was sent with that MessageID before the message at `index`."""
        return (said for said in self.requests_with(message_id) if said.index < index)

    @cached_property
    def _by_id(self) -> dict[str, list[Said]]:
        found: dict[str, list[Said]] = {}
        for said in self.messages:
            if said.message_id and said.capture.leg == REQUEST:
                found.setdefault(said.message_id, []).append(said)
        return found

    @cached_property
    def later_replies(self) -> dict[str, list[Said]]:
        """CorrelationID -> the replies that came later, on a connection of their own."""
        found: dict[str, list[Said]] = {}
        for said in self.messages:
            if said.reply and said.capture.leg == REQUEST and said.correlation_id:
                found.setdefault(said.correlation_id, []).append(said)
        return found


def _exchange(messages: list[Said]) -> Exchange:
    requests = [said for said in messages if said.capture.leg == REQUEST]
    return Exchange(requests[0] if requests else None, tuple(said for said in messages if said.capture.leg == REPLY))
