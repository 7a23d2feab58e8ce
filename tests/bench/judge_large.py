"""`metergate check` on one file of 1 GB: how much memory it takes, and that the whole of it is judged."""

import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.judge import METERS, capture

BYTES = 1_000_000_000
MOST_MB = 500
"""Of resident memory, at any time."""

HOUSE = Path(__file__).resolve().parents[2]
MARK = b"<MeterReading>"
CHILD = "--child"


def _write(path: Path) -> int:
    """A delivery of 1 GB: the same hundred meters' days under ever new names, and in the last one a meter that stood before."""
    body = capture(METERS, 96).body
    first, last = body.index(MARK), body.rindex(b"</MeterReading>") + len(b"</MeterReading>")
    meters = 0
    with path.open("wb") as file:
        file.write(body[:first])
        while file.tell() < BYTES:
            file.write(body[first:last].replace(b"<name>M-", b"<name>M-%d-" % meters))
            meters += METERS
        once_more = body[first : body.index(MARK, first + 1)]
        file.write(once_more.replace(b"<name>M-", b"<name>M-0-"))
        file.write(body[last:])
    return meters


def _child(path: str) -> int:
    """Judge the file, and say what was found and what it took."""
    from conformance.checking import check

    (checked,) = check([Path(path)])
    found = [located.finding.rule_id for located in checked.findings]
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, "MR-02" in found, checked.has_errors)
    return 0


def main() -> int:
    """Print the figures; the exit code is 1 where too much memory was taken, or the meter that stands twice was not found."""
    with TemporaryDirectory() as place:
        path = Path(place) / "delivery.xml"
        meters = _write(path)
        size = path.stat().st_size
        started = time.perf_counter()
        command = [sys.executable, __file__, CHILD, str(path)]
        told = subprocess.run(command, cwd=HOUSE, capture_output=True, check=True, text=True, env={"PYTHONPATH": str(HOUSE)}).stdout.split()
        took = time.perf_counter() - started
    taken = int(told[0])
    print(f"one file of {size / 1e6:,.0f} MB, {meters + 1:,} MeterReadings:")
    print(f"  {took:.1f} s, {size / took / 1e6:,.0f} MB/s, {taken} MB of memory at most; allowed: {MOST_MB} MB")
    print(f"  the meter that stands twice, a gigabyte apart, was {'found' if told[1] == 'True' else 'missed'}")
    return 0 if taken < MOST_MB and told[1] == "True" else 1


if __name__ == "__main__":
    raise SystemExit(_child(sys.argv[2]) if sys.argv[1:2] == [CHILD] else main())
