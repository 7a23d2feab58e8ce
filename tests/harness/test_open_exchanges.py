"""What a system says after its answer is not kept before it."""

import threading

import pytest

from harness import open_exchanges
from harness.open_exchanges import OpenExchanges


def test_who_owes_no_answer_is_not_held_up() -> None:
    """Nor for what another owes."""
    exchanges = OpenExchanges()
    with exchanges.owed_by("cis"):
        assert exchanges.let_answers_pass("mdms")


def test_answer_under_way_passes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks next waits until it has."""
    monkeypatch.setattr(open_exchanges, "LONGEST_S", 30.0)
    exchanges, order = OpenExchanges(), []

    def ask() -> None:
        exchanges.let_answers_pass("mdms")
        order.append("the question")

    asking = threading.Thread(target=ask)
    with exchanges.owed_by("mdms"):
        asking.start()
        asking.join(0.05)
        order.append("the answer")
    asking.join(30)

    assert order == ["the answer", "the question"]


def test_system_that_asks_before_it_answers_is_not_held_up_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its answer waits for that very question."""
    monkeypatch.setattr(open_exchanges, "LONGEST_S", 0.01)
    exchanges = OpenExchanges()
    with exchanges.owed_by("mdms"):
        assert not exchanges.let_answers_pass("mdms")
