"""What the floors above ask of a system that they do not know."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from ami.messages import Message

Json = Any
"""What JSON can say: the control port speaks nothing else."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What a control command came to: its JSON result, and the messages that the system now has to send."""

    result: Json = None
    sends: tuple[Message, ...] = ()


class StandIn(Protocol):
    """A simulated system: a function of what comes in and of the time that it is told; it does no I/O of its own.

    Messages that go out are returned. The reply to a request is the first of them and has `to=None`; all others name
    the neighbour that they are for. A reply to a message that this system sent comes in through `receive` again.
    """

    name: str

    def reset(self, seed: str, now: datetime) -> None:
        """Forget everything; from here on all ids derive from `seed`."""

    def resume(self, now: datetime) -> bool:
        """Go on from what it kept when its process ended, however that was; False where it kept nothing, and has to be reset.

        What was under way then is said again, or given up where it may not be repeated: `due_at` and `wake` bring it.
        """

    def receive(self, message: Message, now: datetime) -> Sequence[Message]:
        """Take a message: a request (answered), an event (answered by an acknowledgement) or a response (not answered)."""

    def undelivered(self, message: Message, reason: str, now: datetime) -> Sequence[Message]:
        """Learn that `message`, which it sent, did not arrive or was answered by a SOAP Fault."""

    def wake(self, now: datetime) -> Sequence[Message]:
        """Do what is due at or before `now`."""

    def due_at(self) -> datetime | None:
        """The moment of the next thing to do on its own, or None."""

    def control(self, command: str, arguments: Mapping[str, Json], now: datetime) -> Answered:
        """Do what only a stand-in can do (break a meter, show what it holds).

        Raises LookupError for an unknown command or object, ValueError for arguments that make no sense.
        """


class SiteControl(Protocol):
    """A site's own way to do to a real system what a control port does to a stand-in; an entry point of `metergate.control` makes it.

    commands: those that it can carry out, as docs/control_port.md has them. Whatever needs another is not tested.
    """

    commands: frozenset[str]

    def tell(self, command: str, arguments: Mapping[str, Json], now: datetime) -> Json:
        """Carry out one of the commands, and return what it returns; now: the time of the story.

        Raises WrongStateError where there is no way on from the state that something is in, ValueError for arguments that
        make no sense, UnreachableError where the system does not answer.
        """


SiteControlMaker = Callable[[str, str], SiteControl]
"""What the entry point is: it is given the system's name and its address."""
