"""SOAP envelope: what is asked under SO, in the order of ids."""

from typing import Final

from conformance import soap
from conformance.family import Family

FAMILY: Final = Family("SO", "SOAP envelope", soap.DEMANDS)
