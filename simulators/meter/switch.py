"""The switch inside a meter: a table of what it can be told in which state."""

from enum import StrEnum

from ami.errors import WrongStateError


class Switch(StrEnum):
    """The states of the switch; armed, it is open and waits for the customer to press its button."""

    CLOSED = "closed"
    OPEN = "open"
    ARMED = "armed"


NEXT = {
    (Switch.CLOSED, "disconnect"): Switch.OPEN,
    (Switch.OPEN, "arm"): Switch.ARMED,
    (Switch.OPEN, "connect"): Switch.CLOSED,
    (Switch.ARMED, "press"): Switch.CLOSED,
}


def tell(switch: Switch, command: str) -> Switch:
    """The switch after `command`. Raises WrongStateError where the table has no way on."""
    try:
        return NEXT[switch, command]
    except KeyError:
        raise WrongStateError(f"cannot {command} while {switch.value}") from None
