"""The terminal's end of an attended run: it asks the person who sits there, with a time limit, and passes the answer on."""

import getpass
import json
import os
import select
import socket
import sys
import termios
from typing import Self, TextIO

from ami.errors import ConfigurationError

LONGEST = 65536


class Attending:
    """A socket whose other end the child process holds; a context manager.

    limit_s: how long a person is given for each question. questions, answers: the terminal.
    Raises ConfigurationError where nobody can be asked.
    """

    def __init__(self, limit_s: float, questions: TextIO | None = None, answers: TextIO | None = None) -> None:
        self._questions = questions or sys.stderr
        self._answers = answers or sys.stdin
        if not self._answers.isatty():
            raise ConfigurationError("--attended needs somebody at a terminal: run it in one, or leave it out")
        self._limit_s = limit_s
        self._by = getpass.getuser()
        self._ours, self._theirs = socket.socketpair()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._ours.close()
        self._theirs.close()

    @property
    def file_number(self) -> int:
        """Of the end that the child holds."""
        return self._theirs.fileno()

    @property
    def options(self) -> list[str]:
        """What the child is told."""
        return [f"--ami-attended={self.file_number}", f"--ami-attended-limit={self._limit_s}"]

    def look(self) -> None:
        """Ask the person, if the child has a question."""
        if not select.select([self._ours], [], [], 0)[0]:
            return
        asked = self._ours.recv(LONGEST)
        if asked:
            refusal = self._answer(json.loads(asked)["words"])
            self._ours.sendall(json.dumps({"by": self._by if refusal != self._silence else "", "refusal": refusal}).encode() + b"\n")

    @property
    def _silence(self) -> str:
        return f"nobody answered within {self._limit_s:g} s"

    def _answer(self, words: str) -> str | None:
        """Why it was not done; None where it was."""
        # What was typed before the question is no answer to it.
        termios.tcflush(self._answers.fileno(), termios.TCIFLUSH)
        print(f"\nPlease, {words}.", file=self._questions)
        print(f"Enter when it is done, or why it cannot be done ({self._limit_s:g} s): ", end="", file=self._questions, flush=True)
        if not select.select([self._answers], [], [], self._limit_s)[0]:
            print("\nnobody answered", file=self._questions, flush=True)
            return self._silence
        # Read past Python's buffer: what lies there select does not see, and the next question would be answered by it.
        said = os.read(self._answers.fileno(), LONGEST)
        return said.decode("utf-8", "replace").strip() or (None if said else "the terminal was closed")
