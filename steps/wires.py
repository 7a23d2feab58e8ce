"""Sentences about everything that crosses the wires."""

from pytest_bdd import then

from harness.utility import Utility


@then("every message on the wires conforms")
def every_message_conforms(utility: Utility) -> None:
    """Judge what has crossed so far; the rest is judged at the end, whether a sentence asks or not."""
    utility.story.observe()
    complaint = utility.story.complaint()
    assert complaint is None, complaint
