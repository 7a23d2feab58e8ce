"""One turn of the system: what it stands on while it takes one message, one command or one alarm."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from ami import names, reply_codes
from ami.identifiers import Identifiers
from ami.messages import Header, Kind, Message, Payload, Reply, ReplyError
from ami.time_of_use import TimeOfUse
from simulators.cis import store
from simulators.cis.tables import notices, sent_messages, taken_messages
from simulators.cis.tariff import Tariff

REPLY_ADDRESS = "http://cis.metergate.test/soap"
TAKEN = Reply("OK", (ReplyError(reply_codes.OK, "INFORM"),))


@dataclass(frozen=True, slots=True)
class Office:
    """What stays the same from turn to turn. seed: what names and ids derive from."""

    zone: ZoneInfo
    calendar: TimeOfUse
    currency: str
    tariffs: Mapping[str, Tariff]
    seed: str
    identifiers: Identifiers


@dataclass(frozen=True, slots=True)
class Turn:
    """An open transaction, the moment, and the messages that go out when the turn ends."""

    connection: Connection
    now: datetime
    office: Office
    sends: list[Message] = field(default_factory=list)

    def ask(
        self,
        system: str,
        verb: str,
        noun: str,
        payload: Payload,
        *,
        purpose: str,
        subject: str,
        comment: str | None = None,
        later: bool = False,
    ) -> str:
        """Send a request and remember what it was about; the answer is its MessageID.

        purpose, subject: which part of this system it concerns, and which thing there. later: the result may come in a
        message of its own.
        """
        message_id = self.office.identifiers.fresh()
        header = replace(
            self._header(verb, noun, message_id), comment=comment, async_reply=later, reply_address=REPLY_ADDRESS if later else None
        )
        self.sends.append(Message(Kind.REQUEST, header, payload=payload, to=system))
        row = {"message": message_id, "system": system, "purpose": purpose, "subject": subject, "replied": False}
        store.add(self.connection, sent_messages, **row)
        return message_id

    def said(self, message_id: str | None) -> store.Row | None:
        """What was said under that MessageID."""
        return store.first(self.connection, select(sent_messages).where(sent_messages.c.message == message_id)) if message_id else None

    def answer(self, message: Message, reply: Reply) -> Message:
        """The reply to `message`."""
        header = self._header(names.REPLY, message.header.noun, self.office.identifiers.reply_to(message.header.message_id))
        return Message(Kind.RESPONSE, replace(header, correlation_id=message.header.message_id), reply=reply)

    def took(self, message: Message) -> bool:
        """Whether this very message had its effect before."""
        key = (taken_messages.c.message == message.header.message_id) & (taken_messages.c.sender == (message.sender or ""))
        return store.first(self.connection, select(taken_messages).where(key)) is not None

    def take(self, message: Message) -> None:
        """Remember that `message` had its effect."""
        store.add(self.connection, taken_messages, message=message.header.message_id, sender=message.sender or "")

    def notice(self, kind: str, text: str, *, account: str | None = None, usage_point: str | None = None, meter: str | None = None) -> str:
        """Leave a note for the people of the office; the answer is its id."""
        notice = store.next_id(self.connection, "N")
        store.add(
            self.connection,
            notices,
            notice=notice,
            kind=kind,
            status="open",
            account=account,
            usage_point=usage_point,
            meter=meter,
            text=text,
            at=self.now,
        )
        return notice

    def _header(self, verb: str, noun: str, message_id: str) -> Header:
        return Header(verb, noun, message_id, self.now, names.CIS)


def refused(code: str, reason: str, object_id: str | None = None) -> Reply:
    """A reply that takes nothing, and says why."""
    return Reply("FAILED", (ReplyError(code, reason=reason, object_id=object_id),))


def errors_text(reply: Reply | None) -> str:
    """What a reply complains of, in one line."""
    if reply is None:
        return "no Reply in the response"
    parts = (f"{error.code} {error.object_id or ''} {error.reason}".split() for error in reply.errors)
    return "; ".join(" ".join(part) for part in parts) or reply.result
