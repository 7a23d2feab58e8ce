"""Moments with white space around them: XSD allows it, as pretty printers write it, and libxml2 refuses it."""

import re
from functools import cache
from typing import Final

from lxml import etree

_REFUSED: Final = re.compile(r"'([^']*)' is not a valid value of the (?:local )?atomic type 'xs:(dateTime|date|time)'", re.DOTALL)
_ALONE: Final = b"""\
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:element name="dateTime" type="xs:dateTime"/>
  <xs:element name="date" type="xs:date"/>
  <xs:element name="time" type="xs:time"/>
</xs:schema>
"""


def is_only_padded(message: str) -> bool:
    """Whether all that a validator's message is about is the white space around a moment that is right."""
    refused = _REFUSED.search(message)
    if refused is None or refused[1] == refused[1].strip():
        return False
    moment = etree.Element(refused[2])
    moment.text = refused[1].strip()
    return bool(_moments().validate(moment))


@cache
def _moments() -> etree.XMLSchema:
    return etree.XMLSchema(etree.fromstring(_ALONE))
