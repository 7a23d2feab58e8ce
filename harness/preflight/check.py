"""One check of a preflight, and what it came to."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal


class Verdict(StrEnum):
    """Fine; doubtful, which lets a run start all the same; wrong, which does not."""

    FINE = "fine"
    DOUBTFUL = "doubtful"
    WRONG = "wrong"


Party = Literal["configuration", "environment"]


@dataclass(frozen=True, slots=True)
class Check:
    """One line. subject: a system, or `here`; what: was looked at; found: what was seen; mend: who has to do what, where it is not fine."""

    subject: str
    what: str
    verdict: Verdict
    found: str
    mend: str = ""
    party: Party | None = None

    def __str__(self) -> str:
        said = f"{self.verdict:<8}  {self.subject:<4}  {self.what:<11}  {self.found}"
        return f"{said}; {self.mend}" if self.mend else said


HERE: Final = "here"


def fine(subject: str, what: str, found: str) -> Check:
    """Nothing to do."""
    return Check(subject, what, Verdict.FINE, found)


def doubtful(subject: str, what: str, found: str, mend: str) -> Check:
    """Something to look at."""
    return Check(subject, what, Verdict.DOUBTFUL, found, mend)


def wrong(subject: str, what: str, found: str, mend: str, party: Party) -> Check:
    """Something that lets no run start, or would let it blame the wrong party."""
    return Check(subject, what, Verdict.WRONG, found, mend, party)
