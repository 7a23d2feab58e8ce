"""Service requests: what a disconnect or a reconnect has to go through, as a table."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from ami.errors import WrongStateError
from ami.event_types import ARM_SWITCH, CLOSE_SWITCH, OPEN_SWITCH
from ami.messages import MeterServiceWork, Series

DISCONNECT: Final = "disconnect"
RECONNECT: Final = "reconnect"
KINDS: Final = (DISCONNECT, RECONNECT)

ARMED: Final = "armed"
"""The priority by which a reconnect only arms the switch; the customer then presses the button."""

NEXT: Final = {
    DISCONNECT: {
        ("requested", "start"): "commanded",
        ("commanded", "confirmed"): "read",
        ("commanded", "refused"): "failed",
        ("commanded", "timed out"): "failed",
        ("read", "confirmed"): "completed",
        ("read", "refused"): "completed",
        ("read", "timed out"): "completed",
    },
    RECONNECT: {
        ("requested", "start"): "read",
        ("read", "confirmed"): "commanded",
        ("read", "refused"): "failed",
        ("read", "timed out"): "failed",
        ("commanded", "confirmed"): "completed",
        ("commanded", "refused"): "failed",
        ("commanded", "timed out"): "failed",
    },
}
"""kind -> (state, event) -> state. In `commanded` a control is under way to the head-end, in `read` a question for the register.

A disconnected meter that then cannot be read is disconnected all the same: to call that failed would be a lie.
"""

FINAL: Final = ("completed", "failed")


@dataclass(frozen=True, slots=True)
class ServiceRequest:
    """One piece of work and how far it is. request: the MessageID of the message that asked for it.

    code, reason: what went wrong, if anything did.
    """

    task: str
    request: str
    requester: str
    work: MeterServiceWork
    requested_at: datetime
    state: str = "requested"
    code: str | None = None
    reason: str | None = None
    readings: tuple[Series, ...] = ()

    @property
    def control_type(self) -> str:
        """What the meter's switch is told."""
        if self.work.kind == DISCONNECT:
            return OPEN_SWITCH
        return ARM_SWITCH if self.work.priority == ARMED else CLOSE_SWITCH


def tell(request: ServiceRequest, event: str) -> ServiceRequest:
    """The request after `event`. Raises WrongStateError where the table has no way on."""
    try:
        return replace(request, state=NEXT[request.work.kind][request.state, event])
    except KeyError:
        raise WrongStateError(f"a {request.work.kind} that is {request.state} cannot be {event}") from None
