"""Master data on its way to its readers: who is supplied where through which meter, told to MDMS and head-end alike.

One message at a time goes to a system about one usage point: a removal that overtook the installation before it would leave
the readers with a meter too many. A linkage that did not arrive is told again under a fresh MessageID, at growing distances; one
that was refused is not, because the answer would be the same.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta

from sqlalchemy import select

from ami import names
from ami.errors import WrongStateError
from ami.messages import Linkage, MasterDataLinkageConfig, Message
from simulators.backoff import backoff
from simulators.cis import store
from simulators.cis.tables import linkages
from simulators.cis.turn import Turn, errors_text

PURPOSE = "linkage"
READERS = (names.MDMS, names.HES)
REMOVAL = "removal"
"""The reason that a usage point has no meter any more."""
ANSWER_WITHIN = timedelta(minutes=15)

NEXT: Mapping[tuple[str, str], str] = {
    ("queued", "tell"): "sent",
    ("waiting", "tell"): "sent",
    ("sent", "tell"): "sent",
    ("sent", "accepted"): "accepted",
    ("sent", "refused"): "failed",
    ("sent", "undelivered"): "waiting",
    ("waiting", "accepted"): "accepted",
    ("waiting", "refused"): "failed",
}


def announce(turn: Turn, verb: str, content: Linkage, agreement: str | None = None) -> None:
    """Tell the readers of a linkage, as soon as what was to be told before it has arrived. agreement: that it concerns.

    The head-end knows meters and not people: of a premises without one it is told only that the meter is gone.
    """
    readers = READERS if content.meter is not None or content.reason == REMOVAL else (names.MDMS,)
    parts = {name: value for name, value in asdict(content).items() if name not in ("usage_point", "effective_at")}
    for system in readers:
        row = {"linkage": store.next_id(turn.connection, "L"), "system": system, "usage_point": content.usage_point, "verb": verb}
        more = {"agreement": agreement, "effective_at": content.effective_at, "parts": json.dumps(parts)}
        store.add(turn.connection, linkages, **row, **more, state="queued", attempts=0, text="", due_at=None)
        _tell_next(turn, system, content.usage_point)


def was_told(turn: Turn, usage_point: str) -> bool:
    """Whether the readers heard of that usage point before."""
    return store.first(turn.connection, select(linkages).where(linkages.c.usage_point == usage_point)) is not None


def on_reply(turn: Turn, linkage: str, message: Message) -> None:
    """A reader accepted or refused."""
    row = store.found(turn.connection, linkages.c.linkage, linkage, "linkage")
    accepted = message.reply is not None and message.reply.result == "OK"
    text = "" if accepted else errors_text(message.reply)
    _move(turn, row, "accepted" if accepted else "refused", text=text, due_at=None)
    if not accepted:
        turn.notice("linkage failed", f"{row['system']} refused {linkage}: {text}", usage_point=row["usage_point"])
    _tell_next(turn, row["system"], row["usage_point"])


def on_undelivered(turn: Turn, linkage: str, reason: str) -> None:
    """A linkage did not arrive: it is told again."""
    row = store.found(turn.connection, linkages.c.linkage, linkage, "linkage")
    _move(turn, row, "undelivered", text=reason, due_at=turn.now + backoff(row["attempts"]))
    if row["attempts"] == 1:
        turn.notice("linkage undelivered", f"{row['system']} did not take {linkage}: {reason}", usage_point=row["usage_point"])


def wake(turn: Turn) -> None:
    """Tell again what is due."""
    for row in store.rows(turn.connection, select(linkages).where(linkages.c.due_at <= turn.now).order_by(linkages.c.linkage)):
        _tell(turn, row)


def _tell_next(turn: Turn, system: str, usage_point: str) -> None:
    """Send the oldest linkage of a queue, unless one before it is still on its way."""
    table = linkages.c
    pending = (table.system == system) & (table.usage_point == usage_point) & table.state.in_(("queued", "sent", "waiting"))
    row = store.first(turn.connection, select(linkages).where(pending).order_by(table.linkage))
    if row is not None and row["state"] == "queued":
        _tell(turn, row)


def _tell(turn: Turn, row: store.Row) -> None:
    content = Linkage(row["usage_point"], row["effective_at"], **json.loads(row["parts"]))
    payload = MasterDataLinkageConfig((content,))
    turn.ask(row["system"], row["verb"], names.MASTER_DATA_LINKAGE_CONFIG, payload, purpose=PURPOSE, subject=row["linkage"])
    _move(turn, row, "tell", attempts=row["attempts"] + 1, due_at=turn.now + ANSWER_WITHIN)


def _move(turn: Turn, row: store.Row, event: str, **values: object) -> None:
    try:
        state = NEXT[row["state"], event]
    except KeyError:
        raise WrongStateError(f"linkage {row['linkage']} is {row['state']}: cannot be {event}") from None
    store.amend(turn.connection, linkages.c.linkage, row["linkage"], state=state, **values)
