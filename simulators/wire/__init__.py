"""How the stand-ins put their messages into bytes and take others' apart; the judge has a hand of its own for that."""

from simulators.wire.read import FaultReceivedError, InvalidMessageError, UnreadableError, prepare, read
from simulators.wire.reader import Reader
from simulators.wire.write import fault, write

__all__ = ["FaultReceivedError", "InvalidMessageError", "Reader", "UnreadableError", "fault", "prepare", "read", "write"]
