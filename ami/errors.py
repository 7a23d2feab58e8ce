"""Faults of ours: harness, environment or configuration; a vendor's fault is a Finding instead."""

from typing import ClassVar


class HarnessError(Exception):
    """A fault that is not the system under test's; a report calls it `error` and names the party."""

    party: ClassVar[str] = "harness"


class ConfigurationError(HarnessError):
    """What the user wrote (a file, an option, a name) cannot be used; the text says what to write instead."""

    party: ClassVar[str] = "configuration"


class UnreachableError(HarnessError):
    """A system or a port of the landscape does not answer."""

    party: ClassVar[str] = "environment"


class RefusedError(HarnessError):
    """A stand-in will not do what its control port was told: our fault, unless a wire had misinformed it."""


class RecordError(HarnessError):
    """The record of a run is incomplete, contradicts itself, or is none."""


class WrongStateError(ValueError):
    """A state machine has no way on from its state for what it was told."""


class NotTestedError(Exception):
    """A scenario cannot be tried in this landscape; the text is the reason. Not a fault of anybody."""


class InconclusiveError(Exception):
    """Too little data to say passed or failed; the text says what was missing."""
