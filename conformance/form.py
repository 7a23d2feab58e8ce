"""What kind of document the judge was handed."""

from enum import StrEnum


class Form(StrEnum):
    """One of the shapes that a message comes in, or why it is none."""

    ENVELOPE = "SOAP 1.1 envelope"
    ENVELOPE_12 = "SOAP 1.2 envelope"
    FAULT = "SOAP 1.1 fault"
    FAULT_12 = "SOAP 1.2 fault"
    BARE_MESSAGE = "message without SOAP"
    BARE_PAYLOAD = "payload without a message"
    WSDL = "WSDL"
    OTHER = "no message"
    UNREADABLE = "unreadable"


ENVELOPES = frozenset({Form.ENVELOPE, Form.ENVELOPE_12})
"""The forms that hold a message, or should."""

FAULTS = frozenset({Form.FAULT, Form.FAULT_12})
"""The forms that say, instead of a message, that there is none."""
