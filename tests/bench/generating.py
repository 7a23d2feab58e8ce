"""Messages made from the schemas, as the tests and the mutation run need them: how many a second, beside those that the judge judges."""

import sys
import time
from random import Random

from conformance.judge import Judge
from tests.conformance.generate.messages import PAYLOADS, Generated, sound, valid

EACH = 40
LEAST_A_SECOND = 500


def _made(how: str) -> tuple[list[Generated], float]:
    """Messages of every noun and query, and how many a second of processor time."""
    make = {"valid": valid, "sound": sound}[how]
    for name in PAYLOADS:
        make(Random(0), name)
    started = time.process_time()
    messages = [make(Random(f"{name} {seed}"), name) for name in PAYLOADS for seed in range(EACH)]
    for message in messages:
        message.body()
    return messages, len(messages) / (time.process_time() - started)


def main() -> int:
    """Measure, print, and say whether the demand is met."""
    judge = Judge()
    slowest, found = float("inf"), 0
    for how in ("valid", "sound"):
        messages, rate = _made(how)
        started = time.process_time()
        found = sum(len(judge.message(message.capture()).findings) for message in messages)
        judged = len(messages) / (time.process_time() - started)
        print(f"{how}: {len(messages):,} messages made, {rate:,.0f} a second; judged {judged:,.0f} a second, {found} findings")
        slowest = min(slowest, rate)
    # Of the sound ones, which come last: what is only valid need not make sense.
    print(f"at least {LEAST_A_SECOND} a second have to be made")
    return 0 if slowest >= LEAST_A_SECOND and not found else 1


if __name__ == "__main__":
    sys.exit(main())
