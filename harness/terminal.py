"""The person at the terminal of a run: asked through a socket that the process of the run holds at its other end."""

import json
import select
import socket
from datetime import UTC, datetime

from ami.errors import HarnessError
from harness.attendance import Done
from harness.record import Record

GRACE_S = 30.0
"""How much longer than the limit the other end may take to say that the limit is over."""

LONGEST = 65536


class Terminal:
    """An attendant at a terminal. file_number: of our end of the socket; limit_s: how long a person is given.

    Its `scenario` is the one under way, in whose lines of the record each question and its answer stand.
    """

    def __init__(self, file_number: int, limit_s: float, record: Record) -> None:
        self.scenario = ""
        self._socket = socket.socket(fileno=file_number)
        self._limit_s = limit_s
        self._record = record

    def ask(self, system: str, command: str, words: str) -> Done:
        """Ask for something, and wait until it is done, refused, or the limit is over. Raises HarnessError where the run has gone."""
        asked_at = datetime.now(UTC)
        self._socket.sendall(json.dumps({"words": words, "limit_s": self._limit_s}).encode() + b"\n")
        ready, _, _ = select.select([self._socket], [], [], self._limit_s + GRACE_S)
        said = self._socket.recv(LONGEST) if ready else b""
        if not said:
            raise HarnessError("the process of the run does not pass on what its terminal says")
        told = json.loads(said)
        done = Done(told["by"], told["refusal"])
        self._record.write(
            "attended",
            scenario=self.scenario,
            system=system,
            command=command,
            text=words,
            by=done.by,
            asked_at=asked_at.isoformat(),
            answered_at=datetime.now(UTC).isoformat(),
            refusal=done.refusal,
        )
        return done
