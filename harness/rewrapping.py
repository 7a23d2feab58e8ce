"""A recorded conversation in the dialects of a landscape: the same messages, each wrapped as its system wants it."""

from collections.abc import Callable
from dataclasses import replace

from ami.dialect import Dialect, dialect
from harness.replay import Conversation, Recorded
from simulators import wire


def spoken(conversation: Conversation, dialect_of: Callable[[str], Dialect]) -> Conversation:
    """The conversation as the systems speak; byte for byte what was recorded where they speak the dialect of the recording."""
    recorded = dialect(conversation.dialect)
    exchanges = (_rewrapped(entry, recorded, dialect_of(entry.target)) for entry in conversation.exchanges)
    return replace(conversation, exchanges=tuple(exchanges))


def _rewrapped(entry: Recorded, recorded: Dialect, wanted: Dialect) -> Recorded:
    if wanted == recorded:
        return entry
    asked = wire.read(entry.request.encode(), recorded)
    verb, noun = asked.header.verb, asked.header.noun
    request = wire.write(asked, wanted).decode()
    try:
        answered = wire.read(entry.reply.encode(), recorded)
    except wire.FaultReceivedError:
        # A Fault looks the same in every dialect.
        return replace(entry, action=wanted.action(verb, noun), request=request)
    return replace(entry, action=wanted.action(verb, noun), request=request, reply=wire.write(answered, wanted, verb).decode())
