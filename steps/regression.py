"""Sentences about recorded conversations."""

from pytest_bdd import given, parsers, then, when

from harness import replay, rewrapping
from harness.replay import Conversation
from harness.utility import Utility


@given(parsers.parse('the situation of the recorded conversation "{name}"'), target_fixture="conversation")
def situation(utility: Utility, name: str) -> Conversation:
    """Set the landscape up as it was when the conversation was recorded."""
    conversation = rewrapping.spoken(replay.load(name), utility.landscape.dialect_with)
    utility.set_up(conversation)
    return conversation


@when("its requests are replayed", target_fixture="replayed")
def replayed(utility: Utility, conversation: Conversation) -> list[str]:
    """Ask again what was asked then."""
    return replay.replay(utility.tester, conversation)


@then("every answer is the one that was recorded")
def answers_are_the_same(conversation: Conversation, replayed: list[str]) -> None:
    """Compare the answers."""
    differing = replay.differences(conversation, replayed)
    assert not differing, "; ".join(differing)
