"""The test phases, in the order in which a project goes through them."""

TITLES = {
    "fat": "Factory acceptance",
    "sat": "Site acceptance",
    "functional": "Functional",
    "interoperability": "Interoperability",
    "sit": "System integration",
    "uat": "User acceptance",
    "regression": "Regression",
    "performance": "Performance",
    "security": "Security",
    "penetration": "Penetration",
}


def title(phase: str) -> str:
    """A phase as a person calls it; one that is not known keeps its own name."""
    return TITLES.get(phase, phase)


def rank(phase: str) -> int:
    """Where a phase stands in a project; unknown ones come last."""
    return list(TITLES).index(phase) if phase in TITLES else len(TITLES)
