"""Which readings carry which qualities."""

from collections.abc import Callable

import numpy as np

from conformance.moments import Flags
from conformance.quantities import whole
from conformance.views.cells import ReadingCells


def rows_with(taken: ReadingCells, asked: Callable[[str], bool]) -> Flags:
    """For each row whether it carries a quality of which `asked` is true."""
    wanted = np.array([asked(text) for text in taken.qualities], np.bool_)
    flags = np.zeros(len(taken.member), np.bool_)
    if wanted.any():
        flags[taken.quality_row[wanted[taken.quality_index]]] = True
    return flags


def category(text: str) -> int:
    """The category of a quality; -1 for text that is none."""
    parts = text.split(".")
    found = whole(parts[1]) if len(parts) == 3 else None
    return -1 if found is None else found
