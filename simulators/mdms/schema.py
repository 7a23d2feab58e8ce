"""The tables: plain types only, moments as seconds since 1970 and energy as whole watt-hours, so that any database will do."""

from typing import Final

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, SmallInteger, String, Table, Text

METADATA: Final = MetaData()

PAGES: Final = Table(
    "pages",
    METADATA,
    Column("meter", String(128), primary_key=True),
    Column("flow", SmallInteger, primary_key=True, autoincrement=False),
    Column("minutes", SmallInteger, primary_key=True, autoincrement=False),
    Column("day_start", BigInteger, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
    Column("total_wh", BigInteger),
)
"""Every version of every interval, a local day of one channel to a row (`page.RECORD`). total_wh: null until the day is validated."""

WORDS: Final = Table(
    "words",
    METADATA,
    Column("code", SmallInteger, primary_key=True, autoincrement=False),
    Column("word", String(64), nullable=False),
)
"""The words (qualities, sources, doubts) that pages write as numbers."""

REGISTERS: Final = Table(
    "registers",
    METADATA,
    Column("meter", String(128), primary_key=True),
    Column("flow", SmallInteger, primary_key=True, autoincrement=False),
    Column("at", BigInteger, primary_key=True, autoincrement=False),
    Column("version", SmallInteger, primary_key=True, autoincrement=False),
    Column("wh", BigInteger, nullable=False),
    Column("quality", String(64), nullable=False),
    Column("doubt", String(64), nullable=False),
    Column("source", String(64), nullable=False),
    Column("received_at", BigInteger, nullable=False),
    Column("current", SmallInteger, nullable=False),
    sqlite_with_rowid=False,
)
"""Every version of every register reading."""

CHANNELS: Final = Table(
    "channels",
    METADATA,
    Column("meter", String(128), primary_key=True),
    Column("flow", SmallInteger, primary_key=True, autoincrement=False),
    Column("minutes", SmallInteger, nullable=False),
)
"""The interval length of each meter in each direction, as its first delivery said it."""

LINKAGES: Final = Table(
    "linkages",
    METADATA,
    Column("usage_point", String(128), primary_key=True),
    Column("effective_at", BigInteger, primary_key=True, autoincrement=False),
    Column("meter", String(128), index=True),
)
"""Which meter serves a usage point from a moment on; none where `meter` is null."""

SET_ASIDE: Final = Table(
    "set_aside",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("message_id", String(128), nullable=False),
    Column("meter", String(128), nullable=False, index=True),
    Column("flow", SmallInteger, nullable=False),
    Column("minutes", SmallInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("wh", BigInteger, nullable=False),
    Column("quality", String(64), nullable=False),
    Column("doubt", String(64), nullable=False),
    Column("source", String(64), nullable=False),
    Column("received_at", BigInteger, nullable=False),
)
"""What came for meters that nobody has linked yet."""

EVENTS: Final = Table(
    "events",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("meter", String(128), nullable=False),
    Column("event_type", String(32), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("tracking_id", String(128)),
    Column("received_at", BigInteger, nullable=False),
    Index("events_of_meter", "meter", "event_type"),
)

EXCEPTIONS: Final = Table(
    "exceptions",
    METADATA,
    Column("meter", String(128), primary_key=True),
    Column("flow", SmallInteger, primary_key=True, autoincrement=False),
    Column("rule", String(32), primary_key=True),
    Column("start_at", BigInteger, primary_key=True, autoincrement=False),
    Column("end_at", BigInteger, primary_key=True, autoincrement=False),
    Column("explanation", Text, nullable=False),
    Column("found_at", BigInteger, nullable=False),
)
"""What validation found, for a person to look at."""

AUDIT: Final = Table(
    "audit",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("meter", String(128), nullable=False, index=True),
    Column("flow", SmallInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("edited_by", String(128), nullable=False),
    Column("reason", Text, nullable=False),
    Column("before_wh", BigInteger),
    Column("after_wh", BigInteger, nullable=False),
    Column("edited_at", BigInteger, nullable=False),
)

CONSENTS: Final = Table(
    "consents",
    METADATA,
    Column("organization", String(128), primary_key=True),
    Column("usage_point", String(128), primary_key=True),
)
"""Which third party a customer lets see a usage point."""

MEMORY: Final = Table(
    "memory",
    METADATA,
    Column("kind", String(32), primary_key=True),
    Column("key", String(300), primary_key=True),
    Column("number", BigInteger, nullable=False),
    Column("content", Text, nullable=False),
)
"""Conversations and work under way as JSON (`memory.Shelf`), so that a restart goes on where a crash broke off."""
