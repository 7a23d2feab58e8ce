"""Schema: what is asked under XS, in the order of ids."""

from typing import Final

from conformance import schema
from conformance.family import Family

FAMILY: Final = Family("XS", "Schema", schema.DEMANDS)
