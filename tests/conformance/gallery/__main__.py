"""Writes the gallery into a folder."""

import sys
from pathlib import Path

from tests.conformance.gallery.made import write

place = Path(sys.argv[1])
place.mkdir(parents=True, exist_ok=True)
print(sum(map(len, write(place).values())), "files")
