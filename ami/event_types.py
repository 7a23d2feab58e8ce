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
SET_CLOCK: Final = "3.36.116.13"

COMMANDS: Final = frozenset({5, 6, 8, 13, 18, 22, 23, 26, 30, 54, 55, 77, 82, 300})
"""Last parts that tell a device what to do: arm, cancel, change, connect, disconnect and their like. Some parts, such as 46, 214
and 298, may be either."""

OUTCOMES: Final = frozenset(
    {
        *(1, 2, 3, 4, 7, 10, 11, 12, 16, 17, 19, 24, 25, 28, 29, 39, 42, 66, 67, 68, 76, 78, 83, 84, 85, 86, 87, 105),
        *(212, 215, 216, 217, 218, 220, 221, 222, 226, 242, 243, 257),
    }
)
"""Last parts that say what has become of it: closed, opened, connected, failed and their like."""
