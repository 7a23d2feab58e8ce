"""Whose fault a failure is."""

from datetime import UTC, datetime

from ami.errors import ConfigurationError, UnreachableError
from ami.findings import Finding, Severity, Where
from ami.names import Wire
from harness.attribution import FoundOnWire, of_error, of_failure
from harness.truth import Comparison, Difference, Verdict

LOST = (Difference(datetime(2026, 3, 3, tzinfo=UTC), 5, None, Verdict.LOST),)


def found(wire: Wire, message: int, severity: Severity = Severity.ERROR) -> FoundOnWire:
    """A finding on a wire."""
    return FoundOnWire(Finding("X-01", severity, Where("/a", 1), "this", "that"), message, wire, wire.source)


def test_first_breach_on_a_wire_is_to_blame() -> None:
    """Later messages only pass on what came wrong."""
    findings = [found(Wire("mdms", "cis"), 9), found(Wire("hes", "mdms"), 3)]

    blame = of_failure(findings, [], None)

    assert blame is not None
    assert (blame.party, blame.system, blame.wire) == ("system under test", "hes", "hes->mdms")


def test_warning_blames_nobody() -> None:
    """A remark is no reason to fail."""
    assert of_failure([found(Wire("hes", "mdms"), 3, Severity.WARNING)], [], None) is None


def test_head_end_that_lost_an_interval_is_to_blame_before_its_wire() -> None:
    """What it does not hold it cannot deliver."""
    comparisons = [Comparison("M-1", "wire", "hes->mdms", 5, LOST), Comparison("M-1", "head_end", None, 5, LOST)]

    blame = of_failure([found(Wire("hes", "mdms"), 3)], comparisons, None)

    assert blame is not None
    assert (blame.system, blame.wire) == ("hes", None)


def test_truth_names_the_wire_where_the_messages_conform() -> None:
    """Swapped meters break no rule."""
    blame = of_failure([], [Comparison("M-1", "mdms", "hes->mdms", 5, LOST), Comparison("M-1", "wire", "hes->mdms", 5, LOST)], "cis")

    assert blame is not None
    assert (blame.system, blame.wire) == ("hes", "hes->mdms")


def test_otherwise_who_answered_last() -> None:
    """The wires conform, the truth holds, the answer was wrong."""
    blame = of_failure([], [], "cis")

    assert blame is not None
    assert (blame.party, blame.system) == ("system under test", "cis")


def test_exceptions_of_ours_blame_no_vendor() -> None:
    """Configuration, environment, and everything else."""
    assert [of_error(error).party for error in (ConfigurationError("x"), UnreachableError("x"), KeyError("x"))] == [
        "configuration",
        "environment",
        "harness",
    ]


def test_tester_is_no_system_under_test() -> None:
    """What was wrong on its wire came from whom it asked."""
    blame = of_failure([], [Comparison("M-1", "wire", "tester->hes", 5, LOST)], None)

    assert blame is not None
    assert (blame.system, blame.wire) == ("hes", "tester->hes")


def test_sender_is_to_blame_where_a_reply_carried_the_breach() -> None:
    """A reply runs on the wire of its request, and comes from its other end."""
    blame = of_failure([], [Comparison("M-1", "wire", "cis->mdms", 5, LOST, sender="mdms")], None)

    assert blame is not None
    assert (blame.system, blame.wire) == ("mdms", "cis->mdms")
