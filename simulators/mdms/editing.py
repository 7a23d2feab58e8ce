"""Editing: a person settles an interval, and the audit trail says who, why, from what and to what."""

from sqlalchemy import Connection, insert

from ami.quality import EDITED
from simulators.mdms import store
from simulators.mdms.schema import AUDIT
from simulators.mdms.store import Change, Channel, Version


def edit(connection: Connection, channel: Channel, at: int, wh: int, user: str, reason: str, now: int) -> None:
    """Let `wh` be the interval's value from now on, whatever is measured later. at: the interval's end."""
    versions = store.histories(connection, {channel.meter}, channel.minutes, at, at).get(channel, {}).get(at, [])
    standing = store.current_of(versions)
    store.add(connection, [store.row(channel, at, Version(len(versions) + 1, wh, EDITED, "", store.EDITOR, now, 1))])
    if standing is not None:
        store.judge_again(connection, [Change(channel, at, standing.version, standing.quality, 0)])
    row = {
        "meter": channel.meter,
        "flow": channel.flow,
        "at": at,
        "edited_by": user,
        "reason": reason,
        "before_wh": None if standing is None else standing.wh,
        "after_wh": wh,
        "edited_at": now,
    }
    connection.execute(insert(AUDIT), row)
