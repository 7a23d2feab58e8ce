"""Editing: a person settles an interval, and the audit trail says who, why, from what and to what."""

from sqlalchemy import insert

from ami.quality import EDITED
from simulators.mdms.book import Book
from simulators.mdms.page import EDITOR, Channel, Version, current_of
from simulators.mdms.schema import AUDIT


def edit(book: Book, channel: Channel, at: int, wh: int, user: str, reason: str, now: int) -> None:
    """Let `wh` be the interval's value from now on, whatever is measured later. at: the interval's end."""
    book.load({channel.meter}, at - 1, at)
    versions = book.versions(channel, at)
    standing = current_of(versions)
    if standing is not None:
        book.put(channel, at, standing._replace(current=0))
    book.put(channel, at, Version(len(versions) + 1, wh, EDITED, "", EDITOR, now, 1))
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
    book.connection.execute(insert(AUDIT), row)
