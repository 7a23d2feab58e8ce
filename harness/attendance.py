"""What only a person can do to a real system, asked for in words, with a limit in seconds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ami import names
from ami.errors import NotTestedError
from ami.ports import Json

Words = Callable[[Mapping[str, Json]], str]

ASKED_FOR: dict[tuple[str, str], Words] = {
    (names.HES, "install"): lambda told: f"have {_fleet(told['meters'])} in the field and known to the head-end",
    (names.HES, "supply"): lambda told: f"{'give the supply back to' if told['on'] else 'take the supply from'} {_listed(told['meters'])}",
    (names.HES, "press"): lambda told: f"press the button of meter {told['meter']}",
    (names.HES, "tamper"): lambda told: f"open the cover of meter {told['meter']}",
    (names.HES, "silence"): lambda told: f"let meter {told['meter']} answer nobody from {told['start']} to {told['end']}",
    (names.HES, "clock"): lambda told: f"put the clock of meter {told['meter']} {told['offset_s']} seconds fast",
    (names.HES, "remove"): lambda told: f"take meter {told['meter']} out",
    (names.MDMS, "validate"): lambda _: "have all complete days validated and estimated",
    (names.MDMS, "edit"): lambda told: (
        f"as {told['user']}, change the interval of meter {told['meter']} that ends at {told['end']} to {told['wh']} Wh, with the reason "
        f"{told['reason']!r}"
    ),
    (names.MDMS, "consent"): lambda told: f"let {told['organization']} see the readings of usage point {told['usage_point']}",
    (names.CIS, "move_in"): lambda told: (
        f"let a customer with tariff {told['tariff']} move in at usage point {told['usage_point']}{_with_meter(told)}"
    ),
    (names.CIS, "move_out"): lambda told: f"let the customer of usage point {told['usage_point']} move out on {told['at']}",
    (names.CIS, "exchange_meter"): lambda told: (
        f"let meter {told['new_meter']} take the place of meter {told['old_meter']} at usage point {told['usage_point']}, on {told['at']}"
    ),
    (names.CIS, "bill"): lambda told: f"bill usage point {told['usage_point']} from {told['start']} to {told['end']}",
    (names.CIS, "disconnect"): lambda told: f"order the supply of usage point {told['usage_point']} to be cut off",
    (names.CIS, "reconnect"): lambda told: f"order the supply of usage point {told['usage_point']} to be restored",
    (names.CIS, "read_now"): lambda told: f"ask for the reading of usage point {told['usage_point']}",
}
"""What a person at a system can be asked for: commands that change something. What a command would show, a step asks on the wire."""

CLOCK = "clock"
"""The command under which the moving of a real clock is recorded."""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a question. by: who answered, empty for nobody; refusal: why it was not done, None where it was."""

    by: str
    refusal: str | None


class Attendant(Protocol):
    """Somebody at the terminal who can be asked to do something."""

    def ask(self, system: str, command: str, words: str) -> Done:
        """Ask for something, and wait until it is done, refused, or the limit is over."""


def do(attendant: Attendant, system: str, command: str, arguments: Mapping[str, Json]) -> None:
    """Have a person do what a control command would. Raises NotTestedError where nobody can, or nobody did."""
    words = ASKED_FOR.get((system, command))
    if words is None:
        raise NotTestedError(f"{names.SYSTEM_TITLES[system]} runs elsewhere without a control port, and no person can do {command!r}")
    _done(attendant.ask(system, command, f"at the {names.SYSTEM_TITLES[system]}: {words(arguments)}"))


def set_clock(attendant: Attendant | None, system: str, at: datetime) -> None:
    """Have a person set the clock of a system. Raises NotTestedError where nobody did."""
    if attendant is None:
        raise NotTestedError(f"the clock of the {names.SYSTEM_TITLES[system]} is set by a person, and nobody attends")
    _done(attendant.ask(system, CLOCK, f"at the {names.SYSTEM_TITLES[system]}: set the clock to {at:%Y-%m-%d %H:%M:%S} UTC"))


def _done(done: Done) -> None:
    if done.refusal is not None:
        raise NotTestedError(f"a person was asked, and it was not done: {done.refusal}")


def _fleet(meters: Json) -> str:
    kinds = {f"intervals of {meter['interval_minutes']} minutes" for meter in meters}
    return f"{_listed([meter['meter'] for meter in meters])}, with {' or '.join(sorted(kinds))},"


def _with_meter(told: Mapping[str, Json]) -> str:
    return f" with meter {told['meter']}" if "meter" in told else ""


def _listed(meters: Json) -> str:
    return f"meter {meters[0]}" if len(meters) == 1 else f"{len(meters)} meters, {meters[0]} to {meters[-1]}"
