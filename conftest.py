"""Wiring only: the recorder's hooks, and the rooms in which the sentences of the features stand."""

pytest_plugins = (
    "harness.pytest_plugin",
    "steps.days",
    "steps.metering",
    "steps.head_end",
    "steps.validation",
    "steps.customers",
    "steps.demand",
    "steps.billing",
    "steps.switching",
    "steps.outage",
    "steps.requests",
    "steps.interoperability",
    "steps.regression",
    "steps.load",
    "steps.security",
    "steps.wires",
)
