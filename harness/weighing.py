"""How much findings weigh in a landscape: as the rules say, or as the utility's profile has it."""

from datetime import UTC, datetime

from conformance import profile
from conformance.profile import Profile
from harness.environment import Environment


def of(environment: Environment) -> Profile:
    """The profile that an environment names, as it holds today; an empty one otherwise. Raises ConfigurationError."""
    file = environment.environment.profile
    return profile.load(file, datetime.now(UTC).date()) if file is not None else profile.UNCHANGED
