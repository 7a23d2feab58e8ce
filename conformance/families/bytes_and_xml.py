"""Bytes and XML: what is asked under XML, in the order of ids."""

from typing import Final

from conformance import parser
from conformance.family import Family

FAMILY: Final = Family("XML", "Bytes and XML", parser.DEMANDS)
