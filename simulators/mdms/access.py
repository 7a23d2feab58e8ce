"""Access: which neighbour may say what, and which third party may see whose readings."""

from typing import Final

from sqlalchemy import Connection, delete, insert, select

from ami import names
from ami.messages import Kind, Message
from simulators.mdms.schema import CONSENTS

UTILITY: Final = "Utility"

SENDERS: Final = {
    (names.METER_READINGS, "created"): (names.HES, names.TESTER),
    (names.METER_READINGS, "changed"): (names.HES, names.TESTER),
    (names.METER_READINGS, "get"): (names.HES, names.CIS, names.TESTER),
    (names.END_DEVICE_EVENTS, "created"): (names.HES, names.TESTER),
    (names.METER_SERVICE_REQUESTS, "create"): (names.CIS, names.TESTER),
    (names.MASTER_DATA_LINKAGE_CONFIG, "create"): (names.CIS, names.TESTER),
    (names.MASTER_DATA_LINKAGE_CONFIG, "change"): (names.CIS, names.TESTER),
}
"""(noun, verb) -> the neighbours from whom it is taken."""


def may_say(message: Message) -> bool:
    """Whether this neighbour may say this; a third party may only ask for readings."""
    header = message.header
    if message.kind is Kind.REQUEST and is_third_party(header.organization) and header.verb != names.GET:
        return False
    return message.sender in SENDERS.get((header.noun, header.verb), ())


def is_third_party(organization: str | None) -> bool:
    """Whether somebody else than the utility asks."""
    return organization is not None and organization != UTILITY


def has_consent(connection: Connection, organization: str | None, usage_point: str | None) -> bool:
    """Whether the organization may see the usage point's readings; the utility may see all."""
    if not is_third_party(organization):
        return True
    known = (CONSENTS.c.organization == organization) & (CONSENTS.c.usage_point == usage_point)
    return connection.execute(select(CONSENTS.c.organization).where(known)).first() is not None


def set_consent(connection: Connection, organization: str, usage_point: str, granted: bool) -> None:
    """Note that the customer at the usage point lets the organization see its readings, or no longer does."""
    known = (CONSENTS.c.organization == organization) & (CONSENTS.c.usage_point == usage_point)
    connection.execute(delete(CONSENTS).where(known))
    if granted:
        connection.execute(insert(CONSENTS), {"organization": organization, "usage_point": usage_point})
