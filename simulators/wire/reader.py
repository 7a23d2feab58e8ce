"""A reader of one dialect that gets quicker with what it has read."""

from ami.dialect import Dialect
from ami.messages import Message
from simulators.wire.known_queries import KnownQueries
from simulators.wire.read import read


class Reader:
    """Reads messages of one dialect, each as `read` would; any thread may use it."""

    def __init__(self, wording: Dialect) -> None:
        self._wording = wording
        self._known = KnownQueries(wording)

    def read(self, raw: bytes, sender: str | None = None) -> Message:
        """The message in a SOAP 1.1 envelope. sender: whom it is from. Raises what `read` raises."""
        message = self._known.find(raw, sender)
        if message is None:
            message = read(raw, self._wording, sender)
            self._known.learn(raw, message)
        return message
