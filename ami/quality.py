"""Reading qualities as this landscape writes them: system.category.index."""

from typing import Final

VALID: Final = "3.0.0"
ESTIMATED: Final = "3.8.0"
EDITED: Final = "3.7.0"
QUESTIONABLE: Final = "3.5.258"
POWER_FAIL: Final = "1.2.32"
CLOCK_CHANGED: Final = "1.4.9"

ESTIMATED_CATEGORY: Final = 8
EDITED_CATEGORY: Final = 7


def category(quality: str) -> int:
    """The second number of a quality: 0 valid, 7 edited, 8 estimated. Raises ValueError on other text."""
    _, middle, _ = quality.split(".")
    return int(middle)


def is_replaced(quality: str) -> bool:
    """Whether it says that somebody has put another value in the place of what was measured; a text that is no quality says nothing."""
    try:
        return category(quality) in (ESTIMATED_CATEGORY, EDITED_CATEGORY)
    except ValueError:
        return False
