"""The running landscape: what a story tells its systems, what it hears of them, and the hand that lets time flow."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Self

from ami import days, names
from ami.dialect import Dialect
from ami.errors import HarnessError
from ami.names import Wire
from ami.ports import Json
from harness import attendance, story_day
from harness.attendance import Attendant
from harness.calendar import calendar
from harness.clock import Clock, PastClock, VirtualClock
from harness.control_ports import ControlPort, ControlPorts
from harness.environment import Environment
from harness.host_clock import world
from harness.to_do import ToDo
from harness.unled import Unled
from harness.wiretap import DELIBERATE, Captured, Fault, Wiretap
from harness.wiring import Wiring
from transports import http_client
from transports.http_client import HttpReply

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
MOST_ROUNDS = 200
"""After so many rounds of messages at one moment, systems must be answering each other in a circle."""


class Landscape:
    """Four systems, a tester, and the wires between them.

    environment: who is simulated and where the others are. seed: what all ids of the run derive from.
    faults: wires that shall misbehave, to prove that it is found; they may be changed between scenarios.
    numbers: of the messages, the first one and how far apart they are. attendant: whom to ask for what only a person can do.
    Its `commands` are what the control ports were told since the scenario began: system and command.
    """

    def __init__(
        self,
        environment: Environment,
        seed: int,
        faults: Mapping[Wire, Fault] | None = None,
        *,
        numbers: tuple[int, int] = (1, 1),
        attendant: Attendant | None = None,
    ) -> None:
        self.environment = environment
        self.clock: Clock = PastClock(LONG_AGO) if environment.is_in_world_time else VirtualClock(LONG_AGO)
        self.calendar = calendar(environment.zone)
        self.seed = seed
        self._story = str(seed)
        self.last_asked: str | None = None
        self.commands: set[tuple[str, str]] = set()
        self._to_do = ToDo()
        self.faults = dict(faults or {})
        self._attendant = attendant
        self._unled = Unled(environment)
        self._tap = Wiretap(self.stamp, self.faults, numbers, environment.environment.timeout_s)
        self._tap.story_now = self.clock.now
        self._ports = ControlPorts(self.clock.now, attendant)
        self._wiring = Wiring(environment, self._tap, self._ports, self.clock.now)

    def __enter__(self) -> Self:
        """Start every stand-in, the tap, and the wires between them."""
        self._wiring.start(self.calendar)
        self._unled.systems = frozenset(name for name in names.SYSTEMS if not self._ports.can(name, "advance"))
        self._tap.unled = self._unled.systems
        self._unled.is_fresh = any(not self._ports.can(name, "reset") for name in names.SYSTEMS)
        return self

    def __exit__(self, *_: object) -> None:
        self._wiring.stop()

    @property
    def tap_address(self) -> str:
        """Where the wiretap is reached from here."""
        return self._wiring.tap_address

    # Time

    def begin(self, story: str, at: datetime) -> None:
        """Begin a scenario at `at`: every stand-in forgets, and all ids derive from the seed and `story`.

        Raises UnreachableError where a system that could not be reached in the scenario before is still not there.
        """
        self._wiring.ensure_missed()
        self._story = self._unled.story(f"{self.seed}/{story}")
        self.last_asked = None
        self.commands.clear()
        self.clock.start(at)
        self._have_clocks_set(at)
        self._to_do.begin()
        for name in self._ports.names():
            if self._ports.can(name, "reset"):
                self.control(name, "reset", seed=self._story, now=self.clock.now().isoformat())
        self._tap.take()

    def called(self, name: str) -> str:
        """What a story's meter or usage point is called: by its name, and apart from all earlier ones where somebody remembers those."""
        return self._unled.called(name)

    def stamp(self) -> datetime:
        """The moment that messages are stamped with: the story's, or the world's where that rules."""
        return world() if self.environment.is_in_world_time else self.clock.now()

    def day_like(self, day: date, months: int) -> date:
        """The day on which a story of `day` is told. months: how many it lasts. Raises NotTestedError where there is none."""
        if not self.environment.is_in_world_time:
            return day
        return story_day.recent(day, months, days.local_day(world(), self.environment.zone), self.calendar)

    @property
    def story(self) -> str:
        """What the ids of this scenario derive from."""
        return self._story

    def settle(self) -> None:
        """Let every message that is due now be sent and answered, until nobody has any left.

        Raises UnreachableError where a system could not be reached, HarnessError where the systems answer each other
        without end.
        """
        for _ in range(MOST_ROUNDS):
            stirred = self._stirred()
            if not stirred:
                if self._unled.is_silent(self._tap):
                    return
                self._wiring.raise_unreachable(self._tap.unreachable())
                continue
            for name in stirred:
                self._advance(name)
            # Months of messages to nobody would tell nothing more.
            self._wiring.raise_unreachable(self._tap.unreachable())
        raise HarnessError(f"after {MOST_ROUNDS} rounds at {self.clock.now():%Y-%m-%d %H:%M} the systems still send messages")

    def send_from(self, name: str) -> None:
        """Let one system send what it has, and nobody else."""
        self._advance(name)

    def advance(self, to: datetime) -> None:
        """Let time pass until `to`, stopping wherever a system has something to do.

        Raises NotTestedError where the clock cannot be moved.
        """
        self.settle()
        while (due := self._to_do.after(self.clock.now())) is not None and due <= to:
            self.clock.move(due)
            self.settle()
        if to > self.clock.now():
            self._have_clocks_set(to)
        self.clock.move(to)
        self.settle()

    def _have_clocks_set(self, at: datetime) -> None:
        """Have a person set the clocks of those systems that are set by one. Raises NotTestedError where nobody does."""
        if self.environment.is_in_world_time:
            return
        for name in sorted(self._unled.systems):
            if self.environment.system(name).clock == "person":
                attendance.set_clock(self._attendant, name, at)

    def _stirred(self) -> list[str]:
        """The systems that may have something to send."""
        systems = self._ports.names()
        self._to_do.stir(*(self._tap.heard() & set(systems)))
        return self._to_do.at(self.clock.now(), [name for name in systems if name not in self._unled.systems])

    def _advance(self, name: str) -> None:
        """Let a system do what is due and send what it has to send, and learn when it has something to do next."""
        self._to_do.learn(name, self.control(name, "advance"), self.clock.now())

    # Doors

    def control(self, name: str, command: str, **arguments: Json) -> Json:
        """What a stand-in answers to a control command.

        A command other than reset and advance may have left messages to send: `settle` lets them go.

        Raises NotTestedError where the system has no control port, WrongStateError where the command has no way on
        from the state that something is in, HarnessError where it makes no sense.
        """
        self._to_do.stir(name)
        self.commands.add((name, command))
        answer = self._ports.tell(name, command, arguments)
        self._wiring.raise_crashes()
        return answer()

    def knock(self, name: str, path: str, *, with_key: bool) -> HttpReply:
        """Ask for any path below a control port, with its key or without."""
        return self._ports.knock(name, path, with_key=with_key)

    def control_port(self, name: str) -> ControlPort:
        """Where a system's control port listens, and its token. Raises NotTestedError where it has none."""
        return self._ports.find(name)

    def is_led(self, name: str, command: str) -> bool:
        """Whether a system can be told a command by anything, a person included."""
        return self._ports.can(name, command) or self._attendant is not None

    def is_controlled(self, name: str, command: str) -> bool:
        """Whether a system can be told a command by anything but a person."""
        return self._ports.can(name, command)

    def dialect_with(self, target: str) -> Dialect:
        """How the tester's messages to a system are wrapped."""
        return self.environment.dialect_on(Wire(names.TESTER, target))

    def logins(self) -> Iterator[tuple[str, str]]:
        """The users and passwords by which systems know each other, and the tokens of control ports under their systems."""
        return self._wiring.logins()

    def wire_address(self, source: str, target: str) -> str:
        """Where a message from `source` to `target` is posted."""
        return f"{self.tap_address}/{source}/{target}"

    def authorization(self, name: str) -> str:
        """The credentials by which `name` is known to all others."""
        return self._wiring.authorization(name)

    def post(self, target: str, body: bytes, action: str, authorization: str | None, *, is_deliberate: bool = False) -> HttpReply:
        """Post bytes as the tester, as they are. is_deliberate: they are broken on purpose and not judged."""
        self.last_asked = target
        headers = {"content-type": "text/xml; charset=utf-8", "soapaction": f'"{action}"'}
        if authorization is not None:
            headers["authorization"] = authorization
        if is_deliberate:
            headers[DELIBERATE] = "yes"
        return http_client.post(self.wire_address(names.TESTER, target), body, headers)

    def take(self) -> list[Captured]:
        """All messages since the last call.

        Raises HarnessError where a stand-in of ours crashed, UnreachableError where a system could not be reached.
        """
        self._wiring.raise_crashes()
        captured, unreachable = self._tap.take()
        self._wiring.raise_unreachable(unreachable)
        return captured
