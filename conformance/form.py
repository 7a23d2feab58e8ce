"""What kind of document the judge was handed."""

from enum import StrEnum


class Form(StrEnum):
    """One of the shapes that a message comes in, or why it is none."""

    ENVELOPE = "SOAP 1.1 envelope"
    FAULT = "SOAP 1.1 fault"
    BARE_MESSAGE = "message without SOAP"
    BARE_PAYLOAD = "payload without a message"
    OTHER = "no message"
    UNREADABLE = "unreadable"
