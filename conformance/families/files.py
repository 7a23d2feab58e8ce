"""Files: what is asked under IN, in the order of ids."""

from typing import Final

from conformance.family import Family
from conformance.inputs import entry

FAMILY: Final = Family("IN", "Files", entry.DEMANDS)
