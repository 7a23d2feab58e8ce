"""Whatever may be handed to `check`, spoiled at random places: nothing ends in an exception, takes for ever, or is lost.

METERGATE_HOSTILE says how many files are made, METERGATE_HOSTILE_SEED which, METERGATE_HOSTILE_START where they begin.
"""

import faulthandler
import os
import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.conformance.hostile.run import Result, run, run_beside

COUNT = int(os.environ.get("METERGATE_HOSTILE", "6000"))
SEED = os.environ.get("METERGATE_HOSTILE_SEED", "2026")
START = int(os.environ.get("METERGATE_HOSTILE_START", "0"))
BESIDE = COUNT // 20
"""Of each kind of file beside messages."""

SHOWN = 20
HANGS_AFTER_S: Final = 120.0
"""Without a folder done; the place where it hangs is then printed, and the run ends."""

MOST_MEMORY: Final = 2 * 1024**3


def _watch(number: int) -> None:
    faulthandler.dump_traceback_later(HANGS_AFTER_S, exit=True)
    if number % 1000 == 0:
        print(f"  {number:,} of {START + COUNT:,} files judged", file=sys.stderr, flush=True)


def _print(what: str, result: Result) -> None:
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in result.made.most_common())
    print(f"{result.made.total():,} {what} ({kinds}); the slowest took {result.slowest[0]:.1f} s ({result.slowest[1]})")
    for broken in result.broken[:SHOWN]:
        print(broken)


def main() -> int:
    """Spoil, judge, print, and say whether everything held."""
    started = time.process_time()
    _watch(START)
    with TemporaryDirectory() as folder:
        place = Path(folder) / "in"
        place.mkdir()
        result = run(place, SEED, COUNT, start=START, watch=_watch)
        other = run_beside(place, SEED, BESIDE)
    faulthandler.cancel_dump_traceback_later()
    _print("spoiled files", result)
    print(f"{result.rules.total():,} findings of {len(result.rules)} rules; {result.clean:,} messages without any")
    _print("spoiled files beside messages", other)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(f"{time.process_time() - started:.0f} s of processor time, {memory // 1024**2:,} MiB of memory; seed {SEED}")
    if memory > MOST_MEMORY:
        print(f"more than {MOST_MEMORY // 1024**2:,} MiB")
    broken = len(result.broken) + len(other.broken)
    print(f"{broken} times something did not hold")
    return 1 if broken or memory > MOST_MEMORY else 0


if __name__ == "__main__":
    sys.exit(main())
