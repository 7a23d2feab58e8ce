"""The switch: exactly the ways that its table has."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ami.errors import WrongStateError
from simulators.meter.switch import NEXT, Switch, tell

COMMANDS = ("disconnect", "arm", "connect", "press")


@pytest.mark.parametrize(
    ("switch", "command", "after"),
    [
        (Switch.CLOSED, "disconnect", Switch.OPEN),
        (Switch.OPEN, "arm", Switch.ARMED),
        (Switch.OPEN, "connect", Switch.CLOSED),
        (Switch.ARMED, "press", Switch.CLOSED),
    ],
)
def test_way_on(switch: Switch, command: str, after: Switch) -> None:
    """Each of the four ways on ends where it should."""
    assert tell(switch, command) is after


@pytest.mark.parametrize(("switch", "command"), [pair for pair in product(Switch, COMMANDS) if pair not in NEXT])
def test_no_way_on(switch: Switch, command: str) -> None:
    """Everything else is refused, and the refusal says what and in which state."""
    with pytest.raises(WrongStateError, match=f"cannot {command} while {switch.value}"):
        tell(switch, command)


@given(st.lists(st.sampled_from(COMMANDS), max_size=20))
def test_armed_switch_closes_by_nothing_but_its_button(commands: list[str]) -> None:
    """Whatever is said in whatever order, current never flows again without `connect` or `press`."""
    switch = Switch.OPEN
    for command in commands:
        before = switch
        try:
            switch = tell(switch, command)
        except WrongStateError:
            continue
        assert (switch is Switch.CLOSED) == (command in ("connect", "press"))
        assert command != "press" or before is Switch.ARMED
