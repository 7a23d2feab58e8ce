"""Whom a hosted stand-in knows: where its neighbours take messages, what they call themselves by, and who leads it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ami import names
from ami.ports import Json

COMMAND = "neighbours"
"""The control command by which a run makes its neighbours known, and takes its leave."""

KNOWN = (*names.SYSTEMS, names.TESTER)

Stamp = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Neighbours by name.

    address_of: where each takes SOAP. passwords: by which each is known, the stand-in's own among them. reply_to: where
    each reaches the stand-in, which is what a ReplyAddress tells it; one that is not named needs none that leads anywhere.
    in_world_time: messages are stamped with the time of the world, whatever day the story tells of.
    """

    address_of: Mapping[str, str] = field(default_factory=dict)
    passwords: Mapping[str, str] = field(default_factory=dict)
    reply_to: Mapping[str, str] = field(default_factory=dict)
    in_world_time: bool = False

    def as_json(self) -> dict[str, Json]:
        """The arguments of the command that tells of it."""
        return {
            "address_of": dict(self.address_of),
            "passwords": dict(self.passwords),
            "reply_to": dict(self.reply_to),
            "in_world_time": self.in_world_time,
        }


def told(arguments: Mapping[str, Json]) -> Neighbourhood | None:
    """The neighbourhood that a run tells of; None where it takes its leave. Raises ValueError where the arguments make no sense."""
    if not arguments:
        return None
    unknown = set(arguments) - {"address_of", "passwords", "reply_to", "in_world_time"}
    if unknown:
        raise ValueError(f"{', '.join(sorted(unknown))}: expected address_of, passwords, reply_to and in_world_time")
    return Neighbourhood(
        _by_name(arguments, "address_of"),
        _by_name(arguments, "passwords"),
        _by_name(arguments, "reply_to"),
        arguments.get("in_world_time") is True,
    )


def _by_name(arguments: Mapping[str, Json], key: str) -> dict[str, str]:
    given = arguments.get(key, {})
    if not isinstance(given, dict) or not all(name in KNOWN and isinstance(value, str) for name, value in given.items()):
        raise ValueError(f"{key}: expected an object with a text for each of {', '.join(KNOWN)}")
    return given
