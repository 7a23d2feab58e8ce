"""Service requests: what is asked under SR, in the order of ids."""

from typing import Final

from conformance.family import Family
from conformance.rules import (
    changed_work_has_status,
    work_names_its_meter,
)

FAMILY: Final = Family(
    "SR",
    "Service requests",
    (
        work_names_its_meter.RULE,
        changed_work_has_status.RULE,
    ),
)
