"""Compressed payloads: what is asked under PA, in the order of ids."""

from typing import Final

from conformance import compressed
from conformance.family import Family

FAMILY: Final = Family("PA", "Compressed payloads", compressed.DEMANDS)
