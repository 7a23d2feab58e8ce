"""The store of readings: every version of every interval and register, of which one is current."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, bindparam, insert, select, update

from ami.quality import QUESTIONABLE
from simulators.mdms.schema import CHANNELS, VERSIONS

REGISTER: Final = 0
VEE: Final = "vee"
EDITOR: Final = "editor"


class Channel(NamedTuple):
    """One series of a meter. flow: as in a reading type; minutes: its interval length, 0 for the register."""

    meter: str
    flow: int
    minutes: int


class Value(NamedTuple):
    """A value as it was delivered. doubt: the check that doubts it already, or empty."""

    wh: int
    quality: str
    doubt: str = ""


class Version(NamedTuple):
    """One version of one value."""

    version: int
    wh: int
    quality: str
    doubt: str
    source: str
    received_at: int
    current: int

    @property
    def is_measured(self) -> bool:
        """Whether it was delivered, not made here."""
        return self.source not in (VEE, EDITOR)


class Change(NamedTuple):
    """A new opinion of a version: its quality, and whether it is the current one. Its value never changes."""

    channel: Channel
    at: int
    version: int
    quality: str
    current: int


History = dict[int, list[Version]]

_OF_VERSION = (
    VERSIONS.c.meter,
    VERSIONS.c.flow,
    VERSIONS.c.minutes,
    VERSIONS.c.at,
    VERSIONS.c.version,
    VERSIONS.c.wh,
    VERSIONS.c.quality,
    VERSIONS.c.doubt,
    VERSIONS.c.source,
    VERSIONS.c.received_at,
    VERSIONS.c.current,
)
_NAMES: Final = tuple(column.name for column in _OF_VERSION)
_ONE: Final = (
    (VERSIONS.c.meter == bindparam("of_meter"))
    & (VERSIONS.c.flow == bindparam("of_flow"))
    & (VERSIONS.c.minutes == bindparam("of_minutes"))
    & (VERSIONS.c.at == bindparam("of_at"))
    & (VERSIONS.c.version == bindparam("of_version"))
)


def histories(connection: Connection, meters: Collection[str], minutes: int, first: int, last: int) -> dict[Channel, History]:
    """All versions in the order they came of all values from `first` to `last`, both included, by channel and moment."""
    query = (
        select(*_OF_VERSION)
        .where(VERSIONS.c.meter.in_(meters), VERSIONS.c.minutes == minutes, VERSIONS.c.at.between(first, last))
        .order_by(VERSIONS.c.meter, VERSIONS.c.flow, VERSIONS.c.at, VERSIONS.c.version)
    )
    found: dict[Channel, History] = {}
    channel, history = Channel("", 0, 0), History()
    for meter, flow, _, at, *version in connection.execute(query):
        if meter != channel.meter or flow != channel.flow:
            channel = Channel(meter, flow, minutes)
            history = found[channel] = {}
        history.setdefault(at, []).append(Version._make(version))
    return found


def currents(connection: Connection, channel: Channel, first: int, last: int) -> dict[int, Version]:
    """The current value of each moment from `first` to `last`, both included, in order."""
    query = (
        select(*_OF_VERSION[3:])
        .where(
            VERSIONS.c.meter == channel.meter,
            VERSIONS.c.flow == channel.flow,
            VERSIONS.c.minutes == channel.minutes,
            VERSIONS.c.at.between(first, last),
            VERSIONS.c.current == 1,
        )
        .order_by(VERSIONS.c.at)
    )
    return {at: Version._make(version) for at, *version in connection.execute(query)}


def current_of(versions: Iterable[Version]) -> Version | None:
    """The version that counts."""
    return next((version for version in versions if version.current), None)


def measured_of(versions: Sequence[Version]) -> Version | None:
    """The version that was delivered last."""
    return next((version for version in reversed(versions) if version.is_measured), None)


def row(channel: Channel, at: int, version: Version) -> dict[str, Any]:
    """A version as the table has it."""
    return dict(zip(_NAMES, (*channel, at, *version), strict=True))


def add(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add versions."""
    if rows:
        connection.execute(insert(VERSIONS), rows)


def judge_again(connection: Connection, changes: Iterable[Change]) -> None:
    """Write down new opinions of versions."""
    told = [
        {
            "of_meter": channel.meter,
            "of_flow": channel.flow,
            "of_minutes": channel.minutes,
            "of_at": at,
            "of_version": version,
            "to_quality": quality,
            "to_current": current,
        }
        for channel, at, version, quality, current in changes
    ]
    if told:
        connection.execute(update(VERSIONS).where(_ONE).values(quality=bindparam("to_quality"), current=bindparam("to_current")), told)


def channels(connection: Connection, meters: Collection[str] | None = None) -> dict[str, list[Channel]]:
    """The interval channels of each of the meters (all, if None), as far as they have delivered."""
    query = select(CHANNELS.c.meter, CHANNELS.c.flow, CHANNELS.c.minutes).order_by(CHANNELS.c.meter, CHANNELS.c.flow)
    if meters is not None:
        query = query.where(CHANNELS.c.meter.in_(meters))
    found: dict[str, list[Channel]] = {}
    for meter, flow, minutes in connection.execute(query):
        found.setdefault(meter, []).append(Channel(meter, flow, minutes))
    return found


def open_channels(connection: Connection, new: Collection[Channel]) -> None:
    """Note channels that delivered for the first time."""
    if new:
        connection.execute(insert(CHANNELS), [channel._asdict() for channel in new])


def is_billable(version: Version) -> bool:
    """Whether the value may be billed: it passed, or it was estimated or edited."""
    return version.quality != QUESTIONABLE and (not version.doubt or not version.is_measured)
