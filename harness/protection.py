"""What an environment file says of the protection of wires: who has to bring what, and whom one believes."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict

from transports.security.tls import Material, pem

Demand = Literal["basic", "bearer", "username-token", "signature"]
"""What a system asks of whoever sends it a message: HTTP Basic, an OAuth 2 token, a WS-Security UsernameToken, a signed Body."""


def _fit_together(demands: tuple[Demand, ...]) -> tuple[Demand, ...]:
    if not demands:
        raise ValueError("expected at least one of basic, bearer, username-token and signature: a system knows who speaks to it")
    if "basic" in demands and "bearer" in demands:
        raise ValueError("basic and bearer share one header: expected one of them")
    return demands


Demands = Annotated[tuple[Demand, ...], AfterValidator(_fit_together)]


class Tls(BaseModel):
    """Files in PEM, or `env:NAME` of a variable that holds the text.

    ca: vouches for all whom it talks to. certificate, key: its own, shown to whom it calls and to whoever calls it; they
    sign its messages, too.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    ca: str | None = None
    certificate: str | None = None
    key: str | None = None

    def material(self, folder: Path) -> Material:
        """The texts. folder: of the environment file. Raises ConfigurationError where one cannot be read."""
        return Material(*(pem(source, folder) if source else None for source in (self.ca, self.certificate, self.key)))


class OAuth(BaseModel):
    """Where whoever calls a system asks for a token. client_id: the caller's name, unless it is named here.

    client_secret: the name of an environment variable; the caller's password, where it is absent.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    token_url: str | None = None
    client_id: str | None = None
    client_secret: str | None = None
    scope: str = ""
