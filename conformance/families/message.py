"""Message: what is asked under ME, in the order of ids."""

from typing import Final

from conformance import mixture, wrapping
from conformance.family import Family

FAMILY: Final = Family("ME", "Message", (*wrapping.DEMANDS, *mixture.DEMANDS))
