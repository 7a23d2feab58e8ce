"""Where things stand in a checkout, from whatever folder the user calls."""

from pathlib import Path
from typing import Final

HOUSE: Final = Path(__file__).resolve().parent.parent
FEATURES: Final = HOUSE / "features"
RUNS: Final = HOUSE / "runs"


def shown(path: Path) -> str:
    """A path as short as it can be typed from where the user stands."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
