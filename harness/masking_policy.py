"""What is masked before it is written, and how: the table [masking] of the environment file."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal["names", "addresses", "accounts", "meters", "credentials"]
How = Literal["mask", "hash", "keep"]

PERSONAL = ("names", "addresses", "accounts")
KINDS = (*PERSONAL, "meters")
"""The kinds of values that a policy speaks of; credentials are masked whatever it says."""


class Policy(BaseModel):
    """How each kind of value is written.

    mask: a token that is the same within a run and another in the next. hash: a token from the key in the environment
    variable that `key` names, the same in every run with that key. keep: as it is. By default personal data are kept where
    every system is a stand-in, which made them up, and masked as soon as one is real. elements: further elements that hold
    such a value, by kind, with their local names.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    names: How | None = None
    addresses: How | None = None
    accounts: How | None = None
    meters: How = "keep"
    key: str | None = None
    elements: dict[Kind, tuple[Annotated[str, Field(min_length=1)], ...]] = Field(default_factory=dict)

    def resolved(self, *, all_simulated: bool) -> dict[str, str]:
        """How each kind is written in a landscape."""
        usual = "keep" if all_simulated else "mask"
        told = {kind: getattr(self, kind) or usual for kind in KINDS}
        return {**told, "credentials": "mask"}

    @property
    def needs_key(self) -> bool:
        """Whether anything is hashed."""
        return "hash" in (self.names, self.addresses, self.accounts, self.meters)
