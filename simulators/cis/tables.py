"""The tables of the customer information system: plain enough for any SQL database, exact in money, energy and time."""

from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import Boolean, Column, Dialect, Integer, MetaData, String, Table, Text
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime]):
    """A UTC moment as text of one width, so that any database sorts it and none loses its offset."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        """The text of a moment."""
        return value.astimezone(UTC).isoformat(timespec="microseconds") if value is not None else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """The moment of a text."""
        return datetime.fromisoformat(value) if value is not None else None


class Exact(TypeDecorator[Decimal]):
    """A Decimal as text: SQLite would make it a float."""

    impl = String(64)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        """The text of a number."""
        return f"{value:f}" if value is not None else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002 - SQLAlchemy's signature
        """The number of a text."""
        return Decimal(value) if value is not None else None


_Name = String(200)
metadata = MetaData()

numbers = Table("numbers", metadata, Column("series", _Name, primary_key=True), Column("last", Integer, nullable=False))
"""The last number given out in each series of ids."""

identity = Table("identity", metadata, Column("seed", _Name, primary_key=True), Column("resumed", Integer, nullable=False))
"""What ids derive from, and how often the system went on after a crash: one row."""

cycles = Table("cycles", metadata, Column("cycle", _Name, primary_key=True), Column("due_at", Moment, nullable=False))
"""When the next bills on cycle are due."""

customers = Table("customers", metadata, Column("customer", _Name, primary_key=True), Column("name", Text, nullable=False))

accounts = Table(
    "accounts",
    metadata,
    Column("account", _Name, primary_key=True),
    Column("customer", _Name, nullable=False, index=True),
    Column("opened_at", Moment, nullable=False),
)

usage_points = Table(
    "usage_points",
    metadata,
    Column("usage_point", _Name, primary_key=True),
    Column("address", Text, nullable=False),
    Column("supply", _Name, nullable=False),
)

agreements = Table(
    "agreements",
    metadata,
    Column("agreement", _Name, primary_key=True),
    Column("account", _Name, nullable=False),
    Column("usage_point", _Name, nullable=False, index=True),
    Column("tariff", _Name, nullable=False),
    Column("starts_at", Moment, nullable=False),
    Column("ends_at", Moment),
    Column("credit_kwh", Exact, nullable=False),
)

installations = Table(
    "installations",
    metadata,
    Column("installation", _Name, primary_key=True),
    Column("usage_point", _Name, nullable=False, index=True),
    Column("meter", _Name, nullable=False, index=True),
    Column("starts_at", Moment, nullable=False),
    Column("ends_at", Moment),
    Column("initial_kwh", Exact),
    Column("final_kwh", Exact),
)

linkages = Table(
    "linkages",
    metadata,
    Column("linkage", _Name, primary_key=True),
    Column("system", _Name, nullable=False),
    Column("usage_point", _Name, nullable=False),
    Column("agreement", _Name, index=True),
    Column("verb", _Name, nullable=False),
    Column("effective_at", Moment, nullable=False),
    Column("parts", Text, nullable=False),
    Column("state", _Name, nullable=False, index=True),
    Column("attempts", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("due_at", Moment, index=True),
)

bills = Table(
    "bills",
    metadata,
    Column("bill", _Name, primary_key=True),
    Column("agreement", _Name, nullable=False, index=True),
    Column("kind", _Name, nullable=False),
    Column("starts_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("status", _Name, nullable=False),
    Column("reason", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", Moment, index=True),
    Column("issued_at", Moment),
    Column("credit_change_kwh", Exact, nullable=False),
    Column("document", Text),
)

billed_registers = Table(
    "billed_registers",
    metadata,
    Column("bill", _Name, primary_key=True),
    Column("meter", _Name, primary_key=True, index=True),
    Column("flow", Integer, primary_key=True),
    Column("at", Moment, primary_key=True),
    Column("kwh", Exact, nullable=False),
    Column("measured", Boolean, nullable=False),
)
"""What stood on a register where a bill began or ended: the next bill has to go on from there."""

service_orders = Table(
    "service_orders",
    metadata,
    Column("service_order", _Name, primary_key=True),
    Column("usage_point", _Name, nullable=False, index=True),
    Column("agreement", _Name, index=True),
    Column("meter", _Name, nullable=False),
    Column("kind", _Name, nullable=False),
    Column("armed", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("state", _Name, nullable=False),
    Column("text", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("register_kwh", Exact),
    Column("read_at", Moment),
)

reads = Table(
    "reads",
    metadata,
    Column("meter_read", _Name, primary_key=True),
    Column("usage_point", _Name, nullable=False),
    Column("agreement", _Name, index=True),
    Column("meter", _Name, nullable=False),
    Column("state", _Name, nullable=False),
    Column("text", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("due_at", Moment, index=True),
    Column("register_kwh", Exact),
    Column("read_at", Moment),
)

notices = Table(
    "notices",
    metadata,
    Column("notice", _Name, primary_key=True),
    Column("kind", _Name, nullable=False),
    Column("status", _Name, nullable=False),
    Column("account", _Name),
    Column("usage_point", _Name),
    Column("meter", _Name),
    Column("text", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

sent_messages = Table(
    "sent_messages",
    metadata,
    Column("message", _Name, primary_key=True),
    Column("system", _Name, nullable=False),
    Column("purpose", _Name, nullable=False),
    Column("subject", _Name, nullable=False),
    Column("replied", Boolean, nullable=False),
)
"""What was said to whom and about what: by this a reply finds its way."""

taken_messages = Table("taken_messages", metadata, Column("message", _Name, primary_key=True), Column("sender", _Name, primary_key=True))
"""Messages that had their effect, so that a repetition has none."""
