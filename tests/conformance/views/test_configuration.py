"""The objects of a configuration, with what they hold and point to."""

from conformance import example
from conformance.judge import Judge
from conformance.views.configuration import ConfigurationView, Part

CONFIG = (
    "<CustomerAgreementConfig><CustomerAgreement><mRID>G-1</mRID><Customer><Names><name>Miller</name></Names></Customer>"
    "<CustomerAccount/><PricingStructures><mRID>flat</mRID></PricingStructures>"
    "<validityInterval><end>2027-01-01T00:00:00Z</end><start>2026-01-01T00:00:00Z</start></validityInterval>"
    "</CustomerAgreement></CustomerAgreementConfig>"
)


def view(judge: Judge, text: str) -> ConfigurationView:
    """The view of an example."""
    (capture,) = example.captures(text)
    found = judge.message(capture).views[ConfigurationView]
    assert isinstance(found, ConfigurationView)
    return found


def agreement(judge: Judge) -> Part:
    """The only object of the example."""
    (only,) = view(judge, CONFIG).objects
    return only


def test_object_has_its_name_and_its_fields(judge: Judge) -> None:
    """By its mRID, with the place of each text."""
    found = agreement(judge)

    assert (found.kind, found.name, found.fields["mRID"].text) == ("CustomerAgreement", "G-1", "G-1")
    assert found.where.path.endswith("/CustomerAgreementConfig/CustomerAgreement[1]")


def test_pointers_are_told_from_other_parts(judge: Judge) -> None:
    """Also an empty one, since it points to nothing; a span of time is no pointer."""
    pointers = [(part.kind, part.name) for part in agreement(judge).points_to()]

    assert pointers == [("Customer", "Miller"), ("CustomerAccount", ""), ("PricingStructures", "flat")]


def test_everything_below_is_reached(judge: Judge) -> None:
    """Down to the names and the span of validity."""
    kinds = [part.kind for part in agreement(judge).below()]

    assert kinds == ["CustomerAgreement", "Customer", "CustomerAccount", "PricingStructures", "validityInterval", "Names"]


def test_only_what_is_created_is_new(judge: Judge) -> None:
    """A change may leave out what stays as it was."""
    changed = "<root>ChangeCustomerAgreementConfig</root><Verb>change</Verb>" + CONFIG

    assert view(judge, CONFIG).is_new
    assert not view(judge, changed).is_new
