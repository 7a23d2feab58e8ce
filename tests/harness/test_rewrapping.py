"""Recorded conversations in another dialect than that of the recording."""

from datetime import UTC, datetime

from ami import names
from ami.dialect import dialect
from ami.messages import Header, Kind, Message, Reply
from harness import rewrapping
from harness.replay import Conversation, Recorded
from simulators import wire

AT = datetime(2026, 3, 3, 12, tzinfo=UTC)
WORDING = dialect("2011")
ASKED = Message(Kind.REQUEST, Header("create", names.END_DEVICE_CONTROLS, "a", AT, names.TESTER))
ANSWERED = Message(Kind.RESPONSE, Header("reply", names.END_DEVICE_CONTROLS, "b", AT, names.HES, "a"), reply=Reply("OK"))
ACTION = WORDING.action("create", names.END_DEVICE_CONTROLS)
HEARD = Recorded(names.HES, ACTION, wire.write(ASKED, WORDING).decode(), wire.write(ANSWERED, WORDING, "create").decode())
REFUSED = Recorded(names.MDMS, ACTION, HEARD.request, wire.fault("Client", "no").decode())
CONVERSATION = Conversation("2026-03-03", "12:00", 30, {}, (HEARD, REFUSED), "2011")


def test_recording_is_left_alone_where_its_dialect_is_spoken() -> None:
    """Byte for byte."""
    assert rewrapping.spoken(CONVERSATION, lambda _: WORDING) == CONVERSATION


def test_each_exchange_is_wrapped_as_its_system_wants_it() -> None:
    """Request, SOAPAction and the expected answer; a Fault is the same in every dialect."""
    generic = dialect("generic")
    heard, refused = rewrapping.spoken(CONVERSATION, lambda _: generic).exchanges

    assert wire.read(heard.request.encode(), generic) == ASKED
    assert wire.read(heard.reply.encode(), generic) == ANSWERED
    assert "RequestMessage" in heard.request
    assert heard.action == generic.action("create", names.END_DEVICE_CONTROLS)
    assert refused.reply == REFUSED.reply
    assert refused.request == heard.request
