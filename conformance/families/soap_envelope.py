"""SOAP envelope: what is asked under SO, in the order of ids."""

from typing import Final

from conformance import soap
from conformance.family import Family
from conformance.rules import (
    body_child_is_qualified,
    demanded_header_is_known,
    envelope_has_no_encoding_style,
    envelope_is_read_by_the_schema_alone,
    fault_code_is_qualified,
    header_block_is_qualified,
    message_has_no_processing_instruction,
    must_understand_is_zero_or_one,
)

FAMILY: Final = Family(
    "SO",
    "SOAP envelope",
    (
        *soap.DEMANDS,
        fault_code_is_qualified.RULE,
        header_block_is_qualified.RULE,
        must_understand_is_zero_or_one.RULE,
        envelope_has_no_encoding_style.RULE,
        message_has_no_processing_instruction.RULE,
        body_child_is_qualified.RULE,
        demanded_header_is_known.RULE,
        envelope_is_read_by_the_schema_alone.RULE,
    ),
)
