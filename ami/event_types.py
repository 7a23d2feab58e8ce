"""The end device events and controls that this landscape uses: type.domain.subDomain.eventOrAction."""

from typing import Final

LAST_GASP: Final = "3.26.0.85"
POWER_RESTORED: Final = "3.26.0.216"
TAMPER: Final = "3.12.0.257"
SWITCH_OPENED: Final = "3.31.0.39"
SWITCH_CLOSED: Final = "3.31.0.16"
SWITCH_ARMED: Final = "3.31.0.11"
CLOCK_SET: Final = "3.36.0.24"

OPEN_SWITCH: Final = "3.31.0.23"
CLOSE_SWITCH: Final = "3.31.0.18"
ARM_SWITCH: Final = "3.31.0.5"
SET_CLOCK: Final = "3.36.116.24"
