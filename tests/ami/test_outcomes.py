"""What many outcomes come to together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ami.outcomes import BAD_USAGE, EXIT_CODES, WORST_FIRST, Outcome, overall

ANY = st.lists(st.sampled_from(Outcome))


@pytest.mark.parametrize(
    ("outcomes", "together"),
    [
        ([], Outcome.NOT_TESTED),
        ([Outcome.NOT_TESTED], Outcome.NOT_TESTED),
        ([Outcome.PASSED, Outcome.NOT_TESTED], Outcome.PASSED),
        ([Outcome.PASSED, Outcome.INCONCLUSIVE], Outcome.INCONCLUSIVE),
        ([Outcome.PASSED, Outcome.FAILED, Outcome.INCONCLUSIVE], Outcome.FAILED),
        ([Outcome.FAILED, Outcome.ERROR], Outcome.ERROR),
    ],
)
def test_worst_decides(outcomes: list[Outcome], together: Outcome) -> None:
    """One failure is a failure; what was not tested counts only if nothing was."""
    assert overall(outcomes) is together


@given(ANY, ANY)
def test_more_outcomes_never_make_it_better(some: list[Outcome], more: list[Outcome]) -> None:
    """Whatever is added, a verdict that stands can only become worse."""
    before, after = overall(some), overall(some + more)

    assert before is Outcome.NOT_TESTED or WORST_FIRST.index(after) <= WORST_FIRST.index(before)


def test_only_a_pass_exits_with_zero() -> None:
    """Nothing tested is never a pass, and bad usage has a code of its own."""
    assert [outcome for outcome in Outcome if EXIT_CODES[outcome] == 0] == [Outcome.PASSED]
    assert BAD_USAGE not in EXIT_CODES.values()


def test_every_outcome_has_a_rank_and_a_code() -> None:
    """No word of a report is without either."""
    assert set(WORST_FIRST) == set(EXIT_CODES) == set(Outcome)
