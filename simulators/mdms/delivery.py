"""A delivery: what one message said of one channel, and how the store takes it without losing or repeating anything."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

from simulators.mdms import store
from simulators.mdms.store import Change, Channel, History, Value, Version
from simulators.mdms.vee.clock import OFF_GRID


class Delivery(NamedTuple):
    """The values of one channel by moment. rivals: the further values of moments that the message told twice."""

    channel: Channel
    values: dict[int, Value]
    rivals: Sequence[tuple[int, Value]] = ()


class Taken(NamedTuple):
    """What deliveries changed: new values by channel, and edited intervals that they contradict."""

    new: dict[Channel, list[int]]
    contradicted: list[tuple[Channel, int]]


def take(connection: Connection, deliveries: Sequence[Delivery], source: str, received_at: int) -> Taken:
    """Keep what was delivered.

    A repetition changes nothing. Another value becomes a version, and the current one unless a person edited the interval.
    An interval off the grid is kept, but never current: it would count energy twice.
    """
    known = _known(connection, deliveries)
    taken = Taken({}, [])
    rows: list[dict[str, Any]] = []
    changes: list[Change] = []
    for channel, values, rivals in deliveries:
        history = known.get(channel)
        if not history and not rivals:
            meter, flow, minutes = channel
            rows += [
                {
                    "meter": meter, "flow": flow, "minutes": minutes, "at": at, "version": 1, "wh": wh, "quality": quality,
                    "doubt": doubt, "source": source, "received_at": received_at, "current": int(doubt != OFF_GRID),
                }
                for at, (wh, quality, doubt) in values.items()
            ]  # fmt: skip
            taken.new[channel] = list(values)
            continue
        history = {} if history is None else history
        for at, value in (*values.items(), *rivals):
            versions = history.setdefault(at, [])
            if _is_repetition(value, versions):
                continue
            standing = store.current_of(versions)
            wins = value.doubt != OFF_GRID
            if standing is not None and standing.source == store.EDITOR:
                taken.contradicted.append((channel, at))
                wins = False
            elif standing is not None and wins:
                versions[standing.version - 1] = standing._replace(current=0)
                changes.append(Change(channel, at, standing.version, standing.quality, 0))
            version = Version(len(versions) + 1, value.wh, value.quality, value.doubt, source, received_at, int(wins))
            versions.append(version)
            rows.append(store.row(channel, at, version))
            taken.new.setdefault(channel, []).append(at)
    # Of a value told twice in one message, the first version is added here and stood down in the next line.
    store.add(connection, rows)
    store.judge_again(connection, changes)
    return taken


def _known(connection: Connection, deliveries: Sequence[Delivery]) -> dict[Channel, History]:
    """What is there already of what was delivered."""
    found: dict[Channel, History] = {}
    for minutes in {delivery.channel.minutes for delivery in deliveries}:
        of_length = [delivery for delivery in deliveries if delivery.channel.minutes == minutes and delivery.values]
        if of_length:
            first = min(min(delivery.values) for delivery in of_length)
            last = max(max(delivery.values) for delivery in of_length)
            meters = {delivery.channel.meter for delivery in of_length}
            found |= store.histories(connection, meters, minutes, first, last)
    return found


def _is_repetition(value: Value, versions: Sequence[Version]) -> bool:
    """Whether the value says nothing new; the same value without the earlier doubt does."""
    if value.doubt:
        return any(version.is_measured and version.wh == value.wh and version.doubt == value.doubt for version in versions)
    last = store.measured_of(versions)
    return last is not None and last.wh == value.wh and not last.doubt
