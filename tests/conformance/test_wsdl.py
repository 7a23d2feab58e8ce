"""A WSDL as the judge sees it: ours first of all."""

import pytest

from ami import dialect, names
from ami.wsdl import wsdl
from conformance import example
from conformance.capture import Capture
from conformance.form import Form
from conformance.judge import Judge


@pytest.mark.parametrize("system", names.SYSTEMS)
@pytest.mark.parametrize("spoken", dialect.names())
def test_nothing_is_found_in_our_own(system: str, spoken: str) -> None:
    """Of every system, in every dialect."""
    text = wsdl(system, "http://127.0.0.1:8080/soap", dialect.dialect(spoken))
    judgement = Judge(spoken).message(Capture(text.encode()))

    assert judgement.form is Form.WSDL
    assert [str(finding) for finding in judgement.findings] == []


def test_wsdl_of_another_dialect_is_found_by_its_actions_and_messages() -> None:
    """Its names are not those of the dialect that was agreed on, or stand for messages of another one."""
    text = wsdl("mdms", "http://127.0.0.1:8080/soap", dialect.dialect("2011")).replace("http://iec.ch/TC57/2011", "http://iec.ch/TC57/2099")
    found = {finding.rule_id for finding in Judge("2011").message(Capture(text.encode())).findings}

    assert found == {"WD-04", "WD-09"}


def test_every_finding_has_its_line(judge: Judge) -> None:
    """As everywhere else."""
    (finding,) = judge.message(example.captures('<wsdl style="rpc"/>')[0]).findings

    assert (finding.rule_id, finding.where.path, finding.where.line) == ("WD-01", "/definitions/binding/binding", 11)
