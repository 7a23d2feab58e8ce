"""`metergate rules`: all of them in a table, or one in full."""

import pytest

from cli.__main__ import main
from conformance.catalogue import DEMANDS, RULES
from conformance.rule import Demand, Rule

EVERY: tuple[Demand | Rule, ...] = (*DEMANDS, *RULES)


def test_table_has_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    """Those of the layers below the rules too."""
    assert main(["rules"]) == 0
    first_words = {line.split(" ")[0] for line in capsys.readouterr().out.splitlines()}
    assert {each.id for each in EVERY} <= first_words


@pytest.mark.parametrize("identifier", ["MR-03", "mr-03"])
def test_one_rule_in_full(identifier: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What it asks, why, its source, and messages that pass and fail."""
    rule = next(rule for rule in RULES if rule.id == "MR-03")

    assert main(["rules", identifier]) == 0
    said = capsys.readouterr().out
    flat = " ".join(said.split())
    for part in (rule.requires, rule.why, rule.mend, rule.source, rule.passes[0], rule.fails[0]):
        assert " ".join(part.split()) in flat


def test_every_rule_can_be_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever signs stand in its examples."""
    for each in EVERY:
        assert main(["rules", each.id]) == 0
        assert capsys.readouterr().out.startswith(each.id)
