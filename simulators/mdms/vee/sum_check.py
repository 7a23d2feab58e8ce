"""The sum check: intervals add up to what the register advanced."""

from simulators.mdms.vee.limits import SUM_TOLERANCE_WH


def agrees(total_wh: int, advance_wh: int, tolerance_wh: int = SUM_TOLERANCE_WH) -> bool:
    """Whether intervals and registers tell the same.

    Source: EEI Uniform Business Practices, metering vol. 2, sum check.
    """
    return abs(total_wh - advance_wh) <= tolerance_wh
