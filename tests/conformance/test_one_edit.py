"""Rules about payloads: what fails is one edit away from what passes, so that a rule is shown to look at that edit and at nothing else."""

import re
from difflib import SequenceMatcher

import pytest

from conformance.catalogue import RULES
from conformance.rule import Rule

PAYLOADS = ("MR", "RT", "QU", "GM", "EV", "CO", "SC", "SR", "LI", "CF")
SHIFTED = "MR-47"
"""All moments of a block are moved at once."""

FAILS = [
    pytest.param(rule, text, id=f"{rule.id}-{place}")
    for rule in RULES
    if rule.id.partition("-")[0] in PAYLOADS and rule.id != SHIFTED
    for place, text in enumerate(rule.fails, 1)
]


def edits(one: str, other: str) -> int:
    """In how many places two examples differ, tag by tag and text by text."""
    first, second = (re.findall(r"<[^>]*>|[^<]+", text) for text in (one, other))
    return sum(way[0] != "equal" for way in SequenceMatcher(None, first, second, autojunk=False).get_opcodes())


@pytest.mark.parametrize(("rule", "text"), FAILS)
def test_what_fails_is_one_edit_from_what_passes(rule: Rule, text: str) -> None:
    """Of some passing example of the same rule."""
    assert min(edits(passing, text) for passing in rule.passes) == 1
