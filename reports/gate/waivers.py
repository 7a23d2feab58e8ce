"""Waivers: what is let through for a while, and what becomes of one that has run out or that nothing needs."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from ami.outcomes import Outcome
from reports.gate.policy import Waiver
from reports.gate.rules import Answer

NOT_TO_BE_WAIVED = ("record", "scenarios")
"""Whether a run took place at all is not for anybody to wave through."""


def waived(answers: Sequence[Answer], waivers: Sequence[Waiver], today: date) -> list[Answer]:
    """The answers, those that are waived as passed, and an answer more for each waiver that has expired or is not used.

    A waiver names a rule of the gate, or a scenario or a finding's rule: then it lets an answer through if everything that
    spoils that answer is waived.
    """
    in_force = [waiver for waiver in waivers if waiver.expires >= today]
    used: set[str] = set()
    told = [_let_through(answer, in_force, used) for answer in answers]
    return [*told, *_of_waivers(waivers, used, today)]


def _let_through(answer: Answer, in_force: Sequence[Waiver], used: set[str]) -> Answer:
    if answer.outcome is Outcome.PASSED or answer.rule in NOT_TO_BE_WAIVED:
        return answer
    names = {waiver.waives for waiver in in_force}
    if answer.rule in names:
        needed = {answer.rule}
    elif answer.about and names.issuperset(answer.about):
        needed = set(answer.about)
    else:
        # What it names does stand in this answer, though that does not suffice.
        used |= names & set(answer.about)
        return answer
    used |= needed
    by = [f"{waiver.owner}: {waiver.reason}, until {waiver.expires}" for waiver in in_force if waiver.waives in needed]
    return replace(answer, outcome=Outcome.PASSED, figure=f"{answer.figure}; waived by {'; '.join(by)}")


def _of_waivers(waivers: Sequence[Waiver], used: set[str], today: date) -> Iterator[Answer]:
    for waiver in waivers:
        said = f"{waiver.owner}: {waiver.reason}"
        if waiver.expires < today:
            yield Answer(f"waiver {waiver.waives}", Outcome.FAILED, f"expired on {waiver.expires} ({said})")
        elif waiver.waives not in used:
            yield Answer(f"waiver {waiver.waives}", Outcome.FAILED, f"nothing needs it any more: take it out ({said})")
