"""Sound messages, broken in known ways, before the judge: what it misses and what it finds that is not there, rule by rule.

METERGATE_MUTATIONS says how many are made, METERGATE_MUTATION_SEED which.
"""

import os
import sys
import time

from conformance.catalogue import EVERYTHING
from tests.conformance.mutation.oracle.everything import MUTATIONS
from tests.conformance.mutation.out_of_reach import OUT_OF_REACH
from tests.conformance.mutation.run import Result, run

COUNT = int(os.environ.get("METERGATE_MUTATIONS", "12000"))
SEED = os.environ.get("METERGATE_MUTATION_SEED", "2026")
LEAST_REACHED = 0.8
SHOWN = 20


def _progress(number: int) -> None:
    if number % 1000 == 0:
        print(f"  {number:,} of {COUNT:,} mutations made", file=sys.stderr, flush=True)


def _table(result: Result) -> None:
    """One line for each rule: how often it had to be reported, was, was not, and was where it should not."""
    print(f"{'rule':8}{'had to':>8}{'found':>8}{'missed':>8}{'false':>8}")
    for asked in EVERYTHING:
        wanted, found, false = result.wanted[asked.id], result.found[asked.id], result.false[asked.id]
        if wanted or false:
            print(f"{asked.id:8}{wanted:8,}{found:8,}{wanted - found:8,}{false:8,}")
    print(f"{'all':8}{result.wanted.total():8,}{result.found.total():8,}{result.missed:8,}{result.false.total():8,}")


def main() -> int:
    """Mutate, judge, print, and say whether everything was found and nothing else."""
    started = time.process_time()
    result = run(MUTATIONS, COUNT, SEED, watch=_progress)
    _table(result)
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in result.by_kind.most_common())
    print(f"{result.made.total():,} mutations of {len(MUTATIONS)} kinds and places ({kinds}); seed {SEED}")
    print(f"{len(result.alarms)} false alarms on messages before they were mutated")
    print(f"{time.process_time() - started:.0f} s of processor time")
    reached = [asked.id for asked in EVERYTHING if result.found[asked.id]]
    print(f"{len(reached)} of {len(EVERYTHING)} demands hit ({len(reached) / len(EVERYTHING):.0%}); out of reach:")
    for identifier, reason in OUT_OF_REACH.items():
        print(f"  {identifier:8}{reason}")
    for text in [*result.alarms[:SHOWN], *result.unmade, *map(str, result.wrong[:SHOWN])]:
        print(text)
    return 0 if result.is_clean and len(reached) >= LEAST_REACHED * len(EVERYTHING) else 1


if __name__ == "__main__":
    sys.exit(main())
